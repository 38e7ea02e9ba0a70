package dev.shirube.verify.kubernetes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as Kubernetes 1.37.2 gives them. */
class HttpTest {

  private static boolean isTrouble(int status, String message) {
    return Http.isTrouble(
        status, "{\"kind\":\"Status\",\"message\":\"" + message + "\",\"code\":" + status + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .dat: field not declared in"
            + " schema",
        "failed to create typed patch object (/a; /v1, Kind=Pod): .spec.containers: duplicate"
            + " entries for key",
        "failed to convert new object (/a; /v1, Kind=Pod) to proper version: unable to convert"
            + " unstructured object to /v1, Kind=Pod: quantities must match the regular expression",
        "Internal error occurred: failed calling webhook"
      })
  void aRefusalIsNoTroubleThoughItIsA500(String message) {
    assertFalse(isTrouble(500, message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcdserver: leader changed",
        "rpc error: code = Unavailable desc = error reading from server: EOF",
        "failed to create typed live object (/a; /v1, Kind=ConfigMap): .dat: field not declared in"
            + " schema"
      })
  void anotherFailureOfTheServerIsTrouble(String message) {
    assertTrue(isTrouble(500, message));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void aServerThatCannotIsTrouble(int status) {
    assertTrue(isTrouble(status, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 400, 401, 403, 404, 409, 422})
  void anAnswerIsNone(int status) {
    assertFalse(isTrouble(status, ""));
  }
}
