package dev.shirube.cli;

import dev.shirube.diagnose.Case;
import dev.shirube.diagnose.Diagnosis;
import dev.shirube.diagnose.Diagnostician;
import dev.shirube.diagnose.Finding;
import dev.shirube.diagnose.NewCase;
import dev.shirube.diagnose.live.ContextApi;
import dev.shirube.diagnose.live.LiveReader;
import dev.shirube.diagnose.live.UnreadableClusterException;
import dev.shirube.diagnose.object.ObjectReader;
import dev.shirube.diagnose.observed.Observation;
import dev.shirube.diagnose.text.PasteReader;
import dev.shirube.pipeline.Cases;
import dev.shirube.pipeline.ConvertedContent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code shirube diagnose}: names the case that a trouble is. */
@Command(
    name = "diagnose",
    description = {
      "Name the case of the wiki that a trouble is: in a cluster, or in what was copied from a"
          + " terminal.",
      "A cluster is only read: lists of objects, and logs of what fails. As kubectl does, it runs"
          + " the program that the context names for its credentials."
    },
    mixinStandardHelpOptions = true,
    // 2 says something of the trouble, so that wrong usage has a code of its own: EX_USAGE.
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE_OF_DIAGNOSE,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:nothing is wrong",
      " 1:all that is wrong is known to the wiki",
      " 2:something is wrong that the wiki does not know",
      " 3:the environment is wrong: the cluster does not answer, there is no content",
      "64:wrong usage, as 2 is taken"
    },
    footer = {
      "",
      "Examples:",
      "  shirube diagnose --context staging -n web",
      "  kubectl -n web describe pod app-0 | shirube diagnose",
      "  shirube diagnose saved.txt --json",
      "  shirube diagnose --context staging -n web --new-case content/troubleshooting/new.adoc"
    })
final class DiagnoseCommand implements Callable<Integer> {

  private static final int UNKNOWN_TROUBLE = 2;

