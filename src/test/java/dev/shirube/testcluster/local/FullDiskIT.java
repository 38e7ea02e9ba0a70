package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk of the run folder is full; it is a small one that only the commands of a test see. */
class FullDiskIT {

  /** MiB that a cluster of the tier apiserver comes up with. */
  private static final int ENOUGH = 200;

  @TempDir Path folder = Path.of("unset");

  private final Path cache = Binaries.defaultCache();

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  @BeforeEach
  void requireRoot() {
    ClusterUnderTest.requireRoot();
    ClusterUnderTest.requireInstalled(Tier.NODE);
  }

  /** Runs a script in the folder, where {@code disk} is a disk of so many MiB. */
  private String onDisk(int mib, String script) throws IOException {
    Files.createDirectories(folder.resolve("disk"));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SHIRUBE", Path.of("shirube").toAbsolutePath().toString());
    environment.put("KUBECTL", ClusterUnderTest.BINARIES.path("kubectl").toString());
    String functions =
        """
        set -u
        mount -t tmpfs -o size=%dm tmpfs disk
        cluster() {
          command=$1
          shift
          "$SHIRUBE" cluster "$command" --run disk/run "$@"
          echo "$command: exit code $?"
        }
        # At once: a part that starts while it fills may get all that it needs.
        fill() {
          fallocate -l "$(df --output=avail -B1 disk | tail -n 1)" disk/filler
          head -c 1G /dev/zero >disk/rest 2>/dev/null
        }
        nothing_is_left() {
          [ -e disk/run/hosts ] || [ -e disk/run/cluster.properties ] || echo 'nothing is left'
        }
        """
            .formatted(mib);
    return Command.of(
            "unshare", "--mount", "--propagation", "private", "sh", "-c", functions + script)
        .in(folder)
        .withEnvironment(environment)
        .result()
        .output();
  }

  private static void assertSays(String expected, String said) {
    assertTrue(said.contains(expected), "\"" + expected + "\" is not in:\n" + said);
  }

  @Test
  void aDiskWithTooLittleRoomIsRefused() throws IOException {
    String said = onDisk(16, "cluster up\n");
    assertSays("the disk is too full for a cluster: 16 of 16 MiB are free at ", said);
    assertSays(folder.resolve("disk") + ", and one takes", said);
    assertSays("fix: make room there", said);
    assertSays("up: exit code 3", said);
  }

  @ParameterizedTest
  @CsvSource({
    "apiserver, hosts/control-plane/parts",
    "apiserver, hosts/control-plane/running/kube-apiserver",
    "node, hosts/node-1/parts",
    "node, hosts/node-1/running/kubelet"
  })
  void aDiskThatFillsUpDuringTheStartIsNamed(String tier, String moment) throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    String said =
        onDisk(
            400,
            """
            (until [ -e disk/run/%s ]; do sleep 0.01; done; fill) &
            cluster up --tier %s
            nothing_is_left
            """
                .formatted(moment, tier));
    assertSays("the cluster did not start: ", said);
    assertSays("why: the disk is full: 0 of 400 MiB are free at " + folder.resolve("disk"), said);
    assertSays("up: exit code 3", said);
    assertSays("nothing is left", said);
    assertEquals(before, MachineTraces.now(cache));
  }

  @Test
  void whatDiesOfAFullDiskIsNamed() throws IOException {
    MachineTraces before = MachineTraces.now(cache);
    String said =
        onDisk(
            ENOUGH,
            """
            cluster up
            fill
            head -c 500k /dev/zero | tr '\\0' x >large
            tries=0
            while [ $tries -lt 40 ] && "$KUBECTL" --kubeconfig disk/run/kubeconfig \\
                create configmap "large-$tries" --from-file large >/dev/null 2>&1; do
              tries=$((tries + 1))
            done
            sleep 1
            cluster status
            nothing_is_left
            """);
    assertSays("up: exit code 0", said);
    assertSays("the cluster has died: etcd on control-plane ", said);
    assertSays(
        "why: the disk is full: 0 of " + ENOUGH + " MiB are free at " + folder.resolve("disk"),
        said);
    assertSays("status: exit code 3", said);
    assertSays("nothing is left", said);
    assertEquals(before, MachineTraces.now(cache));
  }
}
