package dev.shirube.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.shirube.model.ProofSubject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a snippet differs from what was proven, in lines that a person reads. */
final class SubjectDiff {

  private static final int MOST_LINES = 12;
  private static final int MOST_LINE_CHARS = 160;

  /** The time for a diff grows with the square of the differences. */
  private static final int LONGEST_TEXT_LINES = 1_000;

  private SubjectDiff() {}

  /** Empty where they are alike but for hash, chain and tier. */
  static List<String> between(ProofSubject old, ProofSubject now) {
    List<String> changes = new ArrayList<>();
    if (!old.verb().equals(now.verb())) {
      changes.add("verify=" + old.verb() + " → " + now.verb());
    }
    options(old, now, changes);
    text(old.lines(), now.lines(), changes);
    return changes;
  }

  private static void options(ProofSubject old, ProofSubject now, List<String> changes) {
    Map<String, String> before = byKey(old.options());
    Map<String, String> after = byKey(now.options());
    before.forEach(
        (key, value) -> {
          String other = after.get(key);
          if (other == null) {
            changes.add(written(key, value) + " was removed");
          } else if (!other.equals(value)) {
            changes.add(written(key, value) + " → " + shortened(other));
          }
        });
    after.forEach(
        (key, value) -> {
          if (!before.containsKey(key)) {
            changes.add(written(key, value) + " was added");
          }
        });
  }

  private static Map<String, String> byKey(List<String> options) {
    Map<String, String> byKey = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      // The same key may come again, e.g. for each placeholder.
      byKey.merge(
          equals < 0 ? option : option.substring(0, equals),
          equals < 0 ? "" : option.substring(equals + 1),
          (a, b) -> a + ", " + b);
    }
    return byKey;
  }

  private static String written(String key, String value) {
    return shortened(value.isEmpty() ? key : key + "=" + value);
  }

  private static void text(List<String> old, List<String> now, List<String> changes) {
    if (old.equals(now)) {
      return;
    }
    if (old.size() > LONGEST_TEXT_LINES || now.size() > LONGEST_TEXT_LINES) {
      changes.add("its text: " + old.size() + " lines → " + now.size() + " lines");
      return;
    }
    List<String> lines = new ArrayList<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
      delta.getSource().getLines().forEach(line -> lines.add("- " + shortened(line)));
      delta.getTarget().getLines().forEach(line -> lines.add("+ " + shortened(line)));
    }
    changes.addAll(lines.subList(0, Math.min(MOST_LINES, lines.size())));
    if (lines.size() > MOST_LINES) {
      changes.add("… (" + (lines.size() - MOST_LINES) + " more lines)");
    }
  }

  private static String shortened(String text) {
    return Texts.shortened(text, MOST_LINE_CHARS);
  }
}
