package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads on the command line. */
class ClusterMirrorIT {

  private static final String VARIABLE = "SHIRUBE_CLUSTER_MIRROR";

  @TempDir Path folder = Path.of("unset");

  private Launcher.Finished install(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cluster", "install"));
    command.addAll(List.of(options));
    Process process = Launcher.start(environment, command.toArray(String[]::new));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Launcher.Finished(process.waitFor(), output);
  }

  private Launcher.Finished installTiny(
      TinyDefinitions definitions, Map<String, String> environment, Path cache, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--no-images");
    all.addAll(List.of("--cache=" + cache, "--definitions=" + definitions.root()));
    return install(environment, all.toArray(String[]::new));
  }

  private static void assertDownloaded(Launcher.Finished finished) {
    assertEquals(0, finished.exitCode(), finished.output());
    assertTrue(
        finished
            .output()
            .contains("ready for apiserver and node, 4 commands downloaded, 1 command built in 0:"),
        finished.output());
    assertTrue(finished.output().contains("downloading kubelet 3/4\n"), finished.output());
  }

  @Test
  void theMirrorIsTheOptionsElseTheEnvironments() throws Exception {
    TinyDefinitions definitions = new TinyDefinitions(folder);
    Path first = folder.resolve("first cache");
    Path second = folder.resolve("second cache");
    try (ReleaseServer empty = new ReleaseServer();
        ReleaseServer full = new ReleaseServer()) {
      full.publishAll(Binaries.of(first, definitions.root(), "1.37"), folder);
      Map<String, String> toFull = Map.of(VARIABLE, full.address().toString());
      Map<String, String> toEmpty = Map.of(VARIABLE, empty.address().toString());

      assertDownloaded(installTiny(definitions, toFull, first));
      assertDownloaded(installTiny(definitions, toEmpty, second, "--mirror=" + full.address()));
      assertEquals(List.of(), empty.asked());

      Launcher.Finished neither =
          installTiny(definitions, toEmpty, folder.resolve("third cache"), "--no-download");
      assertTrue(neither.output().contains("5 commands built in"), neither.output());
      assertEquals(List.of(), empty.asked());

      Launcher.Finished refused = installTiny(definitions, toEmpty, folder.resolve("fourth cache"));
      assertEquals(0, refused.exitCode(), refused.output());
      assertTrue(
          refused.output().contains("kubelet.sha256: building from Go modules instead\n"),
          refused.output());
    }
  }

  @Test
  void aMirrorThatIsNoAddressIsWrongUsage() throws Exception {
    for (String mirror : List.of("127.0.0.1:8080", "ftp://example.org", "http://", "http://a b")) {
      Launcher.Finished finished = install(Map.of(VARIABLE, mirror));
      assertEquals(2, finished.exitCode(), finished.output());
      assertTrue(
          finished
              .output()
              .startsWith(
                  "--mirror (or SHIRUBE_CLUSTER_MIRROR) is an address such as"
                      + " http://127.0.0.1:8080, not \""
                      + mirror
                      + "\"\n"),
          finished.output());
    }
  }

  @Test
  void theHelpTellsOfMirrorAndHosts() throws Exception {
    String help = install(Map.of(), "--help").output().replaceAll("\\s+", " ");
    assertTrue(help.contains("--mirror=URL a server that stands for all hosts"), help);
    assertTrue(help.contains("environment variable SHIRUBE_CLUSTER_MIRROR"), help);
    assertTrue(help.contains("--no-download download no finished commands, only sources"), help);
    assertTrue(help.contains("Downloads come from dl.k8s.io and github.com"), help);
  }
}
