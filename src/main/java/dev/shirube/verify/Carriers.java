package dev.shirube.verify;

import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import dev.shirube.verify.shell.CommandLine;
import dev.shirube.verify.shell.CommandLine.SimpleCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the snippets that bring listings to the cluster: a page shows {@code pod.yaml}, and below
 * it runs {@code kubectl apply -f pod.yaml}. What became of the command became of the listing.
 */
public final class Carriers {

  private static final Set<String> BRINGING = Set.of("apply", "create", "replace");

  private Carriers() {}

  /**
   * The ids of the snippets that bring each listing, in the order of the page; listings that nobody
   * brings are not among the keys.
   */
  public static Map<String, List<String>> of(Scenario scenario) {
    Map<String, List<String>> carriers = new HashMap<>();
    List<Snippet> snippets = scenario.snippets();
    for (int i = 0; i < snippets.size(); i++) {
      Snippet listing = snippets.get(i);
      if (listing.verb() != Verb.CHECK || listing.fileNames().size() != 1) {
        continue;
      }
      String name = listing.fileNames().getFirst();
      List<String> found =
          snippets.subList(i + 1, snippets.size()).stream()
              .filter(each -> brings(each, name))
              .map(Snippet::id)
              .toList();
      if (!found.isEmpty()) {
        carriers.put(listing.id(), found);
      }
    }
    return carriers;
  }

  /** Whether one of its commands succeeds with the file, and keeps what is in it. */
  private static boolean brings(Snippet snippet, String file) {
    return (snippet.verb() == Verb.RUN || snippet.verb() == Verb.FIXTURE)
        && snippet.isCommands()
        && succeeding(snippet).stream()
            .flatMap(line -> line.jobs().stream())
            .flatMap(job -> job.chain().stream())
            .flatMap(link -> link.pipeline().stream())
            .anyMatch(command -> brings(command, file));
  }

  /** Commands before the last one end with 0, whatever {@code exit=} says of that. */
  private static List<CommandLine> succeeding(Snippet snippet) {
    List<CommandLine> commands = CommandSteps.parse(snippet).commands();
    return snippet.options().exit() == 0 || commands.isEmpty()
        ? commands
        : commands.subList(0, commands.size() - 1);
  }

  private static boolean brings(SimpleCommand command, String file) {
    List<String> words = command.words().stream().map(word -> word.literal().orElse("")).toList();
    return !words.isEmpty()
        && words.getFirst().equals("kubectl")
        && words.stream().anyMatch(BRINGING::contains)
        && words.stream().noneMatch(word -> word.startsWith("--dry-run"))
        && files(words).contains(file);
  }

  private static List<String> files(List<String> words) {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (i + 1 < words.size() && (word.equals("-f") || word.equals("--filename"))) {
        files.addAll(List.of(words.get(i + 1).split(",")));
      } else if (word.startsWith("--filename=") || word.startsWith("-f=")) {
        files.addAll(List.of(word.substring(word.indexOf('=') + 1).split(",")));
      }
    }
    return files.stream().map(file -> file.replaceFirst("^\\./", "")).toList();
  }
}
