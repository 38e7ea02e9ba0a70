package dev.shirube.testcluster.image;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.FreePorts;
import dev.shirube.testcluster.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The registry on loopback while images are put into the store. */
final class StoreServer implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Process process;
  private final Thread hook;
  private final int port;

  /**
   * Starts it and waits until it answers.
   *
   * @param registry the command
   * @param storage where the images go
   * @param work for its settings and log
   */
  StoreServer(Path registry, Path storage, Path work) {
    port = FreePorts.find(1).getFirst();
    Path log = work.resolve("registry.log");
    try {
      // As JSON, which YAML includes, because a path may have any character in it.
      Path settings =
          Files.writeString(
              work.resolve("registry.yml"),
              """
              {"version": "0.1",
               "log": {"level": "warn"},
               "storage": {"filesystem": {"rootdirectory": %s}},
               "http": {"addr": "127.0.0.1:%d"}}
              """
                  .formatted(
                      tools.jackson.databind.json.JsonMapper.shared()
                          .writeValueAsString(storage.toString()),
                      port));
      ProcessBuilder builder =
          new ProcessBuilder(registry.toString(), "serve", settings.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().put("OTEL_TRACES_EXPORTER", "none");
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + registry + ": " + e.getMessage(), e);
    }
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    Pause pause = new Pause(DEADLINE);
    while (!answers()) {
      if (!process.isAlive() || !pause.next()) {
        close();
        throw new ClusterException("the registry did not start; its log: " + log);
      }
    }
  }

  /** Where an image is while the server runs. */
  String address(ImageName name) {
    return "127.0.0.1:" + port + "/" + name.path();
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs.
    }
  }
}
