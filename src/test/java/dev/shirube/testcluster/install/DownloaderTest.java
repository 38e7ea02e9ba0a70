package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloaderTest {

  private static final byte[] MEGABYTE = new byte[1_000_000];

  @TempDir Path folder = Path.of("unset");

  private final Downloader downloader =
      new Downloader(Duration.ofSeconds(1), Duration.ofSeconds(2));

  @SuppressWarnings("NullAway.Init")
  private ReleaseServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new ReleaseServer();
  }

  @AfterEach
  void stop() {
    downloader.close();
    server.close();
  }

  private Optional<String> text(String path) throws DownloadException {
    return downloader.text(server.address(path));
  }

  private String failure(URI address) {
    return String.valueOf(
        assertThrows(
                DownloadException.class,
                () -> downloader.file(address, folder.resolve("file"), detail -> {}))
            .getMessage());
  }

  private String failure(String path) {
    return failure(server.address(path));
  }

  @Test
  void aTextThatIsNotThereIsNoFailure() throws DownloadException {
    server.put("/there", ReleaseServer.text("v1.36.3\n"));
    assertEquals(Optional.of("v1.36.3\n"), text("/there"));
    assertEquals(Optional.empty(), text("/elsewhere"));
  }

  @Test
  void aFileThatIsNotThereIsOne() {
    assertEquals(server.address("/file") + " is not there", failure("/file"));
    server.put("/file", ReleaseServer.status(503));
    assertEquals(server.address("/file") + " answered with status 503", failure("/file"));
    assertFalse(Files.exists(folder.resolve("file")));
  }

  @Test
  void redirectionsAreFollowedToOtherHosts() throws IOException {
    try (ReleaseServer other = new ReleaseServer()) {
      server.put("/file", ReleaseServer.redirect("elsewhere"));
      server.put("/elsewhere", ReleaseServer.redirect(other.address("/asset").toString()));
      other.put("/asset", ReleaseServer.text("here"));
      downloader.file(server.address("/file"), folder.resolve("file"), detail -> {});
      assertEquals("here", Files.readString(folder.resolve("file")));
    }
  }

  @Test
  void aRedirectionInACircleEnds() {
    server.put("/file", ReleaseServer.redirect("/file"));
    assertEquals(server.address("/file") + " redirects more than 5 times", failure("/file"));
  }

  @Test
  void aRedirectionOutOfEncryptionIsNotFollowed() throws DownloadException {
    URI encrypted = URI.create("https://github.com/file");
    assertEquals(
        "https://github.com/file redirects to http://example.org/, which is not followed",
        assertThrows(
                DownloadException.class,
                () -> Downloader.redirect(encrypted, "http://example.org/"))
            .getMessage());
    assertThrows(
        DownloadException.class, () -> Downloader.redirect(encrypted, "ftp://example.org/"));
    assertThrows(DownloadException.class, () -> Downloader.redirect(encrypted, "http://[nothing"));
    assertEquals(
        URI.create("https://example.org/"),
        Downloader.redirect(URI.create("http://127.0.0.1/file"), "https://example.org/"));
  }

  @Test
  void ofAServerThatStopsInTheMiddleThePartIsTold() {
    server.put("/file", ReleaseServer.half(MEGABYTE, exchange -> {}));
    String failure = failure("/file");
    assertTrue(
        failure.startsWith(server.address("/file") + " broke off after 1 of 2 MB ("), failure);
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.put("/file", ReleaseServer.half(MEGABYTE, exchange -> await(over)));
    assertEquals(
        server.address("/file") + " sent nothing for 2 s, after 1 of 2 MB", failure("/file"));
    over.countDown();
  }

  @Test
  void aServerThatNeverSaysAnythingIsAskedOnce() {
    CountDownLatch over = new CountDownLatch(1);
    server.put("/mute", exchange -> await(over));
    String mute = server.address().getAuthority() + " cannot be reached (it sent nothing for 2 s)";
    assertEquals(mute, failure("/mute"));
    assertEquals(mute, failure("/another"));
    assertEquals(List.of("/mute"), server.asked());
    over.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itIsToldHowMuchHasCome() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    server.put(
        "/file",
        ReleaseServer.half(
            MEGABYTE,
            exchange -> {
              await(told);
              exchange.getResponseBody().write(MEGABYTE);
            }));
    List<String> details = new ArrayList<>();
    downloader.file(
        server.address("/file"),
        folder.resolve("file"),
        detail -> {
          details.add(detail);
          told.countDown();
        });
    assertEquals(List.of("1 of 2 MB"), details);
    assertEquals(2L * MEGABYTE.length, Files.size(folder.resolve("file")));
  }

  @Test
  void aHostThatRefusesConnectionsIsNotAskedAgain() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI address = URI.create("http://127.0.0.1:" + port + "/file");
    String refused = failure(address);
    assertEquals("127.0.0.1:" + port + " cannot be reached (it takes no connections)", refused);

    try (ReleaseServer late = new ReleaseServer(port);
        Downloader another = new Downloader()) {
      late.put("/file", ReleaseServer.text("now it is there"));
      assertEquals(refused, failure(address));
      assertEquals(Optional.of("now it is there"), another.text(address));
    }
  }

  @Test
  void theHostThatARedirectionLeadsToIsNamed() {
    server.put("/file", ReleaseServer.redirect("http://nowhere.invalid/asset"));
    assertEquals("nowhere.invalid cannot be reached (its name is not known)", failure("/file"));
  }

  @Test
  void aHostThatDoesNotAnswerCostsLittleTime() throws IOException {
    // Connections that wait to be accepted fill a queue; what comes then, the system leaves
    // waiting.
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (boolean room = true; room; ) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 500);
        } catch (SocketTimeoutException e) {
          room = false;
        }
      }
      String host = "127.0.0.1:" + full.getLocalPort();
      long start = System.nanoTime();
      String expected = host + " cannot be reached (no connection within 1 s)";
      for (int i = 0; i < 10; i++) {
        assertEquals(expected, failure(URI.create("http://" + host + "/file")));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }
}
