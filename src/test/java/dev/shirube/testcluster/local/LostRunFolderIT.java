package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody deletes files of a cluster that runs; its processes are found all the same. */
class LostRunFolderIT {

  @TempDir Path folder = Path.of("unset");

  private final Path cache = Binaries.defaultCache();

  private RunFolder run() {
    return new RunFolder(folder.resolve("a folder"));
  }

  private static void delete(RunFolder run) {
    Command.of("rm", "-rf", run.path().toString()).run();
  }

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void theNextCommandRemovesAClusterWhoseFolderWasDeleted(Tier tier) throws IOException {
    ClusterUnderTest.requireInstalled(tier);
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = run();
    LocalCluster cluster = ClusterUnderTest.start(run, "lost", tier, 1);
    assertEquals(tier, cluster.tier());
    delete(run);
    assertNotEquals(before, MachineTraces.now(cache));
    assertTrue(ClusterProcesses.runFolders().contains(run.path()));
    assertInstanceOf(
        Finding.Down.class, LocalCluster.find(new RunFolder(folder.resolve("another"))));
    assertNotEquals(before, MachineTraces.now(cache));

    Finding.Died died = assertInstanceOf(Finding.Died.class, LocalCluster.find(run));
    assertEquals("files of it were deleted from " + run.path(), died.how());
    assertEquals(before, MachineTraces.now(cache));
    assertInstanceOf(Finding.Down.class, LocalCluster.find(run));
  }

  @Test
  void aClusterInTheSameFolderIsAnother() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    MachineTraces before = MachineTraces.now(cache);
    RunFolder run = run();
    LocalCluster first = ClusterUnderTest.start(run, "lost", Tier.APISERVER, 1);
    delete(run);
    try (LocalCluster second = ClusterUnderTest.start(run, "lost", Tier.APISERVER, 1)) {
      assertEquals(java.util.Set.of(second.nonce()), ClusterProcesses.noncesOf(run));
      first.close();
      assertEquals(second.nonce(), ClusterUnderTest.marker(second));
      assertTrue(second.health().stream().allMatch(PartHealth::runs));

      Path state = run.path().resolve("cluster.properties");
      Files.writeString(state, Files.readString(state).replaceFirst("tier=.*", ""));
      Finding.Died died = assertInstanceOf(Finding.Died.class, LocalCluster.find(run));
      assertEquals(state + " is no state of a cluster: no tier", died.how());
    }
    assertEquals(before, MachineTraces.now(cache));
  }
}
