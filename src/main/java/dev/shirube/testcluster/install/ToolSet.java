package dev.shirube.testcluster.install;

import dev.shirube.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The commands of one {@code go.mod} file, how they are built, and their folder in the cache.
 *
 * @param name the folder of the definition: {@code kubernetes}, {@code node} or {@code storage}
 * @param module the definition
 * @param folder holds {@code bin} and the inventory of it
 */
record ToolSet(String name, GoModule module, Path folder) {

  private static final String KUBERNETES = "kubernetes";
  private static final int HASH_DIGITS = 12;

  /** Kubernetes' own commands: in a folder for each version. */
  static ToolSet kubernetes(GoModule module, Path cache, String version) {
    return new ToolSet(KUBERNETES, module, cache.resolve(folderName(version)));
  }

  static String folderName(String version) {
    return KUBERNETES + "-" + version;
  }

  /** Commands that come with any Kubernetes: in a folder for each state of their definition. */
  static ToolSet besides(String name, GoModule module, Path cache) {
    String hash = Sha256.of(bytes(module.file())).substring(0, HASH_DIGITS);
    return new ToolSet(name, module, cache.resolve(name + "-" + hash));
  }

  List<Tool> tools() {
    return module.tools().stream()
        .map(path -> new Tool(path, module.versionOf(path).substring(1)))
        .toList();
  }

  Path bin() {
    return folder.resolve("bin");
  }

  Inventory inventory() {
    return Inventory.read(folder, recipe());
  }

  /** What Go's environment must hold. */
  Map<String, String> environment() {
    // Only runc needs C; with one setting for the whole set its parts are compiled once.
    return Map.of("CGO_ENABLED", name.equals("node") ? "1" : "0");
  }

  /**
   * The flags for {@code go build}. Upstream's build scripts stamp versions, which go into what the
   * commands say of themselves, and for Kubernetes into what client and server make of each other.
   */
  List<String> flags() {
    List<String> link = new ArrayList<>(List.of("-s", "-w"));
    List<String> flags = new ArrayList<>(List.of("-mod=readonly", "-trimpath"));
    switch (name) {
      case KUBERNETES -> link.addAll(kubernetesStamps());
      case "node" -> {
        flags.add("-tags=netgo,osusergo,seccomp,no_btrfs,no_devmapper,no_zfs");
        link.addAll(List.of("-extldflags", "-static"));
        stamp(
            link,
            "github.com/containernetworking/plugins/pkg/utils/buildversion.BuildVersion",
            module.version("github.com/containernetworking/plugins"));
        stamp(
            link,
            "github.com/google/go-containerregistry/cmd/crane/cmd.Version",
            module.version("github.com/google/go-containerregistry"));
      }
      case "storage" ->
          stamp(link, "main.VERSION", module.version("github.com/rancher/local-path-provisioner"));
      default -> throw new IllegalStateException("no recipe for " + name);
    }
    flags.add("-ldflags=" + String.join(" ", link));
    return flags;
  }

  private List<String> kubernetesStamps() {
    String version = module.version(KubernetesModule.PATH);
    String[] numbers = version.substring(1).split("\\.");
    List<String> stamps = new ArrayList<>();
    for (String packagePath :
        List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")) {
      stamp(stamps, packagePath + ".gitVersion", version);
      stamp(stamps, packagePath + ".gitMajor", numbers[0]);
      stamp(stamps, packagePath + ".gitMinor", numbers[1]);
      stamp(stamps, packagePath + ".gitTreeState", "clean");
    }
    return stamps;
  }

  private static void stamp(List<String> link, String variable, String value) {
    link.addAll(List.of("-X", variable + "=" + value));
  }

  /** A hash over all that a command is made from. */
  private String recipe() {
    return Sha256.of(
        (new String(bytes(module.file()), StandardCharsets.UTF_8) + flags() + environment())
            .getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
