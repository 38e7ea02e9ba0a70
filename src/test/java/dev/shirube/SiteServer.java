package dev.shirube;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Serves a folder on a free port of this machine. */
final class SiteServer implements AutoCloseable {
  private final HttpServer server;

  SiteServer(Path folder) {
    try {
      server =
          SimpleFileServer.createFileServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              folder.toRealPath(),
              SimpleFileServer.OutputLevel.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve " + folder, e);
    }
    server.start();
  }

  /**
   * The address of a file.
   *
   * @param path below the folder, encoded
   */
  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
