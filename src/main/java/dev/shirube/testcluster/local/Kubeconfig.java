package dev.shirube.testcluster.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig</a>. */
final class Kubeconfig {

  private Kubeconfig() {}

  /** One that needs no other file: certificates and key are inside. */
  static String of(
      String context, String server, Credential authority, String user, Credential credential) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster:
            server: %2$s
            certificate-authority-data: %3$s
        users:
        - name: %4$s
          user:
            client-certificate-data: %5$s
            client-key-data: %6$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %4$s
        current-context: %1$s
        """
        .formatted(
            context,
            server,
            base64(authority.certificatePem()),
            user,
            base64(credential.certificatePem()),
            base64(credential.keyPem()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
