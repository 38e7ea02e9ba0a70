package dev.shirube.testcluster.image;

import dev.shirube.model.Sha256;
import dev.shirube.testcluster.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Packs a root file system into an archive as {@code docker save} writes it: <a
 * href="https://github.com/moby/moby/blob/master/image/spec/v1.2.md">image specification 1.2</a>.
 * The same files give the same bytes.
 */
final class ImageArchive {

  private ImageArchive() {}

  /**
   * Writes {@code image.tar}.
   *
   * @param root the files; all will be root's, with their modes and the time 0
   * @param config what a container of it is started with
   * @param work an empty folder
   */
  static Path pack(Path root, JsonNode config, Path work) throws IOException {
    Path layer = work.resolve("layer.tar");
    tar(layer, root, List.of("."));
    ObjectNode image = JsonNodeFactory.instance.objectNode();
    image.put("architecture", Crane.architecture());
    image.put("os", "linux");
    image.put("created", "1970-01-01T00:00:00Z");
    image.set("config", config.isObject() ? config : JsonNodeFactory.instance.objectNode());
    ObjectNode rootfs = image.putObject("rootfs");
    rootfs.put("type", "layers");
    rootfs.putArray("diff_ids").add("sha256:" + Sha256.of(layer));
    JsonMapper json = JsonMapper.shared();
    Files.writeString(work.resolve("config.json"), json.writeValueAsString(image));
    Files.writeString(
        work.resolve("manifest.json"),
        json.writeValueAsString(
            List.of(Map.of("Config", "config.json", "Layers", List.of("layer.tar")))));
    Path archive = work.resolve("image.tar");
    tar(archive, work, List.of("manifest.json", "config.json", "layer.tar"));
    Files.delete(layer);
    return archive;
  }

  private static void tar(Path archive, Path folder, List<String> members) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "tar",
                "--create",
                "--file=" + archive,
                "--directory=" + folder,
                "--format=gnu",
                "--sort=name",
                "--mtime=@0",
                "--owner=0",
                "--group=0",
                "--numeric-owner"));
    command.addAll(members);
    Command.of(command).run();
  }
}
