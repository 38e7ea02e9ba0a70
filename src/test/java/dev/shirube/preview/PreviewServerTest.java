package dev.shirube.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.SiteFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server, called as browsers and strangers call it, byte by byte. */
@Timeout(60)
class PreviewServerTest {

  private static final String SECRET = "what lies beside the site";
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String PAGE =
      """
      <html><head>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
      </head><body>%s</body></html>
      """;

  @TempDir Path folder = Path.of("unset");
  private Path content = Path.of("unset");
  private PreviewServer server = start();
  private final List<String> searched = new ArrayList<>();

  private PreviewServer start() {
    try {
      return PreviewServer.start(
          0,
          (query, limit, kind) -> {
            searched.add(query + " " + limit + " " + kind);
            return query.equals("nothing yet") ? Optional.empty() : Optional.of("{\"hits\":[]}");
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void aSiteIsShown() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    content = Files.createDirectories(folder.resolve("content/glossary"));
    Files.writeString(content.resolve("pod.yaml"), "kind: Pod\n");
    show("first");
  }

  @AfterEach
  void theServerEnds() {
    server.close();
  }

  private void show(String body, Diagnostic... problems) {
    server.show(
        List.of(
            new SiteFile.Text("index.html", "index.adoc", PAGE.formatted("home")),
            new SiteFile.Text("glossary/pod.html", "glossary/pod.adoc", PAGE.formatted(body)),
            new SiteFile.Copy("glossary/pod.yaml", "pod.yaml", content.resolve("pod.yaml"))),
        List.of(content),
        List.of(problems));
  }

  // --- what it is for ---------------------------------------------------------------------------

  @Test
  void aPageHasThePreviewsScriptAndKeepsItsPolicy() throws IOException {
    Answer answer = get("/glossary/pod.html");
    assertEquals(200, answer.status());
    assertTrue(
        answer
            .body()
            .contains("content=\"default-src 'none'; script-src 'self'; connect-src 'self'\""),
        answer.body());
    assertTrue(answer.body().contains("<script src=\"/_preview/preview.js\" data-version=\""));
    assertFalse(answer.body().contains("unsafe"), answer.body());
  }

  @Test
  void aFolderIsItsIndex() throws IOException {
    assertTrue(get("/").body().contains("home"));
  }

  @Test
  void filesComeAsTheyAreAndAreNotSentTwice() throws IOException {
    Answer first = get("/glossary/pod.yaml");
    assertTrue(first.body().contains("kind: Pod"), first.body());
    String tag = first.header("etag");
    Answer again = send("GET /glossary/pod.yaml HTTP/1.1", host(), "If-None-Match: " + tag);
    assertEquals(304, again.status());
    Files.writeString(content.resolve("pod.yaml"), "kind: Deployment\n");
    Answer changed = send("GET /glossary/pod.yaml HTTP/1.1", host(), "If-None-Match: " + tag);
    assertEquals(200, changed.status());
  }

  @Test
  void aListenerHearsOfEachStateOfItsPage() throws IOException {
    try (Listener listener = new Listener("/glossary/pod.html")) {
      String first = listener.next();
      assertTrue(first.contains("\"problems\":[]"), first);
      show(
          "second",
          Diagnostic.error(
              "unresolved-xref",
              new Location("content/pod.adoc", 7, 2, "xref:a.adoc[]"),
              "no page \"a\"",
              "an xref names a page",
              "did you mean \"b\"?"));
      String second = listener.next();
      assertFalse(version(first).equals(version(second)), second);
      assertTrue(second.contains("\"place\":\"content/pod.adoc:7\""), second);
      assertTrue(second.contains("\"fix\":\"did you mean \\\"b\\\"?\""), second);
      show("second");
      String third = listener.next();
      assertEquals(version(second), version(third));
      assertTrue(third.contains("\"problems\":[]"), third);
    }
  }

  @Test
  void theVersionOfAPageIsTheOneInIt() throws IOException {
    try (Listener listener = new Listener("/glossary/pod.html")) {
      String version = version(listener.next());
      assertTrue(
          get("/glossary/pod.html").body().contains("data-version=\"" + version + "\""), version);
    }
  }

  @Test
  void aChangedFileIsAnotherVersionOfEachPage() throws IOException {
    try (Listener listener = new Listener("/index.html")) {
      String first = version(listener.next());
      Files.writeString(content.resolve("pod.yaml"), "kind: Deployment\n");
      show("first");
      assertFalse(first.equals(version(listener.next())));
    }
  }

  @Test
  void searchesAreAnswered() throws IOException {
    assertEquals("{\"hits\":[]}\n", get("/api/search?q=%E3%83%9D%E3%83%83%E3%83%89+a").body());
    assertEquals(200, get("/api/search?q=x&kind=case&limit=3").status());
    assertEquals(List.of("ポッド a 10 null", "x 3 CASE"), searched);
    assertEquals(503, get("/api/search?q=nothing%20yet").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?q=", "?q=a&limit=0", "?q=a&limit=x", "?q=a&limit=99999", "?q=a&kind=x"})
  void aSearchThatIsWrongIsExplained(String query) throws IOException {
    Answer answer = get("/api/search" + query);
    assertEquals(400, answer.status());
    assertTrue(answer.body().startsWith("{\"error\":\""), answer.body());
    assertEquals(List.of(), searched);
  }

  @Test
  void aTakenPortIsSaid() {
    assertThrows(
        BindException.class,
        () -> PreviewServer.start(server.address().getPort(), (q, n, k) -> Optional.empty()));
  }

  @Test
  void filesOfTheThemeAreAskedForOnceAndAgainWhenTheyHaveChanged() throws IOException {
    Path sheet = Files.writeString(content.resolve("base.css"), "a {}");
    SiteFile theme = new SiteFile.Copy("_theme/css/base.css", "base.css", sheet);
    String page = "<head><link href=\"../_theme/css/base.css\"></head>";
    SiteFile.Text text = new SiteFile.Text("a/b.html", "b.adoc", page);
    server.show(List.of(theme, text), List.of(content), List.of());
    String body = get("/a/b.html").body();
    int start = body.indexOf("?v=");
    String address = "/_theme/css/base.css" + body.substring(start, body.indexOf('"', start));
    assertTrue(get(address).header("cache-control").contains("immutable"));
    assertEquals("no-cache", get("/_theme/css/base.css").header("cache-control"));
    Files.writeString(sheet, "a { color: red }");
    server.show(List.of(theme, text), List.of(content), List.of());
    assertFalse(get("/a/b.html").body().contains(address.substring(1)));
    assertEquals("no-cache", get(address).header("cache-control"));
  }

  // --- attacks ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/../../../../../../etc/passwd",
        "/glossary/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/glossary/..%2f..%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%c0%afsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/glossary/pod.yaml%00.html",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/file:///etc/passwd",
        "/_preview/../secret.txt",
        "/_preview/package-info.class",
        "/_preview/PreviewServer.class",
        "/_preview/%2e%2e/site/SiteRenderer.class",
        "secret.txt"
      })
  void nothingOutsideTheSiteIsRead(String target) throws IOException {
    Answer answer = send("GET " + target + " HTTP/1.1", host());
    assertTrue(List.of(400, 404, 421).contains(answer.status()), answer.toString());
    assertFalse(answer.body().contains(SECRET), answer.body());
    assertFalse(answer.body().contains("root:"), answer.body());
    itKeepsServing();
  }

  @Test
  void aFileThatBecameALinkOutOfTheSiteIsNotRead() throws IOException {
    Files.delete(content.resolve("pod.yaml"));
    Files.createSymbolicLink(content.resolve("pod.yaml"), folder.resolve("secret.txt"));
    Answer answer = get("/glossary/pod.yaml");
    assertEquals(404, answer.status());
    assertFalse(answer.body().contains(SECRET), answer.body());
  }

  static Stream<List<String>> foreignHosts() {
    return Stream.of(
        List.of("Host: attacker.example"),
        List.of("Host: attacker.example:PORT"),
        List.of("Host: 127.0.0.1.attacker.example:PORT"),
        List.of("Host: localhost.attacker.example:PORT"),
        List.of("Host: 127.0.0.1"),
        List.of("Host: 127.0.0.1:1"),
        List.of("Host: 0.0.0.0:PORT"),
        List.of("Host: 127.0.0.1:PORT@attacker.example"),
        List.of("Host: "),
        List.of("Host: 127.0.0.1:PORT", "Host: attacker.example"),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("foreignHosts")
  void aNameThatIsNotThePreviewsIsRefused(List<String> hosts) throws IOException {
    String[] headers =
        hosts.stream()
            .map(each -> each.replace("PORT", String.valueOf(server.address().getPort())))
            .toArray(String[]::new);
    Answer answer = send("GET /glossary/pod.html HTTP/1.1", headers);
    assertTrue(List.of(400, 421).contains(answer.status()), answer.toString());
    assertFalse(answer.body().contains("first"), answer.body());
    itKeepsServing();
  }

  @Test
  void aTargetWithAnotherHostIsRefused() throws IOException {
    Answer answer = send("GET http://attacker.example/glossary/pod.html HTTP/1.1", host());
    assertEquals(421, answer.status());
  }

  @Test
  void localhostIsThePreviewsNameToo() throws IOException {
    assertEquals(
        200, send("GET / HTTP/1.1", "Host: LocalHost:" + server.address().getPort()).status());
  }

  static Stream<List<String>> otherSites() {
    return Stream.of(
        List.of("Origin: https://attacker.example"),
        List.of("Origin: null"),
        List.of("Origin: http://127.0.0.1:1"),
        List.of("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"),
        List.of("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
        List.of(
            "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"));
  }

  @ParameterizedTest
  @MethodSource("otherSites")
  void aRequestFromAnotherSiteIsRefused(List<String> headers) throws IOException {
    for (String target : List.of("/glossary/pod.html", "/api/search?q=a", "/_preview/events")) {
      List<String> all = new ArrayList<>(headers);
      all.add(host());
      Answer answer = send("GET " + target + " HTTP/1.1", all.toArray(String[]::new));
      assertEquals(403, answer.status(), answer.toString());
    }
    assertEquals(List.of(), searched);
  }

  @Test
  void aLinkFromAnotherSiteMayBeFollowed() throws IOException {
    Answer answer =
        send(
            "GET / HTTP/1.1",
            host(),
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: document");
    assertEquals(200, answer.status());
    assertEquals("DENY", answer.header("x-frame-options"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "GETS"})
  void onlyLookingIsAnswered(String method) throws IOException {
    Answer answer = send(method + " / HTTP/1.1", host(), "Content-Length: 0");
    assertEquals(405, answer.status());
  }

  @Test
  void aHugeBodyIsNotRead() throws IOException {
    Answer answer = send("POST / HTTP/1.1", host(), "Content-Length: 999999999999");
    assertEquals(405, answer.status());
    itKeepsServing();
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    assertFalse(isAnswered("GET / HTTP/1.1", host(), "X-Long: " + "a".repeat(2_000_000)));
    assertFalse(isAnswered("GET /" + "a".repeat(2_000_000) + " HTTP/1.1", host()));
    String[] many = new String[10_000];
    java.util.Arrays.setAll(many, i -> i == 0 ? host() : "X-" + i + ": 1");
    assertFalse(isAnswered("GET / HTTP/1.1", many));
    itKeepsServing();
  }

  @Test
  void aServiceWorkerIsNotGivenOut() throws IOException {
    assertEquals(404, send("GET /index.html HTTP/1.1", host(), "Service-Worker: script").status());
  }

  @Test
  void whoeverSendsSlowlyKeepsNobodyWaiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = connect();
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost:".getBytes(StandardCharsets.UTF_8));
        slow.add(socket);
      }
      itKeepsServing();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void twoHundredReadersAreServedAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Listener> listeners = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        listeners.add(new Listener("/glossary/pod.html"));
      }
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(threads.submit(() -> get("/glossary/pod.html")));
      }
      for (Future<Answer> answer : answers) {
        assertEquals(200, answer.get().status());
      }
      String before = version(listeners.getFirst().next());
      for (Listener listener : listeners.subList(1, listeners.size())) {
        assertEquals(before, version(listener.next()));
      }
      show("second");
      for (Listener listener : listeners) {
        assertFalse(before.equals(version(listener.next())));
        listener.close();
      }
    }
    itKeepsServing();
  }

  @Test
  void afterTheEndNobodyIsKeptWaiting() throws IOException {
    try (Listener listener = new Listener("/index.html")) {
      listener.next();
      server.close();
      assertThrows(IOException.class, listener::next);
    }
  }

  private void itKeepsServing() throws IOException {
    assertEquals(200, get("/").status());
  }

  // --- the other end ----------------------------------------------------------------------------

  private record Answer(int status, List<String> headers, String body) {
    String header(String name) {
      return headers.stream()
          .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(each -> each.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private String host() {
    return "Host: 127.0.0.1:" + server.address().getPort();
  }

  private Answer get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1", host());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private Answer send(String request, String... headers) throws IOException {
    try (Socket socket = connect()) {
      String text =
          request + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(text.replaceFirst("\r\n\r\nConn", "\r\nConn").getBytes(StandardCharsets.UTF_8));
      return answer(socket.getInputStream());
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + all);
    }
    List<String> head = all.substring(0, end).lines().toList();
    return new Answer(
        Integer.parseInt(head.getFirst().split(" ")[1]),
        head.subList(1, head.size()),
        body(all.substring(end + 4), head));
  }

  /** Without the lengths of chunks: bodies of these tests are one chunk. */
  private static String body(String sent, List<String> head) {
    boolean chunked =
        head.stream().anyMatch(each -> each.equalsIgnoreCase("Transfer-encoding: chunked"));
    return chunked && sent.contains("\r\n")
        ? sent.substring(sent.indexOf("\r\n") + 2, sent.lastIndexOf("\r\n0\r\n"))
        : sent;
  }

  /** Whether the server gave what was asked for; it may also have hung up while it was sent. */
  private boolean isAnswered(String request, String... headers) throws IOException {
    try {
      return send(request, headers).status() == 200;
    } catch (SocketException e) {
      return false;
    } catch (IOException e) {
      return !String.valueOf(e.getMessage()).startsWith("no answer");
    }
  }

  private static String version(String event) {
    int start = event.indexOf("\"version\":\"") + 11;
    return event.substring(start, event.indexOf('"', start));
  }

  /** A page that is open. */
  private final class Listener implements AutoCloseable {
    private final Socket socket = connect();
    private final BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

    Listener(String page) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /_preview/events?page=" + page + " HTTP/1.1\r\n" + host() + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    String next() throws IOException {
      long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
      while (System.nanoTime() < end) {
        String line = in.readLine();
        if (line == null) {
          throw new IOException("the server has hung up");
        }
        if (line.startsWith("data: ")) {
          return line;
        }
      }
      throw new IOException("no event");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