  /** Enough for any log that somebody pastes; more would not fit into memory several times. */
  private static final int MOST_BYTES = 256 << 20;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "what was copied from a terminal (default: standard input)")
  private List<Path> files = List.of();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "look into the cluster of this context of the kubeconfig")
  private @Nullable String context;

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "with --context: the namespace")
  private @Nullable String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "with --context: all namespaces, and the nodes")
  private boolean allNamespaces;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "with --context: how long a beginning may take, such as scheduling or becoming ready"
              + " (default: ${DEFAULT-VALUE})")
  private int grace;

  @Mixin private ContentOption content = new ContentOption();

  @Option(
      names = "--new-case",
      paramLabel = "FILE",
      description = "begin a page for the first trouble that the wiki does not know")
  private @Nullable Path newCase;

  @Option(names = "--json", description = "print the diagnosis as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    checkUsage(spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    Wiki wiki = Wiki.read(content.folder(), terminal);
    List<Observation> seen = context == null ? pasted() : live(context, terminal);
    Diagnosis diagnosis = new Diagnostician(wiki.cases()).diagnose(seen);
    terminal.clearProgress();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asJson(diagnosis, wiki)));
    } else {
      print(diagnosis, wiki, out);
    }
    out.flush();
    if (newCase != null) {
      begin(newCase, diagnosis, terminal);
    }
    if (diagnosis.findings().isEmpty()) {
      return ExitCode.OK;
    }
    return diagnosis.hasUnknown() ? UNKNOWN_TROUBLE : 1;
  }

  private void checkUsage(CommandSpec spec) {
    if (context != null && !files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "either --context or FILE..., not both");
    }
    if (context == null && (namespace != null || allNamespaces || kubeconfig.file().isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "-n, -A and --kubeconfig are about a cluster: name its context with --context");
    }
    if (context != null && (namespace == null) == !allNamespaces) {
      throw new ParameterException(
          spec.commandLine(), "--context takes either -n NAME or --all-namespaces");
    }
    if (grace < 0) {
      throw new ParameterException(spec.commandLine(), "--grace is at least 0, not " + grace);
    }
    if (newCase != null && Files.exists(newCase)) {
      throw new ParameterException(
          spec.commandLine(), newCase + " is there already; nothing is written over it");
    }
  }

  // --- what is seen ------------------------------------------------------------------------------

  private List<Observation> pasted() throws IOException {
    PasteReader reader = new PasteReader(Instant.now());
    List<Observation> seen = new ArrayList<>();
    if (files.isEmpty()) {
      seen.addAll(reader.read(text(System.in.readNBytes(MOST_BYTES))));
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new EnvironmentException("there is no file " + file);
      }
      seen.addAll(reader.read(text(Files.readAllBytes(file))));
    }
    return seen;
  }

  /** What is no UTF-8 in it is replaced. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<Observation> live(String named, Terminal terminal) {
    try (ContextApi api = ContextApi.of(named, kubeconfig.file(), System.getenv())) {
      terminal.at("reading the cluster", 0, 1);
      LiveReader.Live live =
          new LiveReader(
                  api, new ObjectReader.Settings(Instant.now(), Duration.ofSeconds(grace), true))
              .read(Optional.ofNullable(namespace));
      live.refused().forEach(each -> terminal.line("not looked at: " + each));
      return live.observations();
    } catch (UnreadableClusterException e) {
      throw new EnvironmentException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The wiki that knows the cases.
   *
   * @param site where it is published; empty where that is not known
   */
  private record Wiki(List<Case> cases, Path folder, Optional<String> site) {

    static Wiki read(Path folder, Terminal terminal) {
      if (!Files.isDirectory(folder)) {
        throw new EnvironmentException("there is no content folder " + folder);
      }
      ConvertedContent content = Cases.pages(folder, terminal);
      return new Wiki(Cases.of(content).cases(), folder, content.siteUrl());
    }

    String file(Case known) {
      return folder.resolve(known.page()).toString();
    }

    Optional<String> url(Case known) {
      return site.map(
          url ->
              url
                  + (url.endsWith("/") ? "" : "/")
                  + dev.shirube.model.SitePath.ofPage(known.page()));
    }
  }

  // --- what is said ------------------------------------------------------------------------------

  private void print(Diagnosis diagnosis, Wiki wiki, PrintWriter out) {
    Ansi ansi = Ansi.AUTO;
    if (diagnosis.findings().isEmpty()) {
      out.println(
          diagnosis.seen() == 0
              ? "nothing is known in this text: no object, no event, no error"
              : "nothing is wrong with %d object%s"
                  .formatted(diagnosis.seen(), diagnosis.seen() == 1 ? "" : "s"));
      return;
    }
    for (Finding finding : diagnosis.findings()) {
      out.println(
          ansi.string("@|bold " + String.join(", ", finding.objects()) + "|@")
              + ": "
              + finding.trouble());
      for (Case known : finding.cases()) {
        out.println("  case: " + plain(known.title()));
        out.println("    " + wiki.file(known));
        wiki.url(known).ifPresent(url -> out.println("    " + url));
      }
      if (!finding.isKnown()) {
        out.println("  no case of the wiki is this");
      }
      out.println(finding.isKnown() ? "  seen:" : "  note down for a new case:");
      for (Finding.Evidence each : finding.evidence()) {
        out.println(
            "    %-8s%s%s%s"
                .formatted(
                    each.sort(),
                    each.reason().isEmpty() ? "" : each.reason() + ": ",
                    each.text().replace("\n", "\n            "),
                    each.where().isEmpty() || each.where().equals(each.sort())
                        ? ""
                        : "  (" + each.where() + ")"));
      }
      if (!finding.notShown().isEmpty()) {
        out.println("  not shown, so not compared: " + String.join(", ", finding.notShown()));
      }
      for (String consequence : finding.consequences()) {
        out.println("  because of it: " + consequence);
      }
      if (!finding.isKnown()) {
        out.println(
            "  and what you did before it, how you found the cause, and what helped"
                + (newCase == null ? "; --new-case FILE begins a page" : ""));
      }
      out.println();
    }
  }

  private static String plain(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#8217;", "’")
        .replace("&amp;", "&");
  }

  private static Map<String, Object> asJson(Diagnosis diagnosis, Wiki wiki) {
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : diagnosis.findings()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("objects", finding.objects());
      row.put("trouble", finding.trouble());
      row.put(
          "cases",
          finding.cases().stream()
              .map(
                  known -> {
                    Map<String, Object> of = new LinkedHashMap<>();
                    of.put("page", known.page());
                    of.put("title", plain(known.title()));
                    of.put("file", wiki.file(known));
                    wiki.url(known).ifPresent(url -> of.put("url", url));
                    return of;
                  })
              .toList());
      row.put("evidence", finding.evidence());
      row.put("notShown", finding.notShown());
      row.put("consequences", finding.consequences());
      findings.add(row);
    }
    return Map.of("seen", diagnosis.seen(), "findings", findings);
  }

  private static void begin(Path file, Diagnosis diagnosis, Terminal terminal) throws IOException {
    Optional<Finding> unknown =
        diagnosis.findings().stream().filter(finding -> !finding.isKnown()).findFirst();
    if (unknown.isEmpty()) {
      terminal.line("no new case: nothing is wrong that the wiki does not know");
      return;
    }
    try {
      Files.writeString(file, NewCase.of(unknown.get()), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new EnvironmentException(file + " is there already; nothing is written over it");
    }
    terminal.line("begun: " + file);
  }
}
