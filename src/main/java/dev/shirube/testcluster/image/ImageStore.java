package dev.shirube.testcluster.image;

import dev.shirube.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images that local clusters pull, in a folder of the cache.
 *
 * <pre>
 * registry/      the storage of a registry; every cluster serves it, read-only
 * images/*.json  a {@link StoredImage} each
 * </pre>
 */
public final class ImageStore {

  private final Path folder;

  /**
   * @param cache the folder of the commands too
   */
  public ImageStore(Path cache) {
    folder = cache.toAbsolutePath().normalize().resolve("images");
  }

  Path folder() {
    return folder;
  }

  /** The storage of the registry; made where it is not there, so that it can be mounted. */
  public Path registry() {
    Path registry = folder.resolve("registry");
    try {
      return Files.createDirectories(registry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + registry + ": " + e.getMessage(), e);
    }
  }

  /** What there is, by name. */
  public List<StoredImage> images() {
    Path records = folder.resolve("images");
    if (!Files.isDirectory(records)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(records)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .filter(image -> image.names().stream().allMatch(this::holds))
          .sorted(java.util.Comparator.comparing(image -> image.names().getFirst().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + records + ": " + e.getMessage(), e);
    }
  }

  /** The image of a name. */
  public Optional<StoredImage> find(ImageName name) {
    return images().stream().filter(image -> image.names().contains(name)).findFirst();
  }

  /** Notes what was pushed; it replaces what was noted under the same name. */
  void put(StoredImage image) {
    String name = image.names().getFirst().toString();
    Path file =
        folder
            .resolve("images")
            .resolve(Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16) + ".json");
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      Files.writeString(
          fresh, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(image));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Empty where the file is of another version of Shirube: the image is made anew. */
  private static Optional<StoredImage> read(Path file) {
    try {
      return Optional.of(JsonMapper.shared().readValue(Files.readString(file), StoredImage.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether the registry has a tag; somebody may have emptied its folder. */
  private boolean holds(ImageName name) {
    return Files.exists(
        folder
            .resolve("registry/docker/registry/v2/repositories")
            .resolve(name.repository())
            .resolve("_manifests/tags")
            .resolve(name.tag())
            .resolve("current/link"));
  }
}
