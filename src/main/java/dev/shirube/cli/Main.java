package dev.shirube.cli;

import dev.shirube.testcluster.ClusterException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code shirube} command. */
@Command(
    name = "shirube",
    description = "A Kubernetes knowledge base that cannot go stale.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      PublishCommand.class,
      BuildCommand.class,
      PreviewCommand.class,
      VerifyCommand.class,
      RunCommand.class,
      CheckCommand.class,
      SearchCommand.class,
      DiagnoseCommand.class,
      ClusterCommand.class,
      SchemaCommand.class,
      ImportCommand.class,
      WarmUpCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  shirube publish                      check content/ and publish it to target/site",
      "  shirube preview                      look at it in a browser while you write",
      "  shirube verify                       prove every snippet on a test cluster",
      "  shirube run glossary/pod.adoc        run one page and watch it",
      "  shirube check                        is all of it right and proven? no cluster needed",
      "  shirube search 'ImagePullBackOff'    search the published wiki",
      "  shirube diagnose --context dev -n web  which case is it that a namespace is in?",
      "",
      "Exit codes: 0 fine, 1 the content is wrong, 2 wrong usage, 3 the environment is wrong."
    })
public final class Main implements Runnable {

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /** Runs a command, printing to the given writers; returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    Terminal terminal = new Terminal(command.getErr());
    if (failure instanceof UncheckedIOException
        || failure instanceof ClusterException
        || failure instanceof EnvironmentException) {
      terminal.error(String.valueOf(failure.getMessage()));
      return ExitCode.ENVIRONMENT;
    }
    terminal.error("this is a defect in Shirube, please report it with what follows");
    failure.printStackTrace(command.getErr());
    return ExitCode.ENVIRONMENT;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "Which command?");
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"shirube " + (version == null ? "(development)" : version)};
    }
  }
}
