package dev.shirube.testcluster.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where commands lie until they are checked, in the folder of their set. */
final class Workbench {

  private static final String PREFIX = "building-";

  private Workbench() {}

  /** A place for a file: none of an install that was killed, whose Go may go on. */
  static Path place(ToolSet set, String name) throws IOException {
    return Files.createDirectories(set.folder().resolve(PREFIX + ProcessHandle.current().pid()))
        .resolve(name);
  }

  /** Removes all places, also those of installs that were killed. */
  static void clear(Path setFolder) throws IOException {
    if (!Files.isDirectory(setFolder)) {
      return;
    }
    try (Stream<Path> parts = Files.list(setFolder)) {
      for (Path part : parts.toList()) {
        if (String.valueOf(part.getFileName()).startsWith(PREFIX)) {
          delete(part);
        }
      }
    }
  }

  /** Removes a folder, where there is one, with all that is in it. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
