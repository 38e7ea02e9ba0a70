package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link ApiServer} relies on; other methods of the library do otherwise. */
class KubeconfigClientTest {

  @AfterEach
  void forget() {
    System.clearProperty(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY);
    System.clearProperty(Config.KUBERNETES_OAUTH_TOKEN_SYSTEM_PROPERTY);
  }

  @Test
  void settingsFromElsewhereLeadToNoOtherCluster() {
    // The same names in capitals are environment variables of the library.
    System.setProperty(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, "https://production.example/");
    System.setProperty(Config.KUBERNETES_OAUTH_TOKEN_SYSTEM_PROPERTY, "theirs");
    assertEquals("https://production.example/", Config.autoConfigure(null).getMasterUrl());
    Config config =
        Config.fromKubeconfig(
            """
            apiVersion: v1
            kind: Config
            current-context: tests
            contexts: [{name: tests, context: {cluster: tests, user: tests}}]
            clusters: [{name: tests, cluster: {server: "https://tests.example:6443/"}}]
            users: [{name: tests, user: {token: mine}}]
            """);
    assertEquals("https://tests.example:6443/", config.getMasterUrl());
    assertEquals("mine", config.getAutoOAuthToken());
  }
}
