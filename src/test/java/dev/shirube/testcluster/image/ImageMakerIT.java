package dev.shirube.testcluster.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.install.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images, made and pushed by the real crane and registry. */
class ImageMakerIT {

  private static final Path DEFINITIONS = Path.of("verify/cluster");
  private static final ImageName TINY = ImageName.parse("registry.invalid/team/tiny:1");
  private static final ImageName OTHER = ImageName.parse("tiny:latest");

  /** The root file system has what a careless packer would change from one time to the next. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      set -eu
      mkdir -p "$ROOT/b" "$ROOT/a"
      date +%N >"$WORK/scratch"
      echo text >"$ROOT/b/file"
      chmod 4755 "$ROOT/b/file"
      ln -s ../b/file "$ROOT/a/link"
      echo 'a few lines' >"$WORK/origin"
      """;

  private final Binaries binaries =
      Binaries.of(Binaries.defaultCache(), DEFINITIONS, Binaries.newest(DEFINITIONS));

  @TempDir Path folder = Path.of("unset");
  private Path recipes = Path.of("unset");

  @BeforeEach
  void writeRecipe() throws IOException {
    recipes = folder.resolve("レシピ with spaces");
    recipe("tiny", List.of(TINY, OTHER), SCRIPT);
  }

  private void recipe(String name, List<ImageName> names, String script) throws IOException {
    Path recipe = Files.createDirectories(recipes.resolve(name));
    Files.writeString(
        recipe.resolve("image.json"),
        "{\"names\": [\"%s\"], \"config\": {\"Cmd\": [\"/b/file\"], \"User\": \"1\"}}"
            .formatted(String.join("\", \"", names.stream().map(ImageName::toString).toList())));
    Files.setPosixFilePermissions(
        Files.writeString(recipe.resolve("build"), script),
        PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ImageMaker maker(ImageStore store, boolean pull) {
    return new ImageMaker(
        store, binaries, new ImageMaker.Settings(recipes, pull, false), what -> {});
  }

  private ImageStore store(String name) {
    return new ImageStore(folder.resolve(name));
  }

  @Test
  void aRecipeGivesTheSameImageEachTime() throws IOException {
    ImageOutcome one = maker(store("one"), false).makeAll().getFirst();
    assertTrue(one.fresh(), one.why());
    ImageOutcome two = maker(store("two"), false).makeAll().getFirst();
    StoredImage image = one.image().orElseThrow();
    assertEquals(image, two.image().orElseThrow());
    assertEquals(List.of(TINY, OTHER), image.names());
    assertEquals("made here of a few lines", image.description());
    assertTrue(image.digest().matches("sha256:[0-9a-f]{64}"), image.digest());
  }

  @Test
  void whatIsThereStaysUntilItsRecipeChanges() throws IOException {
    ImageStore store = store("store");
    StoredImage first = maker(store, false).makeAll().getFirst().image().orElseThrow();
    ImageOutcome again = maker(store, false).makeAll().getFirst();
    assertFalse(again.fresh());
    assertEquals(first, again.image().orElseThrow());
    recipe("tiny", List.of(TINY, OTHER), SCRIPT.replace("text", "another text"));
    ImageOutcome changed = maker(store, false).makeAll().getFirst();
    assertTrue(changed.fresh());
    assertNotEquals(first.digest(), changed.image().orElseThrow().digest());
    assertEquals(1, store.images().size());
  }

  @Test
  void anEmptiedStoreIsNoticed() throws IOException {
    ImageStore store = store("store");
    maker(store, false).makeAll();
    Command.of("rm", "-r", store.registry().toString()).run();
    assertEquals(List.of(), store.images());
    assertTrue(maker(store, false).makeAll().getFirst().fresh());
  }

  @Test
  void theLayerHasModesAndLinksAndIsAllRoots() throws IOException {
    ImageStore store = store("store");
    maker(store, false).makeAll();
    Path work = Files.createDirectories(folder.resolve("work"));
    try (StoreServer server = new StoreServer(binaries.path("registry"), store.registry(), work)) {
      Path tar = work.resolve("files.tar");
      Command.of(binaries.path("crane").toString(), "export", server.address(OTHER), tar.toString())
          .run();
      List<String> members =
          Command.of("tar", "--numeric-owner", "--full-time", "--utc", "-tvf", tar.toString())
              .result()
              .lines();
      assertTrue(
          members.stream()
              .anyMatch(line -> line.matches("-rwsr-xr-x 0/0 +5 1970-01-01 00:00:00 .*b/file")),
          members.toString());
      assertTrue(
          members.stream().anyMatch(line -> line.matches("l.* 0/0 .*a/link -> ../b/file")),
          members.toString());
      String config =
          Command.of(binaries.path("crane").toString(), "config", server.address(OTHER))
              .result()
              .output();
      assertTrue(config.contains("\"Cmd\":[\"/b/file\"]"), config);
    }
  }

  @Test
  void theRealImageIsPreferredWhereItsRegistryAnswers() throws IOException {
    ImageStore elsewhere = store("somebody's registry");
    maker(elsewhere, false).makeAll();
    Path work = Files.createDirectories(folder.resolve("work"));
    try (StoreServer theirs =
        new StoreServer(binaries.path("registry"), elsewhere.registry(), work)) {
      ImageName real = ImageName.parse(theirs.address(OTHER));
      recipe("tiny", List.of(real), SCRIPT.replace("text", "not the real one"));
      ImageStore store = store("store");
      ImageOutcome outcome = maker(store, true).makeAll().getFirst();
      StoredImage image = outcome.image().orElseThrow(() -> new AssertionError(outcome.why()));
      assertTrue(image.real());
      assertEquals("the real image from " + real.registry(), image.description());
      assertEquals(elsewhere.images().getFirst().digest(), image.digest());
      ImageName missing = ImageName.parse(theirs.address(ImageName.parse("missing:1")));
      String why = maker(store, true).make(List.of(missing)).getFirst().why();
      assertTrue(why.startsWith(real.registry() + " refused it: "), why);
      assertTrue(why.endsWith(", and no recipe makes it"), why);
    }
  }

  @Test
  void anUnreachableRegistryIsNoHindranceToARecipe() {
    ImageOutcome outcome = maker(store("store"), true).makeAll().getFirst();
    assertFalse(outcome.image().orElseThrow(() -> new AssertionError(outcome.why())).real());
    ImageName unknown = ImageName.parse("registry.invalid/unknown:1");
    assertEquals(
        "registry.invalid cannot be reached, and no recipe makes it",
        maker(store("store"), true).make(List.of(unknown)).getFirst().why());
  }

  @Test
  void aFailingRecipeSaysWhyAndLeavesTheOthersAlone() throws IOException {
    recipe(
        "a-failing", List.of(ImageName.parse("failing:1")), "#!/bin/sh\necho no paint\nexit 7\n");
    ImageStore store = store("store");
    List<ImageOutcome> outcomes = maker(store, false).makeAll();
    assertEquals(
        recipes.resolve("a-failing/build") + " ended with exit code 7: no paint",
        outcomes.getFirst().why());
    assertTrue(outcomes.getLast().fresh());
    assertEquals(1, store.images().size());
    try (Stream<Path> left = Files.list(store.folder())) {
      assertEquals(
          List.of("images", "install.lock", "registry"),
          left.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  @Test
  void aBrokenDescriptionIsNamed() throws IOException {
    Path file = Files.writeString(recipes.resolve("tiny/image.json"), "{\"names\": [");
    ClusterException broken =
        assertThrows(ClusterException.class, () -> maker(store("store"), false));
    assertTrue(
        String.valueOf(broken.getMessage()).startsWith(file + " is no JSON\n  why: "),
        broken.getMessage());
    Files.writeString(file, "{}");
    assertEquals(
        file + " has no \"names\"\n  why: an image is pulled by its name",
        assertThrows(ClusterException.class, () -> maker(store("store"), false)).getMessage());
    Files.delete(recipes.resolve("tiny/build"));
    assertEquals(
        recipes.resolve("tiny")
            + " has no script \"build\" that can be executed"
            + "\n  why: it fills $ROOT with the files of the image",
        assertThrows(ClusterException.class, () -> maker(store("store"), false)).getMessage());
  }
}
