package dev.shirube.preview;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.PageKind;
import dev.shirube.model.SiteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the site on loopback, tells browsers when what they show has changed, and answers
 * searches.
 *
 * <p>It is the JDK's own server, which needs no library: a writer and a few tabs are all that call
 * it. Each request has a virtual thread, so that those who only wait cost nothing.
 *
 * <dl>
 *   <dt>{@code /PAGE}
 *   <dd>the site, and the preview's script in its pages
 *   <dt>{@code /api/search?q=WORDS}, with {@code kind=} and {@code limit=}
 *   <dd>what {@code shirube search --json} prints
 *   <dt>{@code /_preview/events?page=PATH}
 *   <dd>server-sent events: the version of the page, and what is wrong with the content
 * </dl>
 */
public final class PreviewServer implements AutoCloseable {

  /** Answers searches. */
  @FunctionalInterface
  public interface Search {

    /**
     * JSON for the best pages; empty as long as there is no index.
     *
     * @param kind null for any
     */
    Optional<String> json(String query, int limit, @Nullable PageKind kind);
  }

  private static final int MOST_HITS = 100;
  private static final int DEFAULT_HITS = 10;

  /** As many tabs as one writer may have open, and more than a browser will connect. */
  private static final int MOST_LISTENERS = 512;

  /** A comment goes out so often, for nothing else tells that a tab was closed. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private static final String OWN = "/_preview/";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("zip", "application/zip"),
          Map.entry("webmanifest", "application/manifest+json"));

  /** What may stand in an answer's text; the rest is offered as plain text or a download. */
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final RequestGuard guard;
  private final Search search;
  private final Changes changes = new Changes();
  private final Semaphore listeners = new Semaphore(MOST_LISTENERS);
  private volatile PreviewedSite site = PreviewedSite.of(List.of(), List.of(), List.of());
  private volatile Map<String, SiteFile> searchFiles = Map.of();
  private volatile boolean closed;

  private PreviewServer(HttpServer server, Search search) {
    this.server = server;
    this.search = search;
    guard = new RequestGuard(server.getAddress().getPort());
    server.setExecutor(threads);
    server.createContext("/", this::answer);
  }

  /**
   * Starts it, with nothing to show yet.
   *
   * @param port 0 for any that is free
   * @throws java.net.BindException where the port is taken
   */
  public static PreviewServer start(int port, Search search) throws IOException {
    limits();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    PreviewServer preview = new PreviewServer(http, search);
    http.start();
    return preview;
  }

  /**
   * The limits of the JDK's server, which it reads once: see the documentation of the module {@code
   * jdk.httpserver}.
   */
  private static void limits() {
    Map.of(
            "sun.net.httpserver.maxReqTime", "15", // seconds, until a request is there as a whole
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "65536", // bytes
            "sun.net.httpserver.drainAmount", "0", // bytes, of a body that nobody reads
            "jdk.httpserver.maxConnections", "1024",
            "sun.net.httpserver.nodelay", "true") // an answer is sent in pieces
        .forEach(
            (limit, value) -> {
              if (System.getProperty(limit) == null) {
                System.setProperty(limit, value);
              }
            });
  }

  /** Where it is. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /**
   * Shows another state of the site from now on.
   *
   * @param files all of it, but for the search
   * @param folders where files that are copied may lie
   * @param problems what is wrong with the content
   */
  public void show(List<SiteFile> files, List<Path> folders, List<Diagnostic> problems) {
    List<Path> real = new ArrayList<>();
    for (Path folder : folders) {
      try {
        real.add(folder.toRealPath());
      } catch (IOException e) {
        // Not there, so nothing is read from it.
      }
    }
    site = PreviewedSite.of(files, real, problems);
    changes.tell();
  }

  /**
   * Shows another state of the search from now on; a page that began with the state before goes on
   * with that.
   */
  public void showSearch(List<SiteFile> files) {
    Map<String, SiteFile> both = new HashMap<>(lastSearch);
    Map<String, SiteFile> now = new HashMap<>();
    files.forEach(file -> now.put(file.path(), file));
    both.putAll(now);
    lastSearch = now;
    searchFiles = Map.copyOf(both);
  }

  private Map<String, SiteFile> lastSearch = Map.of();

