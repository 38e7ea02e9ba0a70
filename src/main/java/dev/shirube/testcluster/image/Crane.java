package dev.shirube.testcluster.image;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Moves images between registries, by the command of that name. */
final class Crane {

  /** A registry that has not answered by then is taken for one that cannot be reached. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private static final Duration TRANSFERS_WITHIN = Duration.ofMinutes(15);

  /** What crane says of a registry to which there is no way. */
  private static final List<String> UNREACHABLE =
      List.of("dial tcp", "no such host", "i/o timeout", "TLS handshake timeout", "proxyconnect");

  private final Path command;
  private final Map<String, String> environment;
  private final Consumer<String> tick;
  private final Map<String, String> unreachable = new TreeMap<>();

  /**
   * @param environment that of the machine: credentials and proxies stay as people have set them
   * @param tick hears about once a second what it said last
   */
  Crane(Path command, Map<String, String> environment, Consumer<String> tick) {
    this.command = command;
    this.environment = new HashMap<>(environment);
    this.tick = tick;
  }

  /** Why an image's own registry does not give it; empty where it does. */
  Optional<String> refusal(ImageName name) {
    String known = unreachable.get(name.registry());
    if (known != null) {
      return Optional.of(known); // to ask again would only cost time
    }
    Command.Result result =
        run(ANSWERS_WITHIN, List.of("digest", "--platform", platform(), name.toString()));
    if (result.ok()) {
      return Optional.empty();
    }
    String said = lastLine(result);
    if (result.exitCode() > 128 || UNREACHABLE.stream().anyMatch(said::contains)) {
      String why = name.registry() + " cannot be reached";
      unreachable.put(name.registry(), why);
      return Optional.of(why);
    }
    return Optional.of(name.registry() + " refused it: " + said);
  }

  /** Copies an image from its own registry, for this machine's kind of processor. */
  void copy(ImageName name, String to) {
    succeed(
        run(
            TRANSFERS_WITHIN,
            List.of("copy", "--insecure", "--platform", platform(), name.toString(), to)),
        "cannot copy " + name);
  }

  /** Gives an image in the store another name there. */
  void copy(String from, String to) {
    succeed(run(TRANSFERS_WITHIN, List.of("copy", "--insecure", from, to)), "cannot copy " + from);
  }

  /** Pushes an archive as {@code docker save} writes it. */
  void push(Path archive, String to) {
    succeed(
        run(TRANSFERS_WITHIN, List.of("push", "--insecure", archive.toString(), to)),
        "cannot push " + archive);
  }

  /** The digest of an image in the store. */
  String digest(String of) {
    Command.Result result = run(ANSWERS_WITHIN, List.of("digest", "--insecure", of));
    succeed(result, "cannot read the digest of " + of);
    return result.lines().getLast();
  }

  /** For example {@code linux/amd64}. */
  static String platform() {
    return "linux/" + architecture();
  }

  /** As Go and image configurations call it, for example {@code amd64}. */
  static String architecture() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return architecture.equals("aarch64") ? "arm64" : architecture;
  }

  private Command.Result run(Duration timeout, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(arguments);
    return Command.of(words)
        .in(Path.of("/"))
        .withEnvironment(environment)
        .within(timeout)
        .telling(tick)
        .result();
  }

  private static void succeed(Command.Result result, String otherwise) {
    if (!result.ok()) {
      throw new ClusterException(otherwise + ": " + lastLine(result));
    }
  }

  private static String lastLine(Command.Result result) {
    return result.lines().isEmpty()
        ? "exit code " + result.exitCode()
        : result.lines().getLast().strip();
  }
}
