package dev.shirube.verify.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A folder of the machine and a session for each command, where there are no namespaces. */
final class OwnSession implements Enclosure {
  private final Path folder;
  private final List<String> entry;

  private OwnSession(Path folder, List<String> entry) {
    this.folder = folder;
    this.entry = entry;
  }

  static OwnSession open(AllowedPrograms programs, Limits limits) {
    try {
      Path folder = Files.createTempDirectory("shirube-scenario");
      for (String name : List.of("work", "home", "programs")) {
        Files.createDirectory(folder.resolve(name));
      }
      for (Map.Entry<String, Path> program : programs.files(Confinement.SESSION).entrySet()) {
        Files.createSymbolicLink(
            folder.resolve("programs").resolve(program.getKey()), program.getValue());
      }
      List<String> entry = new ArrayList<>();
      if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
        entry.add("/usr/bin/setsid");
      }
      if (Files.isExecutable(Path.of("/usr/bin/prlimit"))) {
        // Not the number of processes: here it would count all of the user's.
        entry.addAll(
            List.of(
                "/usr/bin/prlimit",
                "--data=" + limits.memoryBytes(),
                "--fsize=" + limits.fileBytes(),
                "--core=0"));
      }
      return new OwnSession(folder, List.copyOf(entry));
    } catch (IOException e) {
      throw new ShellException("no scratch folder: " + e.getMessage(), e);
    }
  }

  @Override
  public Confinement confinement() {
    return Confinement.SESSION;
  }

  @Override
  public List<String> entry() {
    return entry;
  }

  @Override
  public String work() {
    return folder.resolve("work").toString();
  }

  @Override
  public String home() {
    return folder.resolve("home").toString();
  }

  @Override
  public String programs() {
    return folder.resolve("programs").toString();
  }

  @Override
  public OptionalLong processId(Process started) {
    return OptionalLong.of(started.pid());
  }

  @Override
  public boolean alive() {
    return Files.isDirectory(folder);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new ShellException("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }
}
