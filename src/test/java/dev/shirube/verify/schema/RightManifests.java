package dev.shirube.verify.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Manifests that every supported version of Kubernetes takes, with the fields that people use. */
final class RightManifests {

  static final Path FOLDER = Path.of("src/test/resources/dev/shirube/verify/schema/right");

  /** One document of a file. */
  record Manifest(String name, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  private RightManifests() {}

  static List<Manifest> all() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        int number = 0;
        for (String text : Files.readString(file).split("(?m)^---\n")) {
          manifests.add(new Manifest(file.getFileName() + "#" + ++number, text));
        }
      }
    }
    return manifests;
  }
}
