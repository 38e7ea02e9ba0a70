package dev.shirube.testcluster.image;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.install.CacheLock;
import dev.shirube.testcluster.install.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts images into the store: the real one where its registry can be reached, else one that is made
 * by its recipe. What is there already stays.
 */
public final class ImageMaker {

  private static final Duration BUILDS_WITHIN = Duration.ofMinutes(30);
  private static final int COMPLAINTS = 5;
  private static final String WORK = "work-";

  private final ImageStore store;
  private final Binaries binaries;
  private final List<ImageRecipe> recipes;
  private final Settings settings;
  private final Consumer<String> progress;
  private final Crane crane;

  /**
   * How images are had.
   *
   * @param recipes the folder {@code verify/images}, or another of its kind
   * @param pull whether registries are asked at all
   * @param anew whether images that are there are made again
   */
  public record Settings(Path recipes, boolean pull, boolean anew) {}

  /**
   * @param progress hears what is being done, about once a second
   * @throws ClusterException where a recipe is wrong
   */
  public ImageMaker(
      ImageStore store, Binaries binaries, Settings settings, Consumer<String> progress) {
    this.store = store;
    this.binaries = binaries;
    this.settings = settings;
    this.progress = progress;
    recipes = ImageRecipe.all(settings.recipes().toAbsolutePath().normalize());
    crane = new Crane(binaries.path("crane"), Machine.here().environment(), line -> {});
  }

  /** Makes the images of all recipes. */
  public List<ImageOutcome> makeAll() {
    return make(recipes.stream().map(ImageRecipe::shownName).toList());
  }

  /** Makes some images; those without a recipe can only be real ones. */
  public List<ImageOutcome> make(List<ImageName> names) {
    List<ImageOutcome> there = names.stream().flatMap(name -> kept(name).stream()).toList();
    if (there.size() == names.size()) {
      return there;
    }
    requireCommands();
    try {
      return CacheLock.holding(
          store.folder(),
          () -> progress.accept("waiting for another command that makes images"),
          () -> makeLocked(names));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make images: " + e.getMessage(), e);
    }
  }

  private void requireCommands() {
    List<String> missing =
        binaries.missing(dev.shirube.testcluster.Tier.NODE).stream()
            .filter(List.of("crane", "registry")::contains)
            .toList();
    if (!missing.isEmpty()) {
      throw new ClusterException(
          "images need commands that are not installed: "
              + String.join(", ", missing)
              + "\n  fix: shirube cluster install");
    }
  }

  private Optional<ImageRecipe> recipe(ImageName name) {
    return recipes.stream().filter(recipe -> recipe.names().contains(name)).findFirst();
  }

  private Optional<ImageOutcome> kept(ImageName name) {
    if (settings.anew()) {
      return Optional.empty();
    }
    String recipe = recipe(name).map(ImageRecipe::hash).orElse("");
    return store
        .find(name)
        .filter(image -> image.real() || image.recipe().equals(recipe))
        .map(image -> ImageOutcome.kept(name, image));
  }

  private List<ImageOutcome> makeLocked(List<ImageName> names) throws IOException {
    deleteWork(); // of a command that was killed
    Path work = Files.createDirectories(store.folder().resolve(WORK + pid()));
    List<ImageOutcome> outcomes = new ArrayList<>();
    try (StoreServer server = new StoreServer(binaries.path("registry"), store.registry(), work)) {
      for (ImageName name : names) {
        Optional<ImageOutcome> kept = kept(name); // by the command that this one waited for
        outcomes.add(kept.isPresent() ? kept.get() : make(name, server, work));
      }
    } finally {
      deleteWork();
    }
    return outcomes;
  }

  private ImageOutcome make(ImageName name, StoreServer server, Path work) throws IOException {
    Optional<ImageRecipe> recipe = recipe(name);
    List<ImageName> names = recipe.map(ImageRecipe::names).orElse(List.of(name));
    String hash = recipe.map(ImageRecipe::hash).orElse("");
    progress.accept(name.familiar() + ": asking " + name.registry());
    Optional<String> refusal =
        settings.pull() ? crane.refusal(names.getFirst()) : Optional.of("no registry was asked");
    try {
      String origin = names.getFirst().registry();
      if (refusal.isEmpty()) {
        progress.accept(name.familiar() + ": copying from " + origin);
        crane.copy(names.getFirst(), server.address(names.getFirst()));
      } else if (recipe.isPresent()) {
        Path fresh = Files.createDirectories(work.resolve(recipe.get().name()));
        Path archive = build(recipe.get(), fresh);
        progress.accept(name.familiar() + ": storing");
        crane.push(archive, server.address(names.getFirst()));
        origin = origin(fresh, recipe.get());
        delete(fresh);
      } else {
        return ImageOutcome.failed(name, refusal.get() + ", and no recipe makes it");
      }
      for (ImageName other : names.subList(1, names.size())) {
        crane.copy(server.address(names.getFirst()), server.address(other));
      }
      String digest = crane.digest(server.address(names.getFirst()));
      StoredImage image = new StoredImage(names, digest, origin, refusal.isEmpty(), hash);
      store.put(image);
      return ImageOutcome.fresh(name, image);
    } catch (ClusterException e) {
      String why = String.valueOf(e.getMessage());
      return ImageOutcome.failed(
          name, settings.pull() ? refusal.map(r -> r + "; ").orElse("") + why : why);
    }
  }

  private Path build(ImageRecipe recipe, Path work) throws IOException {
    Path root = Files.createDirectories(work.resolve("root"));
    Path scratch = Files.createDirectories(work.resolve("scratch"));
    Map<String, String> environment = new HashMap<>(Machine.here().environment());
    environment.put("ROOT", root.toString());
    environment.put("WORK", scratch.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", Machine.here().path());
    String name = recipe.shownName().familiar();
    progress.accept(name + ": making it");
    Command.Result result =
        // The modes of the files in an image are no matter of who makes it.
        Command.of("sh", "-c", "umask 022; exec ./build")
            .in(recipe.folder())
            .withEnvironment(environment)
            .within(BUILDS_WITHIN)
            .telling(line -> progress.accept(name + ": making it  " + line))
            .result();
    if (!result.ok()) {
      List<String> lines = result.lines();
      throw new ClusterException(
          recipe.folder().resolve("build")
              + " ended with exit code "
              + result.exitCode()
              + ": "
              + String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - COMPLAINTS), lines.size())));
    }
    progress.accept(name + ": packing");
    return ImageArchive.pack(
        root, recipe.config(), Files.createDirectories(work.resolve("archive")));
  }

  private static String origin(Path work, ImageRecipe recipe) throws IOException {
    Path file = work.resolve("scratch/origin");
    return Files.exists(file)
        ? Files.readString(file).strip()
        : "the recipe " + recipe.folder().getFileName();
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private void deleteWork() throws IOException {
    try (Stream<Path> entries = Files.list(store.folder())) {
      for (Path entry : entries.toList()) {
        if (String.valueOf(entry.getFileName()).startsWith(WORK)) {
          delete(entry);
        }
      }
    }
  }

  /** By {@code rm}: images have files without write permission and odd names. */
  private static void delete(Path tree) {
    Command.of("rm", "-rf", "--one-file-system", tree.toString()).run();
  }
}
