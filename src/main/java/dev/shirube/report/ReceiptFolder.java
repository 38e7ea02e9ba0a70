package dev.shirube.report;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Receipt;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Utf8;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The receipts on disk, which are committed beside the content: {@code glossary/pod.json} for the
 * page {@code glossary/pod.adoc}.
 *
 * <p>A file is replaced in one step, so that a run that is killed leaves the old one or the new
 * one. What such a run left beside it goes with the next one.
 */
public final class ReceiptFolder {

  private static final String PAGE_ENDING = ".adoc";
  private static final String ENDING = ".json";

  /** A file that is being written, by the process of that number. */
  private static final Pattern FRESH = Pattern.compile("\\..+\\.json\\.(\\d{1,10})\\.new");

  private final Path folder;

  /**
   * @param folder it need not be there
   */
  public ReceiptFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * All receipts. A file that cannot be read is a diagnostic, and its page has none.
   *
   * @throws UncheckedIOException where the disk fails
   */
  public Receipts read() {
    Map<String, List<Receipt>> pages = new HashMap<>();
    Map<Receipt, Location> locations = new HashMap<>();
    List<Diagnostic> problems = new ArrayList<>();
    for (Path file : files()) {
      String path = relative(file);
      String page = path.substring(0, path.length() - ENDING.length()) + PAGE_ENDING;
      try {
        List<Receipt> receipts = new ArrayList<>();
        for (ReceiptFile.Entry entry : ReceiptFile.read(source(file, path), page)) {
          receipts.add(entry.receipt());
          locations.put(entry.receipt(), entry.location());
        }
        pages.put(page, receipts);
      } catch (ReceiptFile.Unreadable e) {
        problems.add(e.diagnostic());
      } catch (CharacterCodingException e) {
        problems.add(Utf8.notUtf8(display(file), bytes(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return new Receipts(new TreeMap<>(pages), locations, problems);
  }

  /**
   * Writes the files of all pages of the receipts; a file whose text stays the same is not touched,
   * and a page without receipts has no file. Files of other pages stay.
   *
   * @return the files that were written or removed
   * @throws UncheckedIOException where the disk fails
   */
  public List<Path> write(Receipts receipts) {
    List<Path> changed = new ArrayList<>();
    try {
      removeLeftOver();
      for (Map.Entry<String, List<Receipt>> page : receipts.pages().entrySet()) {
        Path file = file(page.getKey());
        if (page.getValue().isEmpty()) {
          if (Files.deleteIfExists(file)) {
            changed.add(file);
          }
          continue;
        }
        byte[] bytes =
            ReceiptFile.write(page.getKey(), page.getValue()).getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file) || !Arrays.equals(bytes, Files.readAllBytes(file))) {
          replace(file, bytes);
          changed.add(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
    return changed;
  }

  /**
   * Removes the files of all pages but these, and the folders that are empty then.
   *
   * @param pages content paths
   * @return the files that were removed
   * @throws UncheckedIOException where the disk fails
   */
  public List<Path> prune(Set<String> pages) {
    Set<Path> keep = new HashSet<>();
    pages.forEach(page -> keep.add(file(page)));
    List<Path> removed = new ArrayList<>();
    try {
      removeLeftOver();
      for (Path file : files()) {
        if (!keep.contains(file)) {
          Files.delete(file);
          removed.add(file);
          removeEmpty(Objects.requireNonNull(file.getParent()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clean " + folder + ": " + e.getMessage(), e);
    }
    return removed;
  }

  /**
   * The file of a page's receipts.
   *
   * @param page the content path
   */
  public Path file(String page) {
    String name =
        page.endsWith(PAGE_ENDING) ? page.substring(0, page.length() - PAGE_ENDING.length()) : page;
    Path file = folder.resolve(name + ENDING).normalize();
    if (!file.startsWith(folder.normalize()) || file.equals(folder.normalize())) {
      throw new IllegalArgumentException("no content path: " + page);
    }
    return file;
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path fresh =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      // Else a machine that loses power may keep the new name and lose the text.
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What runs left that were killed; a run that still goes on keeps its own. */
  private void removeLeftOver() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> walk = Files.walk(folder)) {
      left = walk.filter(path -> isLeftOver(path.getFileName().toString())).toList();
    }
    for (Path path : left) {
      Files.deleteIfExists(path);
    }
  }

  private static boolean isLeftOver(String name) {
    Matcher fresh = FRESH.matcher(name);
    return fresh.matches()
        && ProcessHandle.of(Long.parseLong(fresh.group(1)))
            .filter(ProcessHandle::isAlive)
            .filter(process -> !process.equals(ProcessHandle.current()))
            .isEmpty();
  }

  private void removeEmpty(Path start) throws IOException {
    Path path = start;
    while (!path.equals(folder.normalize())) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(path);
      path = Objects.requireNonNull(path.getParent());
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder.normalize(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && file.getFileName().toString().endsWith(ENDING)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) { // another run has just replaced it
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
      return files.stream().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private static SourceFile source(Path file, String path) throws IOException {
    return new SourceFile(path, display(file), Utf8.decode(Files.readAllBytes(file)));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private String relative(Path file) {
    return slashes(folder.normalize().relativize(file));
  }

  private static String display(Path file) {
    return slashes(file);
  }

  private static String slashes(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }
}
