package dev.shirube.testcluster.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shirube.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Kubeconfigs as users have them: several contexts, some of them dangerous. */
final class Kubeconfigs {

  private Kubeconfigs() {}

  /**
   * One with the contexts {@code tests} (a real cluster), {@code production} (nobody listens there)
   * and {@code plugin} (the same real cluster, whose user gets its credentials from a program).
   *
   * @param program a shell script that is run for credentials
   */
  static String of(TestCluster cluster, Path program) {
    String own = read(cluster.kubeconfig());
    return """
    apiVersion: v1
    kind: Config
    preferences: {}
    current-context: production
    contexts:
    - name: production
      context: {cluster: production, user: admin, namespace: shop}
    - name: tests
      context: {cluster: tests, user: admin}
    - name: plugin
      context: {cluster: tests, user: plugin}
    clusters:
    - name: production
      cluster: {server: "https://127.0.0.1:1"}
    - name: tests
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: admin
      user:
        client-certificate-data: %s
        client-key-data: %s
    - name: plugin
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1
          interactiveMode: Never
          command: sh
          args: ["%s"]
    """
        .formatted(
            field(own, "server"),
            field(own, "certificate-authority-data"),
            field(own, "client-certificate-data"),
            field(own, "client-key-data"),
            program);
  }

  /** A program that leaves a trace when it is run, and gives no credentials. */
  static Path canary(Path folder, Path trace) throws IOException {
    return Files.writeString(
        folder.resolve("plugin.sh"), "touch '" + trace + "'\necho no credentials >&2\nexit 1\n");
  }

  /** A value that stands on a line of its own, as in the kubeconfigs that Shirube writes. */
  static String field(String kubeconfig, String name) {
    return kubeconfig
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).replace("\"", ""))
        .findFirst()
        .orElseThrow();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
