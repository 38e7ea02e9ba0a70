package dev.shirube.verify.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes many wrong manifests of a right one, by what people get wrong: one line at a time. */
final class Mutants {

  private static final Pattern FIELD =
      Pattern.compile("( *(?:- )?)([A-Za-z][\\w./-]*):(?: (\\S.*))?");

  /**
   * A changed manifest.
   *
   * @param what was done to which line
   */
  record Mutant(String what, String text) {
    @Override
    public String toString() {
      return what;
    }
  }

  private Mutants() {}

  static List<Mutant> of(String name, String manifest) {
    List<String> lines = manifest.lines().toList();
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher field = FIELD.matcher(lines.get(i));
      if (!field.matches()) {
        continue;
      }
      String start = field.group(1);
      String key = field.group(2);
      String value = field.group(3);
      Change change = new Change(name + ":" + (i + 1) + " " + lines.get(i).strip(), lines, i);
      mutants.add(change.to("misspelt", start + key + "x:" + (value == null ? "" : " " + value)));
      if (value == null || value.equals("|")) {
        continue;
      }
      mutants.add(change.to("twice", lines.get(i), start.replace('-', ' ') + key + ": " + value));
      if (!start.contains("-")) {
        mutants.add(change.to("removed"));
      }
      boolean plain = value.matches("-?[0-9.]+|true|false");
      mutants.add(
          change.to("of another type", start + key + ": " + (plain ? "\"" + value + "\"" : "12")));
      mutants.add(change.to("an empty list", start + key + ": []"));
      mutants.add(change.to("an empty mapping", start + key + ": {}"));
      mutants.add(change.to("yes", start + key + ": yes"));
      mutants.add(change.to("null", start + key + ": null"));
      mutants.add(change.to("a strange text", start + key + ": \"no Such_thing\""));
      mutants.add(change.to("half", start + key + ": 1.5"));
    }
    return mutants;
  }

  private record Change(String place, List<String> lines, int line) {
    Mutant to(String what, String... instead) {
      List<String> changed = new ArrayList<>(lines.subList(0, line));
      changed.addAll(List.of(instead));
      changed.addAll(lines.subList(line + 1, lines.size()));
      return new Mutant(place + " -> " + what, String.join("\n", changed) + "\n");
    }
  }
}
