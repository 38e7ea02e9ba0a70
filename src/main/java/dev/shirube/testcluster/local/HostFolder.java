package dev.shirube.testcluster.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one host: what {@code init.sh} reads and writes, and what its parts do.
 *
 * <pre>
 * parts/PART       how each part is started
 * requests/PART    the parts to start now
 * running/PART     the parts that were started
 * exits/PART       the exit codes of those that ended
 * logs/PART.log
 * </pre>
 */
record HostFolder(Path path) {

  private static final int LONGEST_TAIL = 64 * 1024;

  void create() {
    for (String folder : List.of("parts", "requests", "running", "exits", "logs", "bin")) {
      createFolder(folder);
    }
  }

  void write(String file, String text) {
    Path target = path.resolve(file);
    try {
      Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
      Files.writeString(target, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  void writeResource(String name) {
    try (InputStream in = HostFolder.class.getResourceAsStream(name)) {
      write(
          name,
          new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }

  void write(Part part) {
    write("parts/" + part.name(), part.script());
  }

  void link(String command, Path binary) {
    symlink(path.resolve("bin").resolve(command), binary);
  }

  private static void symlink(Path link, Path target) {
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot link " + link + ": " + e.getMessage(), e);
    }
  }

  /** Shows a folder of the machine to the host, read-only, as {@code /shirube/NAME}. */
  void mount(String name, Path folder) {
    createFolder("mounts");
    symlink(path.resolve("mounts").resolve(name), folder);
  }

  /** Asks {@code init.sh} to start parts. */
  void request(List<String> parts) {
    parts.forEach(part -> write("requests/" + part, ""));
  }

  /** Tells {@code init.sh} that no more requests will come. */
  void requestsEnd() {
    write("requests-end", "");
  }

  /** The parts that were started. */
  List<String> started() {
    return names("running");
  }

  /** Whether a part was started so long ago; false where the file that says so has just gone. */
  boolean startedBefore(String part, Duration ago) {
    Path file = path.resolve("running").resolve(part);
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(ago));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** How a part ended; empty while it runs. */
  Optional<String> exit(String part) {
    Path file = path.resolve("exits").resolve(part);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Forgets the last run of this host. */
  void reset() {
    for (String folder : List.of("requests", "running", "exits")) {
      names(folder).forEach(name -> delete(path.resolve(folder).resolve(name)));
    }
    delete(path.resolve("requests-end"));
  }

  Path log(String part) {
    return path.resolve("logs").resolve(part + ".log");
  }

  /** The last lines of a part's log. */
  List<String> logTail(String part, int lines) {
    return tail(log(part), lines);
  }

  static List<String> tail(Path log, int lines) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(0, channel.size() - LONGEST_TAIL));
      byte[] bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log + ": " + e.getMessage(), e);
    }
  }

  private void createFolder(String name) {
    try {
      Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + path.resolve(name) + ": " + e, e);
    }
  }

  private List<String> names(String folder) {
    Path files = path.resolve(folder);
    if (!Files.isDirectory(files)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(files)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + files + ": " + e, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file + ": " + e, e);
    }
  }
}
