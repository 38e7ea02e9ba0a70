package dev.shirube.search.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFingerprintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "error in web-7d4b9c6f5d-x2x5k now | error in api-bcdfghjklm-zzxcv now",
        "error after 5m30s now | error after 10s now",
        "error at 2026-11-23T00:00:01.5Z now | error at 03:04:05 now",
        "error from 10.0.0.12:8080 now | error from fe80::1ff:fe23 now",
        "error of sha256:0a1b2c now | error of 7c9e6679-7425-40de-944b-e07fc1f90ae7 now",
        "error x12 now | error (137) now",
        "error in \"web\" now | error in 'api' now",
        "error pulling nginx:latest now | error pulling registry.example.com/team/app now",
      })
  void whatNamesOrCountsDoesNotCount(String line, String again) {
    assertFalse(LogFingerprint.of(line).shingles().isEmpty());
    assertEquals(LogFingerprint.of(line).shingles(), LogFingerprint.of(again).shingles());
  }

  @Test
  void theWordsCount() {
    assertEquals(
        List.of("back off pulling", "off pulling image", "pulling image *"),
        LogFingerprint.of("Back-off pulling image \"nginx:latest\"").shingles());
  }

  @Test
  void aQuotedSentenceIsReadAndAQuotedNameIsNot() {
    assertEquals(
        List.of("err failed to", "failed to *", "to * for", "* for app"),
        LogFingerprint.of("err=\"failed to \\\"StartContainer\\\" for app\"").shingles().stream()
            .map(shingle -> shingle.replace("startcontainer", "*"))
            .toList());
  }

  @Test
  void anIdentifierIsAsTellingAsAPhrase() {
    assertEquals(
        List.of("* crashloopbackoff *"),
        LogFingerprint.of("web-7d4b9c-x2x5k 0/1 CrashLoopBackOff 5 3m").shingles());
    assertEquals(List.of(), LogFingerprint.of("web-7d4b9c-x2x5k 0/1 Pending 0 3m").shingles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web-7d4b9c-x2x5k 0/1 ImagePullBackOff 0 3m",
        "E0102 03:04:05.678901 12345 pod_workers.go:1298] Error syncing pod",
      })
  void aLineFromATerminalLooksLikeALog(String line) {
    assertTrue(LogFingerprint.of(line).looksLikeLog());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trying and failing to pull image",
        "Kubernetes v1.29 から v1.30 へ 移行 する 方法",
        "kubernetes 1.29 release notes"
      })
  void aQuestionDoesNotLookLikeALog(String line) {
    assertFalse(LogFingerprint.of(line).looksLikeLog());
  }
}
