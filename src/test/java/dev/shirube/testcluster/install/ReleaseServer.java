package dev.shirube.testcluster.install;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shirube.model.Sha256;
import dev.shirube.testcluster.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A mirror of official releases on a free port of this machine, with its faults. */
final class ReleaseServer implements AutoCloseable {

  /** What is answered to a question. */
  interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ReleaseServer() throws IOException {
    this(0);
  }

  ReleaseServer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(work -> Thread.ofPlatform().daemon().unstarted(work)));
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    try (exchange) {
      answers.getOrDefault(path, status(404)).give(exchange);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A path of this server. */
  URI address(String path) {
    return address().resolve(path);
  }

  /** Where this server has a file of an official host. */
  static String path(URI official) {
    return "/" + official.getHost() + official.getPath();
  }

  /** The paths that were asked for, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  void put(String path, Answer answer) {
    answers.put(path, answer);
  }

  void put(URI official, Answer answer) {
    put(path(official), answer);
  }

  static Answer text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer bytes(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** A file of twice as many bytes; after the first half something else happens. */
  static Answer half(byte[] half, Answer then) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 2L * half.length);
      OutputStream body = exchange.getResponseBody();
      body.write(half);
      body.flush();
      then.give(exchange);
    };
  }

  /**
   * Publishes a release as its project does, with commands that only say their version.
   *
   * @param folder for the files of the release
   */
  void publish(OfficialRelease release, List<Tool> tools, Path folder) throws IOException {
    Path top = Files.createDirectories(folder.resolve(release.name() + ".contents"));
    for (Tool tool : tools) {
      TinyDefinitions.script(
          top.resolve(release.archiveFolder().orElse("")).resolve(tool.command()), says(tool));
    }
    byte[] file;
    if (release.archiveFolder().isPresent()) {
      Command.of("tar", "-czf", "../archive", ".").in(top).run();
      file = Files.readAllBytes(folder.resolve("archive"));
    } else {
      file = Files.readAllBytes(top.resolve(tools.getFirst().command()));
    }
    put(release.file(), bytes(file));
    put(release.checksums(), text(checksums(release, Sha256.of(file))));
  }

  static String says(Tool tool) {
    return "echo " + tool.command() + " version v" + tool.version() + ", libseccomp: 2.5.4";
  }

  private static String checksums(OfficialRelease release, String sha256) {
    if (release.file().getHost().equals("dl.k8s.io")) {
      return sha256; // nothing else, not even the end of the line
    }
    String lines = "0".repeat(64) + "  another-file\n" + sha256 + "  " + release.name() + "\n";
    return release.name().startsWith("runc")
        ? "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
            + lines
            + "-----BEGIN PGP SIGNATURE-----\n\niQIz\n-----END PGP SIGNATURE-----\n"
        : lines;
  }

  /** Publishes all that is missing and has an official release. */
  Map<OfficialRelease, List<Tool>> publishAll(Binaries binaries, Path folder) throws IOException {
    String architecture = OfficialRelease.architecture(System.getProperty("os.arch")).orElseThrow();
    Map<OfficialRelease, List<Tool>> releases = new LinkedHashMap<>();
    for (Binaries.Missing missing : binaries.missingTools()) {
      OfficialRelease.of(missing.tool(), architecture)
          .ifPresent(
              release ->
                  releases.computeIfAbsent(release, key -> new ArrayList<>()).add(missing.tool()));
    }
    for (Map.Entry<OfficialRelease, List<Tool>> release : releases.entrySet()) {
      publish(release.getKey(), release.getValue(), folder);
    }
    return releases;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
