package dev.shirube.diagnose;

import dev.shirube.diagnose.Finding.Evidence;
import dev.shirube.verify.redact.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the beginning of a case page from a trouble that no page knows. */
public final class NewCase {

  /** What names or counts something, and the token that stands for it. */
  private static final List<Masked> MASKED =
      List.of(
          new Masked("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<uid>"),
          new Masked("\\b[0-9a-f]{64}\\b", "<sha256>"),
          new Masked("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b", "<ip>"),
          new Masked("\\b\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?", "..."),
          new Masked(
              "\\b[a-z][a-z0-9-]*-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[a-z0-9]{5}\\b", "..."),
          new Masked("(?<![\\w.<])\\d+(?![\\w.>])", "<n>"));

  private static final int LONGEST_TEXT = 160;
  private static final int MOST_TEXTS = 3;

  private record Masked(Pattern pattern, String token) {
    Masked(String pattern, String token) {
      this(Pattern.compile(pattern), token);
    }
  }

  private NewCase() {}

  /** The page. */
  public static String of(Finding finding) {
    String state =
        texts(finding, "state").stream().findFirst().orElse(finding.trouble().replace('\n', ' '));
    String title = state.length() > 60 ? state.substring(0, 60) : state;
    return """
    = %s: (ここに原因を一言で)
    :description: (何が起きて、何が原因だったかを一文で)
    :case-state: %s
    :search-aka: (探すときの言葉を、読点で区切って)

    (どんな事例かを、二、三文で)

    [.symptom#symptom]
    == 症状

    (最初に気づいたことと、そのときのコマンドを書きます。次は、診断のときに見えたものです。)

    [source#symptom-seen,log]
    ----
    %s
    ----

    [#fingerprint-of-this-case]
    === 見分け方

    // ほかの事例にもあてはまる行は消し、変わるところを<n>、<ip>、<any>、...に置き換えてください。
    [source#fingerprint,yaml,verify=fingerprint]
    ----
    %s----

    [.cause#cause]
    == 原因

    (なぜ起きたのか。調べた順に書きます。)

    [.reproduction#reproduction]
    == 再現手順

    (マニフェストを``include``し、``[source#reproduce.cause,console,verify=run]``で適用します。)

    [.solution#solution]
    == 解決策

    (``[source#fix.solution,console,verify=run]``で、症状が消えるところまで示します。)

    [.prevention#prevention]
    == 予防

    * (二度と起こさないためにすること)

    [#citations]
    == 出典

    * (公式の文書へのリンク)
    """
        .formatted(title, title, seen(finding), fingerprint(finding));
  }

  private static String seen(Finding finding) {
    return finding.evidence().stream()
        .map(each -> (each.reason() + " " + each.text()).strip())
        .distinct()
        // A line of four hyphens would end the listing.
        .map(line -> line.startsWith("----") ? " " + line : line)
        .collect(Collectors.joining("\n"));
  }

  private static String fingerprint(Finding finding) {
    StringBuilder text = new StringBuilder("object: " + finding.kind() + "\n");
    list(text, "state", texts(finding, "state"));
    list(text, "reason", texts(finding, "reason"));
    list(text, "exit", texts(finding, "exit"));
    for (String sort : List.of("message", "log", "output")) {
      Set<String> texts = new LinkedHashSet<>();
      texts(finding, sort).stream()
          .filter(each -> !each.isBlank())
          .map(NewCase::masked)
          .forEach(texts::add);
      if (!texts.isEmpty()) {
        text.append(sort).append(":\n");
        texts.stream()
            .skip(Math.max(0, texts.size() - MOST_TEXTS))
            .forEach(each -> text.append("- ").append(quoted(each)).append('\n'));
      }
    }
    List<String> events = new ArrayList<>();
    for (Evidence each : finding.evidence()) {
      if (each.sort().equals("event")) {
        String event =
            "- reason: %s\n%s"
                .formatted(
                    each.reason(),
                    each.text().isBlank()
                        ? ""
                        : "  message: " + quoted(masked(each.text())) + "\n");
        if (!events.contains(event)) {
          events.add(event);
        }
      }
    }
    if (!events.isEmpty()) {
      text.append("events:\n");
      events.stream().skip(Math.max(0, events.size() - MOST_TEXTS)).forEach(text::append);
    }
    return text.toString();
  }

  private static void list(StringBuilder text, String key, List<String> values) {
    if (!values.isEmpty()) {
      text.append(key).append(": [").append(String.join(", ", values)).append("]\n");
    }
  }

  private static List<String> texts(Finding finding, String sort) {
    return finding.evidence().stream()
        .filter(each -> each.sort().equals(sort))
        .map(Evidence::text)
        .distinct()
        .toList();
  }

  private static String masked(String text) {
    String masked = text.lines().findFirst().orElse("");
    // What looks like a token already is meant as it stands.
    masked = masked.replace(Redactor.REPLACEMENT, "...");
    masked = masked.replaceAll("<([a-z][a-z0-9-]{0,30})>", "\\\\<$1>");
    for (Masked each : MASKED) {
      masked = each.pattern().matcher(masked).replaceAll(each.token());
    }
    return masked.length() > LONGEST_TEXT ? masked.substring(0, LONGEST_TEXT).strip() : masked;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
