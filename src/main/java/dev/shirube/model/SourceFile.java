package dev.shirube.model;

import java.util.List;
import java.util.Optional;

/**
 * A text file below the content folder, as read: UTF-8, without a byte order mark, line breaks as
 * {@code \n}.
 *
 * @param path relative to the content folder, with {@code /}
 * @param displayPath the path to print in diagnostics
 * @param text the whole text
 */
public record SourceFile(String path, String displayPath, String text) {

  /** The folder of the file with a trailing slash, or the empty string at the top. */
  public String folder() {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** All lines, without line breaks. */
  public List<String> lines() {
    return text.lines().toList();
  }

  /** The file as a whole. */
  public Location location() {
    return Location.of(displayPath);
  }

  /** A line of the file; the file as a whole where the line does not exist. */
  public Location location(int line) {
    return location(line, 0);
  }

  /** A column of a line of the file; the file as a whole where the line does not exist. */
  public Location location(int line, int column) {
    if (line < 1) {
      return location();
    }
    return text.lines()
        .skip(line - 1L)
        .findFirst()
        .map(sourceLine -> new Location(displayPath, line, column, sourceLine))
        .orElseGet(this::location);
  }

  /** The first place where {@code needle} stands; the file as a whole where it does not. */
  public Location locationOf(String needle) {
    int at = text.indexOf(needle);
    return at < 0 ? location() : locationAt(at);
  }

  /** The first place in any of the files where {@code needle} stands; empty where it does not. */
  public static Optional<Location> locate(String needle, List<SourceFile> files) {
    return files.stream()
        .filter(file -> file.text().contains(needle))
        .findFirst()
        .map(file -> file.locationOf(needle));
  }

  /** The place of a character offset. */
  public Location locationAt(int offset) {
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    return location(line, offset - lineStart + 1);
  }
}
