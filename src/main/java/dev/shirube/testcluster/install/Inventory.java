package dev.shirube.testcluster.install;

import dev.shirube.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was put into a {@code bin} folder: the file {@code installed} beside it. Its first line is
 * the recipe's hash; each other line has, between tabs, a command, its size in bytes, its time in
 * seconds, its SHA-256 and where it came from.
 */
final class Inventory {

  private static final int FIELDS = 5;

  private record Entry(long size, long seconds, String sha256, String origin) {}

  private final Path folder;
  private final String recipe;
  private final Map<String, Entry> entries = new TreeMap<>();

  private Inventory(Path folder, String recipe) {
    this.folder = folder;
    this.recipe = recipe;
  }

  /** Reads the inventory of a folder; empty where there is none, or one of another recipe. */
  static Inventory read(Path folder, String recipe) {
    Inventory inventory = new Inventory(folder, recipe);
    Path file = inventory.file();
    if (!Files.isRegularFile(file)) {
      return inventory;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (!lines.isEmpty() && lines.getFirst().equals(recipe)) {
        lines.stream().skip(1).forEach(inventory::parse);
      }
      return inventory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void parse(String line) {
    String[] fields = line.split("\t", FIELDS);
    if (fields.length == FIELDS) {
      entries.put(
          fields[0],
          new Entry(Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[3], fields[4]));
    }
  }

  /**
   * Whether a command is as it was put there. Its contents are read only where its time differs, as
   * it does after a copy of the cache.
   */
  boolean intact(String command) {
    Entry entry = entries.get(command);
    Path binary = binary(command);
    if (entry == null || !Files.isExecutable(binary)) {
      return false;
    }
    try {
      return Files.size(binary) == entry.size
          && (seconds(binary) == entry.seconds || Sha256.of(binary).equals(entry.sha256))
          && Machine.runs(binary);
    } catch (IOException e) {
      return false; // unreadable, so it is put there anew
    }
  }

  /** Whether a command has the contents that it was put there with. */
  boolean unchanged(String command) {
    Entry entry = entries.get(command);
    try {
      return entry != null && Sha256.of(binary(command)).equals(entry.sha256);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Puts a command in its place and remembers it.
   *
   * @param fresh the file, which must be on the same file system
   * @param origin for people who look into the file
   */
  void put(String command, Path fresh, String origin) throws IOException {
    Path binary = binary(command);
    Files.createDirectories(folder.resolve("bin"));
    Entry entry =
        new Entry(
            Files.size(fresh), seconds(fresh), Sha256.of(fresh), origin.replaceAll("\\s", " "));
    Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
    entries.put(command, entry);
    write();
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of(recipe));
    entries.forEach(
        (command, entry) ->
            lines.add(
                String.join(
                    "\t",
                    command,
                    String.valueOf(entry.size),
                    String.valueOf(entry.seconds),
                    entry.sha256,
                    entry.origin)));
    Path fresh = folder.resolve("installed.new");
    Files.write(fresh, lines);
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file() {
    return folder.resolve("installed");
  }

  private Path binary(String command) {
    return folder.resolve("bin").resolve(command);
  }

  private static long seconds(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().getEpochSecond();
  }
}
