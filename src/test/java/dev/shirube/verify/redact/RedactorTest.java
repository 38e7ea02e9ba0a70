package dev.shirube.verify.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The secrets in here were made up for these tests. */
class RedactorTest {

  private static final String JWT =
      (encoded("{\"alg\":\"RS256\"}") + "." + encoded("{\"sub\":\"system:a\"}") + ".c2ln")
          .replace("=", "");
  private static final String KEY =
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEow"
          + "A1b+/".repeat(10)
          + "\nZ9y=\n-----END RSA PRIVATE KEY-----";
  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMIIDdz" + "A1b+/".repeat(10) + "\n-----END CERTIFICATE-----\n";

  static Stream<Arguments> secrets() {
    return Stream.of(
        Arguments.of("token " + JWT + " end", "token [redacted] end"),
        Arguments.of("Authorization: Bearer abcdef.123", "Authorization: Bearer [redacted]"),
        Arguments.of(
            "curl -H 'authorization: Basic dXNlcjpwYXNz' x",
            "curl -H 'authorization: Basic [redacted]' x"),
        Arguments.of(
            "\"Authorization\": \"Bearer abc\"", "\"Authorization\": \"Bearer [redacted]\""),
        Arguments.of("bearer 0123456789abcdefXYZ", "bearer [redacted]"),
        Arguments.of("key AKIAABCDEFGHIJKLMNOP.", "key [redacted]."),
        Arguments.of("ASIAABCDEFGHIJKLMN01", "[redacted]"),
        Arguments.of(
            "[default]\naws_secret_access_key = wJalr/XUt+n\naws_session_token=abc\nregion = x",
            "[default]\naws_secret_access_key = [redacted]\naws_session_token=[redacted]\nregion = x"),
        Arguments.of(
            "export AWS_SECRET_ACCESS_KEY=wJalr/XUt AWS_REGION=x",
            "export AWS_SECRET_ACCESS_KEY=[redacted] AWS_REGION=x"),
        Arguments.of(
            "- name: AWS_SECRET_ACCESS_KEY\n  value: wJalr/XUt\n",
            "- name: AWS_SECRET_ACCESS_KEY\n  value: [redacted]\n"),
        Arguments.of(
            "{\"SecretAccessKey\": \"wJa\\\"lr\", \"SessionToken\":\"x\"}",
            "{\"SecretAccessKey\": \"[redacted]\", \"SessionToken\":\"[redacted]\"}"),
        Arguments.of("{\"token\": \"k8s-aws-v1.aHR0cHM_6-Ly9=\"}", "{\"token\": \"[redacted]\"}"),
        Arguments.of("got k8s-aws-v1.aHR0cHM_6-Ly9 ok", "got [redacted] ok"),
        Arguments.of(
            "https://sts/?X-Amz-Date=1&X-Amz-Signature=0a1b&X-Amz-Security-Token=Fwo%2F/+=&x=1",
            "https://sts/?X-Amz-Date=1&X-Amz-Signature=[redacted]&X-Amz-Security-Token=[redacted]&x=1"),
        Arguments.of("a\n" + KEY + "\nb", "a\n[redacted]\nb"),
        Arguments.of(
            "{\"k\": \"" + KEY.replace("\n", "\\n") + "\\n\"}", "{\"k\": \"[redacted]\\n\"}"),
        Arguments.of("a\n" + KEY.substring(0, 70) + "\nb c", "a\n[redacted]\nb c"),
        Arguments.of(
            KEY.replace("RSA ", "") + CERTIFICATE + KEY.replace("RSA", "EC"),
            "[redacted]" + CERTIFICATE + "[redacted]"),
        Arguments.of("x: " + encoded(KEY) + "\n", "x: [redacted]\n"),
        Arguments.of(
            """
            users:
            - name: a
              user:
                client-key-data: abc=
                token: x y
                password: 'p''w'
            """,
            """
            users:
            - name: a
              user:
                client-key-data: [redacted]
                token: [redacted]
                password: '[redacted]'
            """),
        Arguments.of("password: |\n  one\n\n  two\nuser: x\n", "password: [redacted]\nuser: x\n"),
        Arguments.of(
            "{\"auths\":{\"r\":{\"auth\":\"dXNlcjpwYXNz\",\"password\":\"p\"}}}",
            "{\"auths\":{\"r\":{\"auth\":\"[redacted]\",\"password\":\"[redacted]\"}}}"),
        Arguments.of(
            "data:\n  .dockerconfigjson: e30K\n", "data:\n  .dockerconfigjson: [redacted]\n"),
        Arguments.of("got " + encoded("{\"auths\":{\"r\":1}}"), "got [redacted]"),
        Arguments.of(
            "git clone https://me:s3cr%40t@git.example.com/x.git",
            "git clone https://me:[redacted]@git.example.com/x.git"),
        Arguments.of(
            "kubectl create secret docker-registry r --docker-password=p$1 --docker-username=u",
            "kubectl create secret docker-registry r --docker-password=[redacted] --docker-username=u"),
        Arguments.of("kubectl --token abc get pods", "kubectl --token [redacted] get pods"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretIsRedactedAndWhatIsAroundItStays(String text, String redacted) {
    Redactor redactor = new Redactor();
    assertEquals(redacted, redactor.redact(text));
    assertEquals(redacted.replace("\n", "\r\n"), redactor.redact(text.replace("\n", "\r\n")));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void redactingTwiceChangesNothingMore(String text, String redacted) {
    assertEquals(redacted, new Redactor().redact(redacted));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NAME   READY   STATUS    RESTARTS      AGE\nweb    1/1     Running   2 (30s ago)   5m\n",
        "Name:         db\nType:  Opaque\n\nData\n====\npassword:  8 bytes\ntoken:     1704 bytes\n",
        "    Environment:\n      AWS_SECRET_ACCESS_KEY:  <set to the key 'k' in secret 's'>  Optional: false",
        "error: You must be logged in to the server (Unauthorized)",
        "Www-Authenticate: Bearer realm=\"https://auth.example.com/token\",service=\"registry\"",
        "image: registry.example.com:5000/team/app@sha256:0123456789abcdef0123456789abcdef",
        "http://10.96.0.1:443/api?x=a@b and https://example.com:6443/@x",
        "authorization:\n  mode: Webhook\nauthentication:\n  anonymous:\n    enabled: false\n",
        "serviceAccountToken:\n  path: token\n  expirationSeconds: 3607\n",
        "secret/token created\nserviceaccount/default patched",
        "metadata:\n  uid: 7c9e6679-7425-40de-944b-e07fc1f90ae7\n  resourceVersion: \"12345\"\n",
        "certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM=\n",
        "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\"}",
        "arn:aws:iam::111122223333:role/reader",
        "標準出力: パスワードは必要です",
        "",
      })
  void anOrdinaryOutputStaysAsItIs(String output) {
    assertEquals(output, new Redactor().redact(output));
    assertEquals(CERTIFICATE + output, new Redactor().redact(CERTIFICATE + output));
  }

  @Test
  void aKnownValueIsHiddenAsItIsAndInBase64() {
    Redactor redactor = new Redactor().hiding(List.of("correct horse", "s3cret\"\nline two"));
    assertEquals(
        "a [redacted]; [redacted]; [redacted]; \"[redacted]\" b",
        redactor.redact(
            "a correct horse; "
                + encoded("correct horse")
                + "; s3cret\"\nline two; \"s3cret\\\"\\nline two\" b"));
  }

  @Test
  void theDataOfASecretIsHiddenInBothForms() {
    Redactor redactor = new Redactor().hidingSecretData(Map.of("pw", encoded("hunter2!\n")));
    assertEquals(
        "pw: [redacted] is [redacted] (x[redacted]y)",
        redactor.redact("pw: " + encoded("hunter2!\n") + " is hunter2! (xhunter2!y)"));
  }

  @Test
  void aShortValueIsHiddenAsAWordOnlyAndAVeryShortOneNotAtAll() {
    Redactor redactor = new Redactor().hiding(List.of("admin", "a", ""));
    assertEquals(
        "user [redacted] is bound to cluster-admin and administers a",
        redactor.redact("user admin is bound to cluster-admin and administers a"));
  }

  @Test
  void theLongestOfTwoKnownValuesIsHiddenWhole() {
    assertEquals(
        "[redacted]",
        new Redactor().hiding(List.of("password1", "password123")).redact("password123"));
  }

  @Test
  void hostileTextsTakeNoTime() {
    List<String> hostile =
        List.of(
            "eyJ".repeat(30_000),
            "eyJaaaaa.".repeat(10_000),
            "-----BEGIN PRIVATE KEY-----".repeat(30_000),
            "-----BEGIN PRIVATE KEY-----\n".repeat(30_000),
            "://a:".repeat(10_000),
            "LS0tLS1CRUdJTi".repeat(70_000),
            "Authorization: Bearer ".repeat(40_000),
            "\"token\": \"".repeat(90_000),
            "\"password\": \"" + "\\\"".repeat(40_000),
            " ".repeat(300_000),
            "token: |\n".repeat(10_000),
            "password: |\n  a\n\n".repeat(60_000),
            "AKIA".repeat(250_000),
            "--token --token= ".repeat(60_000),
            "k8s-aws-v1.".repeat(90_000));
    Redactor redactor = new Redactor().hiding(List.of("known value", "aaaaaaaaaaaaaaaab"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> hostile.forEach(text -> assertFalse(redactor.redact(text).isEmpty())));
  }

  @Test
  void aSecretAtTheEndOfACutOutputIsRedacted() {
    String redacted = new Redactor().redact("{\"password\": \"hunter2");
    assertFalse(redacted.contains("hunter"), redacted);
    assertTrue(redacted.startsWith("{\"password\": "), redacted);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
