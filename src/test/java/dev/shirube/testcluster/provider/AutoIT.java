package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.install.Machine;
import dev.shirube.testcluster.local.ClusterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code --provider auto} takes, and why not the others, as a user sees it. */
class AutoIT {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String NONE =
      "took none: no cluster is up, the schema tier is all there is\n";

  private Path folder = Path.of("unset");

  /** Not a folder of JUnit's: another user must be able to write there. */
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("shirube-auto");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void removeFolder() {
    Command.of("rm", "-rf", folder.toString()).run();
  }

  /** By a user without rights, who need not be able to read this folder: it gets a copy. */
  private Command.Result upWithoutRights(String... words) {
    Path copy = folder.resolve("product");
    Command.of(
            "sh",
            "-c",
            "mkdir -p \"$0/target\" \"$0/verify\" && cp shirube \"$0\""
                + " && cp -r verify/cluster \"$0/verify\""
                + " && cp -r target/shirube.jar target/lib \"$0/target\""
                + " && chmod -R go+rX \"$0\"",
            copy.toString())
        .run();
    return up(
        List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            copy.resolve("shirube").toString()),
        words);
  }

  private Command.Result up(String... words) {
    return up(List.of(Path.of("shirube").toAbsolutePath().toString()), words);
  }

  /** With a Docker engine that nobody runs, wherever this is tested. */
  private Command.Result up(List<String> shirube, String... words) {
    List<String> command = new ArrayList<>(shirube);
    command.addAll(List.of("cluster", "up", "--run=" + folder.resolve("run")));
    command.addAll(List.of(words));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SHIRUBE_NO_START_UP_CACHE", "1"); // the copy has none
    environment.put("HOME", folder.toString());
    environment.put("DOCKER_HOST", "unix://" + folder.resolve("docker.sock"));
    return Command.of(command).withEnvironment(environment).in(folder).result();
  }

  private String noDocker() {
    if (Machine.here().find("docker").isEmpty()) {
      return """
      k3s was passed over: k3s needs Docker, and there is no docker command
        fix: install Docker, and start it
      """;
    }
    return """
    k3s was passed over: k3s needs Docker, and no engine answers: Cannot connect to the Docker \
    daemon at unix://%s. Is the docker daemon running?
      fix: start it, or point DOCKER_HOST or "docker context use" at another
    """
        .formatted(folder.resolve("docker.sock"));
  }

  @Test
  void withoutCommandsAndDockerThereIsNoneAndEachReasonIsSaid() {
    long begin = System.nanoTime();
    Command.Result result = up("--provider=auto", "--cache=" + folder.resolve("empty"));
    String newest = Binaries.newest(ClusterUnderTest.DEFINITIONS);
    assertEquals(
        "local was passed over: these commands of Kubernetes "
            + newest
            + " are not installed, not whole or not for this machine: "
            + String.join(", ", missing())
            + "\n  fix: shirube cluster install --kubernetes "
            + newest
            + "\n"
            + noDocker()
            + NONE,
        result.output() + "\n");
    assertEquals(3, result.exitCode());
    assertTrue(System.nanoTime() - begin < SOON.toNanos());
  }

  private List<String> missing() {
    return Binaries.of(
            folder.resolve("empty"),
            ClusterUnderTest.DEFINITIONS,
            Binaries.newest(ClusterUnderTest.DEFINITIONS))
        .missing(Tier.APISERVER);
  }

  @Test
  void withoutRootThereIsNoNodeAndTheReasonIsSaid() {
    Command.Result result = upWithoutRights("--provider=auto", "--tier=node");
    assertEquals(
        "local was passed over: the tier \"node\" needs root: it makes namespaces, mounts and a"
            + " network interface\n"
            + "  fix: run it with sudo, or take --tier apiserver, which works without root\n"
            + noDocker()
            + NONE,
        result.output() + "\n");
    assertEquals(3, result.exitCode());
  }

  @Test
  void withTheCommandsItTakesLocal() {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    String cache = "--cache=" + Binaries.defaultCache();
    Command.Result result = up("--provider=auto", cache);
    try {
      assertEquals(0, result.exitCode(), result.output());
      assertTrue(result.output().contains("\ntook local\nKubernetes "), result.output());
      Command.Result again = up("--provider=auto", cache);
      assertTrue(again.output().startsWith("took local\ndefault is up already\n"), again.output());
    } finally {
      Command.of(
              Path.of("shirube").toAbsolutePath().toString(),
              "cluster",
              "down",
              "--run=" + folder.resolve("run"))
          .run();
    }
  }

  @Test
  void noneIsNoFailureForWhoeverAskedForIt() {
    Command.Result result = up("--provider=none");
    assertEquals(NONE, result.output() + "\n");
    assertEquals(0, result.exitCode());
  }

  @Test
  void aProviderThatWasNamedAndDoesNotWorkIsAnError() {
    Command.Result result = up("--provider=k3s", "--tier=node");
    assertEquals(noDocker().replace("k3s was passed over: ", "error: "), result.output() + "\n");
    assertEquals(3, result.exitCode());
  }
}
