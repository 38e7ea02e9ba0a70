package dev.shirube.preview;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Sha256;
import dev.shirube.model.SiteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state of the site. Its files are looked up by their whole path, so that there is no way out of
 * it: what is not one of them is not there.
 *
 * @param files by path below the root
 * @param folders where files that are copied lie, absolute and real
 * @param problems what is wrong with the content that was saved last, in the order to show it
 * @param shared tells one state of the files that are copied from another
 */
record PreviewedSite(
    Map<String, SiteFile> files, List<Path> folders, List<Diagnostic> problems, String shared) {

  private static final int VERSION_LENGTH = 16;
  private static final String FOLDER_PAGE = "index.html";

  static PreviewedSite of(List<SiteFile> files, List<Path> folders, List<Diagnostic> problems) {
    Map<String, SiteFile> byPath = new HashMap<>();
    StringBuilder copies = new StringBuilder();
    for (SiteFile file : files) {
      byPath.put(file.path(), file);
      if (file instanceof SiteFile.Copy copy) {
        copies.append(copy.path()).append(' ').append(stamp(copy.file())).append('\n');
      }
    }
    return new PreviewedSite(
        Map.copyOf(byPath), List.copyOf(folders), List.copyOf(problems), hash(copies.toString()));
  }

  /** The file behind the path of an address, which begins with a slash and is decoded. */
  Optional<SiteFile> file(String path) {
    String below = path.substring(1);
    return Optional.ofNullable(
        files.get(below.isEmpty() || below.endsWith("/") ? below + FOLDER_PAGE : below));
  }

  /** Changes with all that a page shows; empty where there is no such page. */
  String version(String path) {
    return file(path).map(this::version).orElse("");
  }

  String version(SiteFile file) {
    return switch (file) {
      case SiteFile.Text text -> hash(shared + text.content());
      case SiteFile.Copy copy -> hash(stamp(copy.file()));
    };
  }

  /**
   * Where a file that is copied really lies; empty where that is outside of all folders, however it
   * came there since the site was rendered.
   */
  Optional<Path> real(SiteFile.Copy copy) {
    try {
      Path real = copy.file().toRealPath();
      return folders.stream().anyMatch(real::startsWith) && Files.isRegularFile(real)
          ? Optional.of(real)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // removed since
    }
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "gone";
    }
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, VERSION_LENGTH);
  }
}
