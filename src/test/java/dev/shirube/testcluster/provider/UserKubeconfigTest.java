package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKubeconfigTest {

  private static final String FILE =
      """
      apiVersion: v1
      kind: Config
      current-context: production
      contexts:
      - name: production
        context: {cluster: production, user: admin}
      - name: tests
        context: {cluster: tests, user: files, namespace: somewhere}
      - name: half
        context: {cluster: tests, user: nobody}
      - name: plugin
        context: {cluster: tests, user: plugin}
      - name: oidc
        context: {cluster: tests, user: oidc}
      - name: acting
        context: {cluster: tests, user: acting}
      clusters:
      - name: production
        cluster: {server: "https://production.example"}
      - name: tests
        cluster:
          server: https://tests.example
          certificate-authority: pki/ca.crt
          tls-server-name: inner.example
      users:
      - name: admin
        user: {token: production-token}
      - name: files
        user:
          client-certificate: pki/client.crt
          client-key: pki/client.key
          tokenFile: token
      - name: plugin
        user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [eks]}}
      - name: acting
        user: {token: token, as: someone}
      - name: oidc
        user: {auth-provider: {name: oidc, config: {id-token: secret}}}
      """;

  @TempDir Path folder = Path.of("unset");

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("pki"));
    return Files.writeString(file, text);
  }

  private static SingleContext context(Path file, String name) {
    return UserKubeconfig.read(Optional.of(file), Map.of()).context(name);
  }

  private static String failure(Path file, String name) {
    return String.valueOf(
        assertThrows(ClusterException.class, () -> context(file, name)).getMessage());
  }

  @Test
  void aContextIsTakenOutWithTheFilesThatItNames() throws IOException {
    Path file = write("config", FILE);
    write("pki/ca.crt", "the authority");
    write("pki/client.crt", "the certificate");
    write("pki/client.key", "the key");
    write("token", "the token\n");
    assertEquals(
        """
        apiVersion: v1
        kind: Config
        clusters:
        - cluster:
            certificate-authority-data: %s
            server: https://tests.example
            tls-server-name: inner.example
          name: tests
        contexts:
        - context:
            cluster: tests
            namespace: somewhere
            user: files
          name: tests
        current-context: tests
        users:
        - name: files
          user:
            client-certificate-data: %s
            client-key-data: %s
            token: the token
        """
            .formatted(
                Kubeconfigs.base64("the authority"),
                Kubeconfigs.base64("the certificate"),
                Kubeconfigs.base64("the key")),
        normalized(context(file, "tests").kubeconfig()));
  }

  /** Without what a writer of YAML may do or leave. */
  private static String normalized(String yaml) {
    return yaml.replaceAll("^---\\n", "").replace("\"", "").replace("  - ", "- ");
  }

  @Test
  void aFileThatIsNamedButNotThereIsSaid() throws IOException {
    Path file = write("config", FILE);
    String message =
        String.valueOf(
            assertThrows(UncheckedIOException.class, () -> context(file, "tests")).getMessage());
    assertEquals(
        "cannot read " + folder.resolve("pki/ca.crt") + ", which " + file + " names", message);
  }

  @Test
  void anUnknownContextSuggestsTheNearest() throws IOException {
    Path file = write("config", FILE);
    assertEquals(
        "no context is called \"prodution\" in "
            + file
            + "\n"
            + "  fix: did you mean \"production\"? there are acting, half, oidc, plugin,"
            + " production, tests",
        failure(file, "prodution"));
    assertEquals(
        "no context is called \"x\" in " + folder.resolve("empty") + "\n  fix: there is none",
        failure(write("empty", ""), "x"));
  }

  @Test
  void aContextWithoutItsUserIsRefused() throws IOException {
    Path file = write("config", FILE);
    assertEquals(
        "the context \"half\" in " + file + " names the user \"nobody\", which is not there",
        failure(file, "half"));
  }

  @Test
  void credentialsFromAProgramAreRefused() throws IOException {
    Path file = write("config", FILE);
    String rest =
        " for its credentials"
            + "\n  why: Shirube runs no program that a kubeconfig names"
            + "\n  fix: make a kubeconfig whose user has a token or a client certificate (kubectl"
            + " create token makes one), and name it with --kubeconfig FILE";
    assertEquals(
        "the user \"plugin\" of the context \"plugin\" runs the program \"aws\"" + rest,
        failure(file, "plugin"));
    assertEquals(
        "the user \"oidc\" of the context \"oidc\" asks the auth-provider \"oidc\"" + rest,
        failure(file, "oidc"));
  }

  @Test
  void aUserThatActsForAnotherIsRefused() throws IOException {
    assertEquals(
        "the user \"acting\" of the context \"acting\" acts for another (as), which is not"
            + " supported\n  fix: take a context with credentials of its own",
        failure(write("config", FILE), "acting"));
  }

  @Test
  void severalFilesAreMergedAsKubectlDoes() throws IOException {
    Path first =
        write(
            "first",
            """
            contexts: [{name: both, context: {cluster: both, user: both}}]
            clusters: [{name: both, cluster: {server: "https://first.example"}}]
            """);
    Path second =
        write(
            "second",
            """
            contexts: [{name: both, context: {cluster: other, user: other}}]
            clusters: [{name: both, cluster: {server: "https://second.example"}}]
            users: [{name: both, user: {token: from-second}}]
            """);
    Map<String, String> environment =
        Map.of("KUBECONFIG", first + ":" + folder.resolve("missing") + ":" + second);
    SingleContext context = UserKubeconfig.read(Optional.empty(), environment).context("both");
    assertEquals("https://first.example", context.server());
    assertTrue(context.kubeconfig().contains("from-second"));
  }

  @Test
  void withoutKubeconfigTheOneInTheHomeFolderIsRead() throws IOException {
    Map<String, String> environment = Map.of("HOME", folder.toString());
    Path file = folder.resolve(".kube/config");
    assertEquals(
        "there is no kubeconfig at "
            + file
            + "\n  fix: name one with --kubeconfig FILE, or in KUBECONFIG",
        assertThrows(
                ClusterException.class, () -> UserKubeconfig.read(Optional.empty(), environment))
            .getMessage());
    Files.createDirectories(folder.resolve(".kube"));
    Files.writeString(file, FILE);
    assertEquals(
        "https://production.example",
        UserKubeconfig.read(Optional.empty(), environment).context("production").server());
  }

  @Test
  void aFileThatIsNoYamlIsSaidWithoutItsSecrets() throws IOException {
    Path file = write("config", "users:\n- name: admin\n  user: {token: secret]\n");
    String message = failure(file, "admin");
    assertEquals(file + " is no kubeconfig: the error is at line 3, column 23", message);
    assertFalse(message.contains("secret"));
  }
}
