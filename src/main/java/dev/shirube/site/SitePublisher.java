package dev.shirube.site;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.SiteFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes folders: what is new is written aside and takes the place of the old in one step, so
 * that a run that fails or is killed leaves the old one whole.
 *
 * <p>A published folder carries a marker file. A folder without it is somebody else's and is never
 * replaced.
 */
public final class SitePublisher {

  private static final String MARKER = ".shirube";
  private static final String MARKER_TEXT =
      "This folder is made by Shirube: each build replaces it as a whole.\n";

  private final Consumer<Diagnostic> diagnostics;

  public SitePublisher(Consumer<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Writes into the empty folder that it is given. */
  @FunctionalInterface
  public interface Writer {
    void write(Path folder) throws IOException;
  }

  /** Writes the site's files to the folder. */
  public boolean publish(List<SiteFile> files, Path target) {
    return publish(target, folder -> write(files, folder));
  }

  /** Writes files below a folder that has none of them. */
  public static void write(List<SiteFile> files, Path folder) throws IOException {
    for (SiteFile file : files) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      switch (file) {
        case SiteFile.Text text -> Files.writeString(path, text.content());
        case SiteFile.Copy copy -> Files.copy(copy.file(), path);
      }
    }
  }

  /**
   * Replaces the target by what the writer writes.
   *
   * @return whether it was published; if not, there is a diagnostic
   */
  public boolean publish(Path target, Writer writer) {
    Path place = target.toAbsolutePath().normalize();
    Path parent = place.getParent();
    if (parent == null || !mayReplace(place)) {
      return refuse(target, "the folder is not empty and was not made by Shirube");
    }
    try {
      Files.createDirectories(parent);
      String name = place.getFileName().toString();
      Path lockFile = parent.resolve("." + name + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Path fresh = parent.resolve("." + name + ".new");
        Path old = parent.resolve("." + name + ".old");
        if (!Files.exists(place) && Files.exists(old)) {
          Files.move(old, place); // a run was killed between two renames
        }
        delete(fresh);
        delete(old);
        Files.createDirectories(fresh);
        Files.writeString(fresh.resolve(MARKER), MARKER_TEXT);
        writer.write(fresh);
        FolderSwap.swap(fresh, place, old);
        delete(old);
        return lock.isValid();
      }
    } catch (IOException e) {
      return refuse(target, "cannot write: " + e.getMessage());
    }
  }

  private static boolean mayReplace(Path place) {
    if (!Files.exists(place) || Files.exists(place.resolve(MARKER))) {
      return true;
    }
    try (Stream<Path> entries = Files.list(place)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean refuse(Path target, String what) {
    diagnostics.accept(
        Diagnostic.error(
            "unwritable-target",
            Location.of(target.toString()),
            what,
            "a build replaces its target folder as a whole, so it must be Shirube's own",
            "name another folder with --output or --index"));
    return false;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
