package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.TokenWebhook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * How the API server asks for tokens, and who may answer: whoever has the key in the cluster's run
 * folder, which is closed to other users. So no other process can pose as the webhook.
 *
 * @param address of the machine, as the API server reaches it
 */
record WebhookIdentity(String address, int port) {

  /** What the API server reads. */
  static final String KUBECONFIG = "etc/token-webhook.kubeconfig";

  private static final String ADDRESS = "webhook/address";
  private static final String KEYS = "webhook/keys.p12.base64";

  /** The store's format wants one; what protects the file is its folder. */
  private static final char[] PASSWORD = "run-folder".toCharArray();

  void write(CertificateAuthority authority, HostFolder folder) {
    Credential credential = authority.server("token-webhook", List.of(address));
    folder.write(ADDRESS, address + ":" + port + "\n");
    folder.write(KEYS, Base64.getEncoder().encodeToString(store(credential, authority)));
    folder.write(
        KUBECONFIG,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: token-webhook
          cluster:
            server: https://%s:%d/
            certificate-authority-data: %s
        users:
        - name: kube-apiserver
        contexts:
        - name: token-webhook
          context:
            cluster: token-webhook
            user: kube-apiserver
        current-context: token-webhook
        """
            .formatted(
                address,
                port,
                Base64.getEncoder()
                    .encodeToString(
                        authority
                            .own()
                            .certificatePem()
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  private static byte[] store(Credential credential, CertificateAuthority authority) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry(
          "webhook",
          credential.keys().getPrivate(),
          PASSWORD,
          new Certificate[] {credential.certificate(), authority.own().certificate()});
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, PASSWORD);
      return bytes.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key made here cannot be kept", e);
    }
  }

  /** What was written; empty where a cluster was started without it. */
  static Optional<TokenWebhook> read(HostFolder folder) {
    Path address = folder.path().resolve(ADDRESS);
    if (!Files.exists(address)) {
      return Optional.empty();
    }
    try {
      String[] parts = Files.readString(address).strip().split(":");
      KeyStore store = KeyStore.getInstance("PKCS12");
      byte[] bytes =
          Base64.getDecoder().decode(Files.readString(folder.path().resolve(KEYS)).strip());
      store.load(new ByteArrayInputStream(bytes), PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext identity = SSLContext.getInstance("TLS");
      identity.init(keys.getKeyManagers(), null, null);
      return Optional.of(
          new TokenWebhook(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), identity));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + address + ": " + e.getMessage(), e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new ClusterException(folder.path() + " holds no webhook: " + e.getMessage(), e);
    }
  }
}
