package dev.shirube.content;

import dev.shirube.model.Asset;
import dev.shirube.model.Content;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks a content folder and reads what will be published.
 *
 * <p>Names that start with a dot are left out; names that start with an underscore, and all below
 * such folders, are there to be included only. Symbolic links are followed as long as they stay
 * inside the folder.
 */
public final class ContentReader {

  /** The navigation file at the top of a content folder. */
  public static final String NAVIGATION = "nav.adoc";

  private final Consumer<Diagnostic> diagnostics;

  public ContentReader(Consumer<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * Reads the folder, in the order of its paths.
   *
   * @throws UncheckedIOException when a file cannot be read, with its path
   */
  public Content read(Path folder) {
    if (!Files.isDirectory(folder)) {
      diagnostics.accept(
          Diagnostic.error(
              "no-content",
              Location.of(folder.toString()),
              "there is no such folder",
              "pages are read from the content folder",
              "create it, or name another with --content"));
      return new Content(folder.toAbsolutePath(), List.of(), null, List.of());
    }
    try {
      Walk walk = new Walk(folder, folder.toRealPath());
      walk.folder(walk.root, "", false);
      if (walk.pages.isEmpty() && !walk.unreadable) {
        diagnostics.accept(
            Diagnostic.error(
                "empty-content",
                Location.of(folder.toString()),
                "no .adoc file that could become a page",
                "every .adoc file whose name does not start with \"_\" or \".\" is a page",
                "write " + folder.resolve("index.adoc")));
      }
      return new Content(walk.root, walk.pages, walk.navigation, walk.assets);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private final class Walk {
    private final Path shown;
    private final Path root;
    private final List<SourceFile> pages = new ArrayList<>();
    private final List<Asset> assets = new ArrayList<>();
    private @Nullable SourceFile navigation;
    private boolean unreadable;

    Walk(Path shown, Path root) {
      this.shown = shown;
      this.root = root;
    }

    void folder(Path folder, String prefix, boolean partials) throws IOException {
      List<Path> entries;
      try (Stream<Path> stream = Files.list(folder)) {
        entries = stream.sorted().toList();
      }
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        String path = prefix + name;
        if (name.startsWith(".") || !insideAndNoLoop(folder, entry, path)) {
          continue;
        }
        boolean partial = partials || name.startsWith("_");
        if (Files.isDirectory(entry)) {
          folder(entry, path + "/", partial);
        } else if (name.endsWith(".adoc")) {
          if (!partial) {
            page(entry, path);
          }
        } else if (!partial) {
          assets.add(new Asset(path, shown.resolve(path)));
        }
      }
    }

    private void page(Path file, String path) throws IOException {
      Optional<SourceFile> source = sourceFile(file, path);
      if (source.isEmpty()) {
        return;
      }
      if (path.equals(NAVIGATION)) {
        navigation = source.get();
      } else {
        pages.add(source.get());
      }
    }

    private Optional<SourceFile> sourceFile(Path file, String path) throws IOException {
      String displayPath = shown.resolve(path).toString();
      byte[] bytes = Files.readAllBytes(file);
      try {
        return Optional.of(new SourceFile(path, displayPath, Utf8.decode(bytes)));
      } catch (CharacterCodingException e) {
        diagnostics.accept(Utf8.notUtf8(displayPath, bytes));
        unreadable = true;
        return Optional.empty();
      }
    }

    private boolean insideAndNoLoop(Path folder, Path entry, String path) throws IOException {
      if (!Files.isSymbolicLink(entry)) {
        return true;
      }
      String target = Files.readSymbolicLink(entry).toString();
      Path real;
      try {
        real = entry.toRealPath();
      } catch (IOException e) {
        refuse(path, "broken-symlink", "the symbolic link to " + target + " leads nowhere");
        return false;
      }
      if (!real.startsWith(root)) {
        refuse(path, "symlink-outside", "the symbolic link leads out of the content folder");
        return false;
      }
      if (folder.toRealPath().startsWith(real)) {
        refuse(path, "symlink-loop", "the symbolic link leads back to a folder above itself");
        return false;
      }
      return true;
    }

    private void refuse(String path, String code, String what) {
      diagnostics.accept(
          Diagnostic.error(
              code,
              Location.of(shown.resolve(path).toString()),
              what,
              "links are followed inside the content folder only",
              "remove the link, or put the file itself here"));
    }
  }
}
