package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiagnoseCommandTest {

  private static final String KNOWN =
      """
      NAME    READY   STATUS      RESTARTS   AGE
      app-0   0/1     OOMKilled   3          5m
      """;
  private static final String UNKNOWN =
      """
      Name:         api-0
      Namespace:    shop
      Status:       Running
      Containers:
        api:
          State:          Terminated
            Reason:       Error
            Exit Code:    3
            Message:      cannot reach https://ci:hunter2secret@10.1.2.3/ at 2026-11-24T09:00:00Z
          Ready:          False
          Restart Count:  4
      """;

  @TempDir Path folder = Path.of("unset");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aWikiWithOneCase() throws IOException {
    Path pages = Files.createDirectories(folder.resolve("content/troubleshooting"));
    Files.writeString(
        folder.resolve("content/nav.adoc"),
        "= Wiki\n:site-url: https://wiki.example.com/\n\n* xref:troubleshooting/oom.adoc[]\n");
    Files.writeString(
        pages.resolve("oom.adoc"),
        """
        = OOMKilled: too little & too late

        [source#fingerprint,yaml,verify=fingerprint]
        ----
        object: Pod
        reason: OOMKilled
        ----
        """);
  }

  private int diagnose(String pasted, String... options) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(pasted.getBytes(StandardCharsets.UTF_8)));
      String[] all = new String[options.length + 3];
      all[0] = "diagnose";
      all[1] = "--content";
      all[2] = folder.resolve("content").toString();
      System.arraycopy(options, 0, all, 3, options.length);
      return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aKnownTroubleIsNamedWithItsPageAndItsEvidence() {
    assertEquals(1, diagnose(KNOWN), err::toString);
    assertEquals(
        """
        Pod app-0: OOMKilled
          case: OOMKilled: too little & too late
            %s
            https://wiki.example.com/troubleshooting/oom.html
          seen:
            reason  OOMKilled

        """
            .formatted(folder.resolve("content/troubleshooting/oom.adoc")),
        out.toString());
  }

  @Test
  void asJsonItIsTheSame() {
    assertEquals(1, diagnose(KNOWN, "--json"));
    JsonNode finding = JsonMapper.shared().readTree(out.toString()).path("findings").path(0);
    assertEquals("Pod app-0", finding.path("objects").path(0).asString());
    assertEquals("troubleshooting/oom.adoc", finding.path("cases").path(0).path("page").asString());
    assertEquals("OOMKilled", finding.path("evidence").path(0).path("text").asString());
  }

  @Test
  void whereNothingIsWrongTheCodeIsZero() {
    assertEquals(
        0,
        diagnose("NAME    READY   STATUS    RESTARTS   AGE\na-0     1/1     Running   0   5m\n"));
    assertEquals("nothing is wrong with 1 object", out.toString().strip());
  }

  @Test
  void anUnknownTroubleIsTwoAndSaysWhatToNoteDown() {
    assertEquals(2, diagnose(UNKNOWN));
    assertTrue(out.toString().contains("no case of the wiki is this"), out::toString);
    assertTrue(out.toString().contains("exit    3"), out::toString);
    assertTrue(out.toString().contains("--new-case FILE"), out::toString);
  }

  @Test
  void secretsInTheEvidenceAreRedacted() {
    diagnose(UNKNOWN);
    diagnose(UNKNOWN, "--json");
    assertFalse(out.toString().contains("hunter2secret"), out::toString);
    assertTrue(out.toString().contains("ci:[redacted]@10.1.2.3"), out::toString);
  }

  @Test
  void aNewCaseIsBegunAndItsFingerprintKnowsTheTrouble() throws IOException {
    Path page = folder.resolve("content/troubleshooting/api.adoc");
    assertEquals(2, diagnose(UNKNOWN, "--new-case", page.toString()));
    String text = Files.readString(page);
    assertTrue(text.contains("== 症状") && text.contains("== 予防"), text);
    assertTrue(text.contains("at ...") && text.contains("@<ip>"), text);
    assertFalse(text.contains("hunter2secret"), text);
    assertEquals(1, diagnose(UNKNOWN), () -> text + out);
  }

  @Test
  void nothingIsWrittenOverAFile() throws IOException {
    Path page = Files.writeString(folder.resolve("mine.adoc"), "mine");
    assertEquals(64, diagnose(UNKNOWN, "--new-case", page.toString()));
    assertEquals("mine", Files.readString(page));
  }

  @Test
  void wrongUsageIsNotMistakenForAnUnknownTrouble() {
    assertEquals(64, diagnose("", "--no-such-option"));
    assertEquals(64, diagnose("", "-n", "web"));
    assertEquals(64, diagnose("", "--context", "a"));
    assertEquals(64, diagnose("", "--context", "a", "-n", "web", "-A"));
  }

  @Test
  void whatIsMissingIsTheEnvironments() {
    assertEquals(3, diagnose("", "no-such-file.txt"));
    assertEquals(3, diagnose("", "--context", "a", "-n", "b", "--kubeconfig", "no-such-file"));
    assertTrue(err.toString().contains("no context is called \"a\""), err::toString);
  }

  @Test
  void aClusterIsAskedByGetAlone() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
          String path = exchange.getRequestURI().getPath();
          byte[] answer =
              (path.endsWith("/pods")
                      ? """
                      {"kind": "PodList", "items": [{"metadata": {"name": "app-0", "namespace": "web"},
                       "status": {"phase": "Running", "containerStatuses": [{"name": "app",
                        "ready": false, "restartCount": 3, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                        "lastState": {"terminated": {"reason": "OOMKilled", "exitCode": 137}}}]}}]}
                      """
                      : path.endsWith("/log") ? "out\n" : "{\"items\": []}")
                  .getBytes(StandardCharsets.UTF_8);
          boolean forbidden = path.endsWith("/jobs");
          exchange.sendResponseHeaders(forbidden ? 403 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Path kubeconfig =
          Files.writeString(
              folder.resolve("kubeconfig"),
              """
              apiVersion: v1
              kind: Config
              clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
              users: [{name: u, user: {token: abc}}]
              contexts: [{name: dev, context: {cluster: c, user: u}}]
              """
                  .formatted(server.getAddress().getPort()));
      assertEquals(
          1,
          diagnose("", "--context", "dev", "-n", "web", "--kubeconfig", kubeconfig.toString()),
          () -> out + "" + err);
    } finally {
      server.stop(0);
    }
    assertTrue(asked.stream().allMatch(each -> each.startsWith("GET ")), asked::toString);
    assertTrue(asked.contains("GET /api/v1/namespaces/web/pods/app-0/log"), asked::toString);
    assertTrue(err.toString().contains("not looked at: jobs"), err::toString);
    assertTrue(out.toString().contains("Pod web/app-0: CrashLoopBackOff"), out::toString);
  }
}
