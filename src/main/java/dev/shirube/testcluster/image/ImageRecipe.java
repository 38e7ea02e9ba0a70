package dev.shirube.testcluster.image;

import dev.shirube.model.Sha256;
import dev.shirube.testcluster.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an image is made: a folder with {@code image.json} and the script {@code build}, which fills
 * {@code $ROOT} with the files of the image.
 *
 * @param folder the recipe's own
 * @param names what the image is known by; the first is the one that is shown
 * @param config as in an <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
 *     configuration</a>
 * @param hash over everything that the recipe consists of
 */
record ImageRecipe(Path folder, List<ImageName> names, JsonNode config, String hash) {

  private static final String DESCRIPTION = "image.json";
  private static final String SCRIPT = "build";

  ImageRecipe {
    names = List.copyOf(names);
  }

  /** The recipes in the folders of a folder, by name. */
  static List<ImageRecipe> all(Path recipes) {
    if (!Files.isDirectory(recipes)) {
      throw new ClusterException("there is no folder of recipes " + recipes);
    }
    return list(recipes).stream()
        .filter(folder -> Files.exists(folder.resolve(DESCRIPTION)))
        .map(ImageRecipe::read)
        .toList();
  }

  private static ImageRecipe read(Path folder) {
    Path file = folder.resolve(DESCRIPTION);
    if (!Files.isExecutable(folder.resolve(SCRIPT))) {
      throw new ClusterException(
          folder
              + " has no script \""
              + SCRIPT
              + "\" that can be executed\n  why: it fills $ROOT with the files of the image");
    }
    try {
      JsonNode description = JsonMapper.shared().readTree(Files.readString(file));
      List<ImageName> names = new ArrayList<>();
      for (JsonNode name : description.path("names")) {
        names.add(ImageName.parse(name.asString()));
      }
      if (names.isEmpty()) {
        throw new ClusterException(
            file + " has no \"names\"\n  why: an image is pulled by its name");
      }
      return new ImageRecipe(folder, names, description.path("config"), hash(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new ClusterException(file + " is no JSON\n  why: " + e.getOriginalMessage(), e);
    }
  }

  /** The name of the folder. */
  String name() {
    return String.valueOf(folder.getFileName());
  }

  ImageName shownName() {
    return names.getFirst();
  }

  /** Over the files of a recipe and those that lie beside it for all recipes to share. */
  private static String hash(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    List<Path> files = new ArrayList<>(filesBelow(folder));
    Path recipes = java.util.Objects.requireNonNull(folder.toAbsolutePath().getParent());
    list(recipes).stream().filter(Files::isRegularFile).forEach(files::add);
    for (Path file : files) {
      all.append(recipes.relativize(file.toAbsolutePath())).append(' ');
      all.append(Sha256.of(file)).append('\n');
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
