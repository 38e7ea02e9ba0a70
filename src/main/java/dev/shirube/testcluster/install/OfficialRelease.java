package dev.shirube.testcluster.install;

import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file of an official release for Linux that holds a command, alone or with others.
 *
 * @param file the command itself, or an archive (tar, compressed by gzip)
 * @param checksums a text with its SHA-256, and maybe those of other files
 * @param archiveFolder where the command lies in the archive, with a slash behind it unless it is
 *     the top; empty where the file is the command
 */
record OfficialRelease(URI file, URI checksums, Optional<String> archiveFolder) {

  private static final String KUBERNETES = "https://dl.k8s.io/release/";
  private static final String GITHUB = "https://github.com/";

  /**
   * What releases call a processor; empty where there are none for it.
   *
   * @param machine what Java calls it: its property {@code os.arch}
   */
  static Optional<String> architecture(String machine) {
    return switch (machine) {
      case "amd64", "x86_64" -> Optional.of("amd64");
      case "aarch64", "arm64" -> Optional.of("arm64");
      default -> Optional.empty();
    };
  }

  /**
   * The release that has a command; empty where its project publishes sources only.
   *
   * @param architecture {@code amd64} or {@code arm64}
   */
  static Optional<OfficialRelease> of(Tool tool, String architecture) {
    String path = tool.packagePath();
    String version = tool.version();
    String platform = "linux-" + architecture;
    if (path.startsWith("k8s.io/kubernetes/cmd/")) {
      String file = "v" + version + "/bin/linux/" + architecture + "/" + tool.command();
      return Optional.of(command(KUBERNETES + file, file(KUBERNETES + file + ".sha256")));
    }
    if (path.startsWith("go.etcd.io/etcd/server")) {
      String name = "etcd-v" + version + "-" + platform;
      String release = github("etcd-io/etcd", version);
      return Optional.of(archive(release + name + ".tar.gz", release + "SHA256SUMS", name + "/"));
    }
    if (path.startsWith("github.com/containerd/containerd/")) {
      // Those that are not static want a C library as new as that of their builder.
      String file =
          github("containerd/containerd", version)
              + ("containerd-static-" + version + "-" + platform + ".tar.gz");
      return Optional.of(archive(file, file + ".sha256sum", "bin/"));
    }
    if (path.startsWith("github.com/opencontainers/runc")) {
      String release = github("opencontainers/runc", version);
      return Optional.of(
          command(release + "runc." + architecture, file(release + "runc.sha256sum")));
    }
    if (path.startsWith("github.com/containernetworking/plugins/")) {
      String file =
          github("containernetworking/plugins", version)
              + ("cni-plugins-" + platform + "-v" + version + ".tgz");
      return Optional.of(archive(file, file + ".sha256", ""));
    }
    if (path.startsWith("github.com/coredns/coredns")) {
      String file =
          github("coredns/coredns", version)
              + ("coredns_" + version + "_linux_" + architecture + ".tgz");
      return Optional.of(archive(file, file + ".sha256", ""));
    }
    if (path.startsWith("github.com/distribution/distribution/")) {
      String file =
          github("distribution/distribution", version)
              + ("registry_" + version + "_linux_" + architecture + ".tar.gz");
      return Optional.of(archive(file, file + ".sha256", ""));
    }
    if (path.startsWith("github.com/google/go-containerregistry/")) {
      String release = github("google/go-containerregistry", version);
      String processor = architecture.equals("amd64") ? "x86_64" : architecture;
      return Optional.of(
          archive(
              release + "go-containerregistry_Linux_" + processor + ".tar.gz",
              release + "checksums.txt",
              ""));
    }
    return Optional.empty();
  }

  /** A text with the newest release of a minor version, e.g. {@code v1.36.3}. */
  static URI newestKubernetes(String minor) {
    return file(KUBERNETES + "stable-" + minor + ".txt");
  }

  /** Kubernetes' own {@code go.mod}. */
  static URI kubernetesModule(String version) {
    return file(GITHUB + "kubernetes/kubernetes/raw/v" + version + "/go.mod");
  }

  private static String github(String project, String version) {
    return GITHUB + project + "/releases/download/v" + version + "/";
  }

  private static URI file(String address) {
    return URI.create(address);
  }

  private static OfficialRelease command(String file, URI checksums) {
    return new OfficialRelease(file(file), checksums, Optional.empty());
  }

  private static OfficialRelease archive(String file, String checksums, String folder) {
    return new OfficialRelease(file(file), file(checksums), Optional.of(folder));
  }

  /** The name of the file, as its checksum is listed under. */
  String name() {
    String path = file.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The SHA-256 of the file: either alone in the text, or in a line before its name as {@code
   * sha256sum} writes it. There may be a folder before the name, and a signature around the lines.
   *
   * @param text what {@link #checksums()} holds
   */
  Optional<String> sha256(String text) {
    if (text.strip().matches("[0-9a-fA-F]{64}")) {
      return Optional.of(text.strip().toLowerCase(java.util.Locale.ROOT));
    }
    Predicate<String[]> isOfThisFile =
        words ->
            words.length == 2
                && words[0].matches("[0-9a-fA-F]{64}")
                && words[1].replaceFirst("^\\*", "").replaceFirst(".*/", "").equals(name());
    return text.lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(isOfThisFile)
        .map(words -> words[0].toLowerCase(java.util.Locale.ROOT))
        .findFirst();
  }
}
