package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --all} is about every cluster, wherever its run folder lies. */
class AllClustersIT {

  /** In a PID namespace, outside of which no process and so no cluster is seen or ended. */
  private static final String SCRIPT =
      """
      set -eu
      shirube=$1
      folder=$2
      code=0
      "$shirube" cluster status --all || code=$?
      echo "nothing: $code"
      "$shirube" cluster up --name one --run "$folder/one" >"$folder/log" 2>&1
      "$shirube" cluster up --name two --run "$folder/a folder" >"$folder/log" 2>&1
      "$shirube" cluster status --all
      rm -rf "$folder/one"
      "$shirube" cluster status --all
      "$shirube" cluster down --all 2>&1
      "$shirube" cluster status --all || echo "nothing: $?"
      """;

  @TempDir Path folder = Path.of("unset");

  @Test
  void theyAreListedAndEndedEvenWhereTheFolderWasDeleted() throws IOException {
    ClusterUnderTest.requireRoot();
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    MachineTraces before = MachineTraces.now(Binaries.defaultCache());
    Command.Result result =
        Command.of(
                "unshare",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                SCRIPT,
                "sh",
                Path.of("shirube").toAbsolutePath().toString(),
                folder.toString())
            .result();
    assertEquals(
        """
        nothing: 3
        {}/a folder
        {}/one
        {}/a folder
        {}/one   (deleted; to end it: shirube cluster down --run '{}/one')
        two is down; its logs: {}/a folder/logs
        the cluster has died: files of it were deleted from {}/one
          what was left of it has been removed; its logs: {}/one/logs
        nothing: 3
        """
            .replace("{}", folder.toString()),
        result.output() + "\n");
    assertEquals(before, MachineTraces.now(Binaries.defaultCache()));
  }
}
