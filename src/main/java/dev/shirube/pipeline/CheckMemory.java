package dev.shirube.pipeline;

import dev.shirube.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers that a check found nothing wrong. It is forgotten when any byte of what was looked at
 * changes, and on another day, since reasons for skipping can end.
 */
public final class CheckMemory {

  private final Path file;
  private final List<Path> folders;
  private final String settings;
  private final Clock clock;

  /**
   * @param target where it is kept
   * @param folders all that is looked at; they need not be there
   * @param settings what else the result depends on
   * @param clock says which day it is
   */
  public CheckMemory(Path target, List<Path> folders, String settings, Clock clock) {
    this.file = target.resolve("last-check");
    this.folders = List.copyOf(folders);
    this.settings = settings;
    this.clock = clock;
  }

  /** What the last check said; empty where something has changed since. */
  public Optional<String> recall() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 2 && lines.getFirst().equals(key())
          ? Optional.of(lines.getLast())
          : Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Keeps what a check said; where it cannot be kept, the next check takes its time. */
  public void keep(String summary) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, key() + "\n" + summary + "\n");
    } catch (IOException | UncheckedIOException e) {
      // It only saves time.
    }
  }

  private String key() throws IOException {
    MessageDigest sha256 = Sha256.digest();
    sha256.update(
        (settings + "\n" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
            .getBytes(StandardCharsets.UTF_8));
    sha256.update(program().getBytes(StandardCharsets.UTF_8));
    for (Path folder : folders) {
      if (Files.exists(folder)) {
        // As ContentReader does: what stands behind a link is content too.
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
          for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
            sha256.update((each + "\n" + Files.size(each) + "\n").getBytes(StandardCharsets.UTF_8));
            sha256.update(Files.readAllBytes(each));
          }
        }
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** The jar and its time: another build may find what this one does not. */
  private static String program() throws IOException {
    StringBuilder program = new StringBuilder();
    for (String entry :
        System.getProperty("java.class.path", "").split(java.io.File.pathSeparator)) {
      Path path = Path.of(entry);
      program.append(entry).append(Files.exists(path) ? Files.getLastModifiedTime(path) : "");
    }
    return program.toString();
  }
}
