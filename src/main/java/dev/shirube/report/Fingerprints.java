package dev.shirube.report;

import dev.shirube.model.Sha256;
import dev.shirube.model.SnippetResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
    return Sha256.of((what + "\0" + number).getBytes(StandardCharsets.UTF_8))
        .substring(0, LENGTH_DIGITS);
  }
}
