package dev.shirube.testcluster.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a {@code go.mod} for another version of Kubernetes.
 *
 * <p>{@code k8s.io/kubernetes} cannot be required as it is: its own {@code go.mod} replaces the
 * modules that are published from its folder {@code staging} by that folder, and replacements count
 * in the main module only. So the new file replaces each by its published version, which is {@code
 * v0.36.3} for Kubernetes 1.36.3.
 */
final class KubernetesModule {

  static final String PATH = "k8s.io/kubernetes";

  private static final String STAGING = "./staging/src/";

  /** The first whose {@code go} command knows {@code tool} directives. */
  private static final String OLDEST_GO = "1.24.0";

  private KubernetesModule() {}

  /** Where a cache keeps the module of a version that the definitions do not name. */
  static Path file(Path cache, String version) {
    return cache.resolve(ToolSet.folderName(version)).resolve("module").resolve("go.mod");
  }

  /**
   * The text of the file, before {@code go mod tidy}.
   *
   * @param version of Kubernetes, e.g. {@code 1.36.3}
   * @param upstream Kubernetes' own {@code go.mod} of that version
   * @param newest the definition, whose commands are wanted
   */
  static String text(String version, GoModule upstream, GoModule newest) {
    String staging = "v0." + version.substring(version.indexOf('.') + 1);
    String go =
        VersionNumbers.ORDER.compare(upstream.goVersion(), OLDEST_GO) < 0
            ? OLDEST_GO
            : upstream.goVersion();
    List<String> lines = new ArrayList<>();
    lines.add("module dev.shirube/kubernetes");
    lines.add("go " + go);
    upstream.godebug().forEach(setting -> lines.add("godebug " + setting));
    newest.tools().forEach(tool -> lines.add("tool " + tool));
    lines.add("require " + PATH + " v" + version);
    // The server that upstream tests with; its go.mod names the client of the same release.
    lines.add("require go.etcd.io/etcd/server/v3 " + upstream.version("go.etcd.io/etcd/client/v3"));
    upstream.replacements().entrySet().stream()
        .filter(replacement -> replacement.getValue().startsWith(STAGING))
        .map(java.util.Map.Entry::getKey)
        .sorted()
        .forEach(module -> lines.add("replace " + module + " => " + module + " " + staging));
    return String.join("\n", lines) + "\n";
  }
}