  @Override
  public void close() {
    closed = true;
    changes.tell();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("X-Frame-Options", "DENY");
      headers.set("Cache-Control", "no-cache");
      URI target = exchange.getRequestURI();
      Optional<RequestGuard.Refusal> refusal =
          guard.refusal(exchange.getRequestMethod(), target, exchange.getRequestHeaders());
      if (refusal.isPresent()) {
        // What else it sends is not read, so nothing can follow on this connection.
        headers.set("Connection", "close");
        send(exchange, refusal.get().status(), TEXT, refusal.get().why() + "\n");
        return;
      }
      String path = target.getPath();
      if (path == null || !path.startsWith("/")) {
        send(exchange, 400, TEXT, "an address begins with a slash\n");
      } else if (path.equals("/api/search")) {
        search(exchange, parameters(target));
      } else if (path.equals(OWN + "events")) {
        events(exchange, parameters(target));
      } else if (path.startsWith(OWN)) {
        own(exchange, path.substring(OWN.length()));
      } else {
        page(exchange, path);
      }
    }
  }

  private void page(HttpExchange exchange, String path) throws IOException {
    PreviewedSite now = site;
    Optional<SiteFile> file =
        now.file(path).or(() -> Optional.ofNullable(searchFiles.get(path.substring(1))));
    // A service worker would go on showing what was saved long ago.
    boolean wanted = exchange.getRequestHeaders().getFirst("Service-Worker") == null;
    if (file.isPresent() && wanted && file.get() instanceof SiteFile.Copy copy) {
      Optional<Path> real = now.real(copy);
      if (real.isPresent()) {
        if (now.shared().equals(parameters(exchange.getRequestURI()).get("v"))) {
          exchange.getResponseHeaders().set("Cache-Control", "max-age=86400, immutable");
        }
        copy(exchange, path, now.version(copy), real.get());
        return;
      }
    } else if (file.isPresent() && wanted && file.get() instanceof SiteFile.Text text) {
      text(exchange, text, now.version(text), now.shared());
      return;
    }
    send(exchange, 404, type(".html"), notFound(now));
  }

  private static String notFound(PreviewedSite now) {
    return now.file("/404.html").orElse(null) instanceof SiteFile.Text text
        ? PreviewMarkup.add(text.content(), "", now.shared())
        : "<!DOCTYPE html>\n<html lang=\"en\"><head><title>404</title></head></html>\n";
  }

  private static void text(HttpExchange exchange, SiteFile.Text text, String version, String shared)
      throws IOException {
    if (isKnown(exchange, version)) {
      return;
    }
    String type = type(text.path());
    send(
        exchange,
        200,
        type,
        type.startsWith("text/html")
            ? PreviewMarkup.add(text.content(), version, shared)
            : text.content());
  }

  private static void copy(HttpExchange exchange, String path, String version, Path file)
      throws IOException {
    if (isKnown(exchange, version)) {
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", type(path));
    try (InputStream in = Files.newInputStream(file)) {
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      in.transferTo(exchange.getResponseBody());
    }
  }

  /** Says that the browser has it already, where it has. */
  private static boolean isKnown(HttpExchange exchange, String version) throws IOException {
    String tag = "\"" + version + "\"";
    exchange.getResponseHeaders().set("ETag", tag);
    if (!tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      return false;
    }
    exchange.sendResponseHeaders(304, -1);
    return true;
  }

  private static void own(HttpExchange exchange, String name) throws IOException {
    if (!name.equals("preview.js") && !name.equals("preview.css")) {
      send(exchange, 404, TEXT, "there is no such file\n");
      return;
    }
    try (InputStream in = PreviewServer.class.getResourceAsStream(name)) {
      byte[] bytes = java.util.Objects.requireNonNull(in, name).readAllBytes();
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (!isKnown(exchange, Long.toHexString(crc.getValue()))) {
        send(exchange, 200, type(name), bytes);
      }
    }
  }

  private void search(HttpExchange exchange, Map<String, String> parameters) throws IOException {
    String query = parameters.getOrDefault("q", "");
    int limit = number(parameters.getOrDefault("limit", String.valueOf(DEFAULT_HITS)));
    String kind = parameters.getOrDefault("kind", "");
    if (query.isBlank()) {
      wrong(exchange, "name what to look for: /api/search?q=WORDS");
    } else if (limit < 1 || limit > MOST_HITS) {
      wrong(exchange, "limit is a number from 1 to " + MOST_HITS);
    } else if (!kind.isEmpty() && PageKind.of(kind).isEmpty()) {
      wrong(exchange, "kind is one of home, guide, glossary, term, case");
    } else {
      Optional<String> json = search.json(query, limit, PageKind.of(kind).orElse(null));
      if (json.isPresent()) {
        send(exchange, 200, type(".json"), json.get() + "\n");
      } else {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, 503, type(".json"), error("the search index is being made"));
      }
    }
  }

  private static void wrong(HttpExchange exchange, String what) throws IOException {
    send(exchange, 400, type(".json"), error(what));
  }

  private static String error(String what) {
    return JsonMapper.shared().writeValueAsString(Map.of("error", what)) + "\n";
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void events(HttpExchange exchange, Map<String, String> parameters) throws IOException {
    String page = parameters.getOrDefault("page", "/");
    if (!page.startsWith("/")) {
      send(exchange, 400, TEXT, "page is the path of an address\n");
      return;
    }
    if (!listeners.tryAcquire()) {
      send(exchange, 503, TEXT, "too many pages are open\n");
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      long seen = changes.last();
      while (!closed) {
        out.write(event(page).getBytes(StandardCharsets.UTF_8));
        out.flush();
        long now = changes.await(seen, HEARTBEAT);
        while (now == seen) {
          out.write(":\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
          now = changes.await(seen, HEARTBEAT);
        }
        seen = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.release();
    }
  }

  private String event(String page) {
    PreviewedSite now = site;
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("version", now.version(page));
    data.put("problems", now.problems().stream().map(PreviewServer::problem).toList());
    return "data: " + JsonMapper.shared().writeValueAsString(data) + "\n\n";
  }

  private static Map<String, Object> problem(Diagnostic diagnostic) {
    Location location = diagnostic.location();
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    problem.put("code", diagnostic.code());
    problem.put("place", location.file() + (location.line() > 0 ? ":" + location.line() : ""));
    problem.put("source", location.sourceLine() == null ? "" : location.sourceLine());
    problem.put("what", diagnostic.what());
    problem.put("why", diagnostic.why() == null ? "" : diagnostic.why());
    problem.put("fix", diagnostic.fix() == null ? "" : diagnostic.fix());
    return problem;
  }

  private static Map<String, String> parameters(URI target) {
    Map<String, String> parameters = new HashMap<>();
    String query = target.getRawQuery();
    for (String pair : (query == null ? "" : query).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // a % that begins nothing
    }
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, TEXT);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodiless || body.length == 0 ? -1 : body.length);
    if (!bodiless && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
