package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shirube as a user without any rights, in a folder that this user can read. */
class NoRootIT {

  private static final int NOBODY = 65_534;

  @TempDir Path folder = Path.of("unset");

  private Path home = Path.of("unset");

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  @BeforeEach
  void copyWhatTheUserNeeds() throws IOException {
    ClusterUnderTest.requireRoot();
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectory(folder.resolve("home"));
    Path cache = home.resolve(".cache/shirube/cluster");
    ClusterUnderTest.copyApiServerCommands(cache);
    for (Path own : List.of(home, home.resolve(".cache"), cache.getParent(), cache)) {
      Files.setAttribute(own, "unix:uid", NOBODY);
    }
    Path program = Files.createDirectory(folder.resolve("program"));
    Command.of(
            "cp",
            "-R",
            "--parents",
            "shirube",
            "target/shirube.jar",
            "target/lib",
            "verify/cluster",
            program.toString())
        .run();
  }

  private Command.Result shirube(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "./shirube",
                "cluster"));
    command.addAll(List.of(words));
    return Command.of(command)
        .in(folder.resolve("program"))
        .withEnvironment(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                "/usr/bin:/bin",
                "SHIRUBE_NO_START_UP_CACHE",
                "yes"))
        .result();
  }

  @Test
  void nodesAreRefusedAndTheApiServerWorks() throws IOException {
    MachineTraces before = MachineTraces.now(folder);
    Command.Result refused = shirube("up", "--tier=node");
    assertEquals(3, refused.exitCode(), refused.output());
    assertTrue(
        refused
            .output()
            .contains(
                "the tier \"node\" needs root: it makes namespaces, mounts and a network interface"
                    + "\n  fix: run it with sudo, or take --tier apiserver"),
        refused.output());

    Command.Result up = shirube("up");
    assertTrue(up.ok(), up.output());
    Path run = home.resolve(".local/state/shirube/clusters/default");
    assertEquals(run + "/kubeconfig", shirube("kubeconfig").output());
    assertEquals(
        "ok",
        Command.of(
                Binaries.of(
                        home.resolve(".cache/shirube/cluster"),
                        ClusterUnderTest.DEFINITIONS,
                        ClusterUnderTest.BINARIES.kubernetes())
                    .path("kubectl")
                    .toString(),
                "--kubeconfig=" + run + "/kubeconfig",
                "get",
                "--raw=/readyz")
            .result()
            .output());
    try (Stream<Path> files = Files.walk(home.resolve(".local"))) {
      for (Path file : files.toList()) {
        assertEquals(
            NOBODY,
            Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS),
            file.toString());
      }
    }
    Command.Result down = shirube("down");
    assertTrue(down.ok(), down.output());
    assertEquals(before, MachineTraces.now(folder));
    assertEquals(List.of(".cache", ".local"), names(home));
    assertEquals(List.of("lock", "logs"), names(run));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
