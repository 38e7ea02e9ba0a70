package dev.shirube.verify.shell;

import java.util.List;
import java.util.Optional;

/** One word of a command before its variables are known. */
public record Word(Position position, List<Part> parts) {

  /** A stretch of a word. */
  public sealed interface Part {}

  /** Letters that stand for themselves, apart from placeholders in them. */
  public record Text(String text, boolean quoted) implements Part {}

  /**
   * The value of a variable.
   *
   * @param name a name, {@code ?} or {@code !}
   * @param quoted whether it stays one word when its value has blanks
   */
  public record Variable(String name, boolean quoted) implements Part {}

  /** What commands print, without the line breaks at its end. */
  public record Substitution(List<CommandLine.Job> jobs, boolean quoted) implements Part {

    public Substitution {
      jobs = List.copyOf(jobs);
    }
  }

  public Word {
    parts = List.copyOf(parts);
  }

  /** Its text, where no variable or substitution takes part. */
  public Optional<String> literal() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Text letters)) {
        return Optional.empty();
      }
      text.append(letters.text());
    }
    return Optional.of(text.toString());
  }
}
