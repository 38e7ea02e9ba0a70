package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.shirube.testcluster.FreePorts;
import dev.shirube.testcluster.TokenWebhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookIdentityTest {

  @TempDir Path folder = Path.of("unset");

  private static SSLContext trusting(CertificateAuthority authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority.own().certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static int ask(TokenWebhook webhook, SSLContext trust)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("https://127.0.0.1:" + webhook.address().getPort() + "/"))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void onlyTheAuthorityOfTheClusterVouchesForIt()
      throws IOException, GeneralSecurityException, InterruptedException {
    HostFolder host = new HostFolder(folder);
    assertEquals(Optional.empty(), WebhookIdentity.read(host));
    CertificateAuthority authority = new CertificateAuthority(Clock.systemUTC());
    int port = FreePorts.find(1).getFirst();
    new WebhookIdentity("127.0.0.1", port).write(authority, host);
    assertTrue(
        Files.readString(folder.resolve(WebhookIdentity.KUBECONFIG))
            .contains("server: https://127.0.0.1:" + port + "/"));
    TokenWebhook webhook = WebhookIdentity.read(host).orElseThrow();
    HttpsServer server = HttpsServer.create(webhook.address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(webhook.identity()));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      assertEquals(204, ask(webhook, trusting(authority)));
      SSLContext stranger = trusting(new CertificateAuthority(Clock.systemUTC()));
      assertThrows(SSLHandshakeException.class, () -> ask(webhook, stranger));
    } finally {
      server.stop(0);
    }
  }
}
