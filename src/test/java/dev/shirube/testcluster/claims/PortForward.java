package dev.shirube.testcluster.claims;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.local.ClusterUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kubectl port-forward}, until it is closed. */
final class PortForward implements AutoCloseable {

  private static final Pattern FORWARDING =
      Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> \\d+");

  private final Process process;
  private final int port;

  private PortForward(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Forwards a free port of this machine.
   *
   * @param resource for example {@code pod/web}
   * @param port there
   */
  static PortForward to(ClaimNamespace namespace, String resource, int port) {
    try {
      Process process =
          new ProcessBuilder(
                  ClusterUnderTest.kubectlCommand(
                      namespace.cluster(),
                      "--namespace",
                      namespace.name(),
                      "port-forward",
                      resource,
                      ":" + port))
              .redirectErrorStream(true)
              .start();
      // The first line that it says; where it fails, that is why.
      String said = String.valueOf(process.inputReader().readLine());
      Matcher matcher = FORWARDING.matcher(said);
      assertTrue(matcher.matches(), said);
      return new PortForward(process, Integer.parseInt(matcher.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
