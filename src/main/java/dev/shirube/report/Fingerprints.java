package dev.shirube.report;

import dev.shirube.model.SnippetResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names for findings that stay when lines move, so that a forge knows one again; each is given once
 * in a report.
 */
final class Fingerprints {

  private static final int LENGTH_DIGITS = 32;

  private final Map<String, Integer> seen = new HashMap<>();

  String of(Finding finding) {
    String what =
        String.join(
            "\0",
            finding.diagnostic().code(),
            finding.diagnostic().location().file(),
            finding.snippet().map(SnippetResult::id).orElse(""),
            // A snippet is told by its id; what it printed differs from run to run.
            finding.snippet().isPresent() ? "" : finding.diagnostic().what());
    int number = seen.merge(what, 1, Integer::sum);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((what + "\0" + number).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
