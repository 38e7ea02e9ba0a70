package dev.shirube.content;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.OutputChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes outputs that came into the pages that show others. A file outside of the content is not
 * touched, nor one that has changed since it was read; each is replaced in one step.
 */
public final class SourceRewriter {

  private final Path content;

  /**
   * @param content the content folder
   */
  public SourceRewriter(Path content) {
    this.content = content;
  }

  /**
   * What came of the changes.
   *
   * @param written those that are in their files now
   * @param refused why the others are not
   */
  public record Result(List<OutputChange> written, List<Diagnostic> refused) {
    public Result {
      written = List.copyOf(written);
      refused = List.copyOf(refused);
    }
  }

  /**
   * Writes changes; of those in one file the lower ones first, so that the others stay where they
   * are.
   *
   * @throws UncheckedIOException where the disk fails
   */
  public Result write(List<OutputChange> changes) {
    List<OutputChange> written = new ArrayList<>();
    List<Diagnostic> refused = new ArrayList<>();
    List<OutputChange> upwards =
        changes.stream()
            .sorted(
                Comparator.comparing((OutputChange change) -> place(change).file())
                    .thenComparing(change -> place(change).line(), Comparator.reverseOrder()))
            .toList();
    for (OutputChange change : upwards) {
      Optional<String> why = write(change);
      if (why.isEmpty()) {
        written.add(change);
      } else {
        refused.add(
            Diagnostic.error(
                "output-not-updated",
                place(change),
                "the output was not written into the file",
                why.get(),
                "write it by hand, or run it again"));
      }
    }
    return new Result(written.reversed(), refused.reversed());
  }

  private static Location place(OutputChange change) {
    return change.places().getFirst();
  }

  /** Why it cannot be done; empty where it is done. */
  private Optional<String> write(OutputChange change) {
    Path file = Path.of(place(change).file());
    try {
      if (!file.toRealPath().startsWith(content.toRealPath())) {
        return Optional.of("the file is not part of the content");
      }
      if (!isOneBelowTheOther(change)) {
        return Optional.of("the lines do not stand one below the other in one file");
      }
      // As it is, with its line breaks, which readers of content need not know.
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      String lineBreak = text.contains("\r\n") ? "\r\n" : "\n";
      List<String> lines = new ArrayList<>(List.of(text.split("\r?\n", -1)));
      int start = place(change).line() - 1;
      int end = start + change.was().size();
      if (end > lines.size() || !lines.subList(start, end).equals(change.was())) {
        return Optional.of(
            "the file has changed since it was read, or the listing alters its lines");
      }
      List<String> all = new ArrayList<>(lines.subList(0, start));
      all.addAll(change.now());
      all.addAll(lines.subList(end, lines.size()));
      replace(file.toRealPath(), String.join(lineBreak, all));
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of("the file is no UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot change " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isOneBelowTheOther(OutputChange change) {
    Location first = place(change);
    for (int i = 0; i < change.places().size(); i++) {
      Location place = change.places().get(i);
      if (!place.file().equals(first.file()) || place.line() != first.line() + i) {
        return false;
      }
    }
    return first.line() > 0;
  }

  /** With the rights of the old file. */
  private static void replace(Path file, String text) throws IOException {
    Path fresh =
        Files.createTempFile(Objects.requireNonNull(file.getParent()), ".shirube-", ".new");
    try {
      Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
      PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (old != null) {
        Files.setPosixFilePermissions(fresh, old.readAttributes().permissions());
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
