package dev.shirube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing as users see it: through the launcher, on the project's own wiki. */
class PublishingIT {

  private static final int KILLS = 20;

  @TempDir Path folder = Path.of("unset");

  private String[] publish(String content, String target) {
    return new String[] {
      "publish",
      "--content=" + content,
      "--output=" + folder.resolve(target).resolve("site"),
      "--index=" + folder.resolve(target).resolve("index")
    };
  }

  @Test
  void twoBuildsAreByteIdentical() throws Exception {
    assertEquals(0, Launcher.run(publish("content", "first")).exitCode());
    assertEquals(0, Launcher.run(publish("content", "second")).exitCode());
    Map<String, String> first = checksums(folder.resolve("first"));
    assertTrue(first.size() > 60, "only " + first.size() + " files");
    assertEquals(first, checksums(folder.resolve("second")));
  }

  @Test
  void aBuildKilledAtRandomMomentsNeverLeavesABrokenSite() throws Exception {
    Path other = folder.resolve("other-content");
    WikiSite.copy(Path.of("content"), other);
    Path home = other.resolve("index.adoc");
    Files.writeString(home, Files.readString(home) + "\n\nAnother edition.\n");
    Launcher.Finished firstEdition = Launcher.run(publish("content", "a"));
    assertEquals(0, firstEdition.exitCode(), firstEdition.output());
    long start = System.nanoTime();
    Launcher.Finished secondEdition = Launcher.run(publish(other.toString(), "b"));
    assertEquals(0, secondEdition.exitCode(), secondEdition.output());
    long duration = System.nanoTime() - start;
    Map<String, String> first = checksums(folder.resolve("a/site"));
    Map<String, String> second = checksums(folder.resolve("b/site"));
    assertFalse(first.equals(second));

    Path site = folder.resolve("a/site");
    Random random = new Random(42);
    for (int i = 0; i < KILLS; i++) {
      // Half of the kills aim at the last tenth of the run, where files are written and moved.
      double share = i % 2 == 0 ? random.nextDouble() : 0.9 + 0.15 * random.nextDouble();
      Process process =
          Launcher.start(Map.of(), publish(i % 4 < 2 ? other.toString() : "content", "a"));
      process.waitFor((long) (duration * share), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      Map<String, String> now = checksums(site);
      assertTrue(now.equals(first) || now.equals(second), "broken after kill " + i);
    }

    assertEquals(0, Launcher.run(publish(other.toString(), "a")).exitCode());
    assertEquals(second, checksums(site));
    try (Stream<Path> left = Files.list(folder.resolve("a"))) {
      assertFalse(left.anyMatch(path -> path.toString().matches(".*\\.(new|old)")));
    }
  }

  @Test
  void aFailedCommandExitsWithItsCode() throws Exception {
    assertEquals(2, Launcher.run("publihs").exitCode());
    assertEquals(1, Launcher.run(publish("src/test/cases/no-content/content", "c")).exitCode());
    Launcher.Finished search = Launcher.run("search", "--index=" + folder.resolve("none"), "Pod");
    assertEquals(3, search.exitCode());
    assertTrue(search.output().contains("shirube build"), search.output());
  }

  private static Map<String, String> checksums(Path root)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        sums.put(root.relativize(file).toString(), HexFormat.of().formatHex(digest));
      }
    }
    sums.keySet().removeIf(name -> name.endsWith(".lock") && name.startsWith("."));
    return sums;
  }
}
