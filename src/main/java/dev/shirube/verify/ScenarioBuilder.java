package dev.shirube.verify;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Placeholder;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Gathers what the snippets of a page need: values for placeholders, files, fixtures. */
public final class ScenarioBuilder {

  private final Map<String, String> site;
  private final Path fixtures;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param site the attributes of the navigation file, where placeholders of all pages are declared
   * @param fixtures the folder with one folder per page; it need not be there
   */
  public ScenarioBuilder(
      Map<String, String> site, Path fixtures, Consumer<Diagnostic> diagnostics) {
    this.site = site;
    this.fixtures = fixtures;
    this.diagnostics = diagnostics;
  }

  /** The scenario of a page; problems in it are reported. */
  public Scenario build(ConvertedPage page, List<Snippet> snippets) {
    Map<String, String> placeholders = placeholders(page);
    for (Snippet snippet : snippets) {
      if (snippet.verb() != Verb.SKIP) {
        checkValues(snippet, placeholders);
      }
    }
    return new Scenario(
        page.source().path(),
        snippets,
        placeholders,
        files(page, snippets),
        fixtures(page),
        ownNodes(page));
  }

  private int ownNodes(ConvertedPage page) {
    page.attributes().keySet().stream()
        .filter(name -> name.startsWith("verify-") && !name.equals(Scenario.OWN_NODES))
        .filter(name -> Suggestion.nearest(name, List.of(Scenario.OWN_NODES)).isPresent())
        .forEach(
            name ->
                diagnostics.accept(
                    Diagnostic.error(
                        "unknown-key",
                        page.source().locationOf(":" + name + ":"),
                        "no attribute of a page is called \"" + name + "\"",
                        null,
                        "did you mean \"" + Scenario.OWN_NODES + "\"?")));
    String value = page.attribute(Scenario.OWN_NODES).strip();
    if (value.matches("[1-" + Scenario.MOST_NODES + "]")) {
      return Integer.parseInt(value);
    }
    if (page.attributes().containsKey(Scenario.OWN_NODES)) {
      diagnostics.accept(
          Diagnostic.error(
              "bad-value",
              page.source().locationOf(":" + Scenario.OWN_NODES + ":"),
              ":%s: takes a number from 1 to %d, not \"%s\""
                  .formatted(Scenario.OWN_NODES, Scenario.MOST_NODES, value),
              "it says how many nodes the cluster has that is started for this page alone",
              "write \":" + Scenario.OWN_NODES + ": 2\", or leave it out"));
    }
    return 0;
  }

  private Map<String, String> placeholders(ConvertedPage page) {
    Map<String, String> values = new HashMap<>();
    Placeholder.declared(List.of(site, page.attributes()))
        .forEach((name, placeholder) -> values.put(name, placeholder.verificationValue()));
    if (page.attributes().containsKey(Placeholder.ATTRIBUTE + Placeholder.RESERVED)) {
      String declaration = ":" + Placeholder.ATTRIBUTE + Placeholder.RESERVED + ":";
      diagnostics.accept(
          Diagnostic.error(
              "reserved-placeholder",
              page.source().locationOf(declaration),
              "no placeholder can be called {" + Placeholder.RESERVED + "}",
              "in a command it ends the {range …} of a JSONPath",
              "give it another name"));
    }
    values.values().removeIf(String::isEmpty);
    values.remove(Scenario.NAMESPACE);
    return values;
  }

  /** Braces are common in manifests; in commands they are placeholders. */
  private void checkValues(Snippet snippet, Map<String, String> values) {
    if (!snippet.isCommands()) {
      return;
    }
    boolean goesOn = false;
    for (int i = 0; i < snippet.block().lines().size(); i++) {
      String line = snippet.block().lines().get(i);
      boolean typed = !snippet.isSession() || line.startsWith("$ ") || goesOn;
      goesOn = typed && line.endsWith("\\");
      for (String name : PlaceholderValues.names(line)) {
        if (!values.containsKey(name) && !name.equals(Scenario.NAMESPACE) && typed) {
          Location place = snippet.block().location(i + 1);
          diagnostics.accept(
              Diagnostic.error(
                  "placeholder-without-value",
                  place,
                  "the placeholder {" + name + "} has no value to verify with",
                  "what is run needs a real value",
                  "declare it in the header: \":placeholder-"
                      + name
                      + ": meaning; example=…; verify=…\""));
        }
      }
    }
  }

  private static SortedMap<String, String> files(ConvertedPage page, List<Snippet> snippets) {
    SortedMap<String, String> files = new TreeMap<>();
    for (SourceFile file : page.includes()) {
      if (!file.path().endsWith(".adoc")) {
        files.put(file.path().substring(file.path().lastIndexOf('/') + 1), file.text());
      }
    }
    for (Snippet snippet : snippets) {
      snippet.options().file().ifPresent(name -> files.put(name, snippet.text()));
    }
    return files;
  }

  /** {@code glossary/pod.adoc} has its fixtures in {@code glossary/pod}. */
  private SortedMap<String, String> fixtures(ConvertedPage page) {
    String path = page.source().path();
    Path folder = fixtures.resolve(path.substring(0, path.length() - ".adoc".length()));
    SortedMap<String, String> texts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        List<Path> files =
            new ArrayList<>(
                entries.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)")).toList());
        for (Path file : files) {
          texts.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the fixtures in " + folder + ": " + e, e);
      }
    }
    return texts;
  }
}
