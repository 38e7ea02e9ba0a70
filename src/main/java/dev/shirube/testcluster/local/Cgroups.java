package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cgroup folders of the nodes' Pods, in each hierarchy of version 1 or in the one of version 2.
 */
final class Cgroups {

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** What the kubelet wants of cgroup version 2. */
  private static final List<String> CONTROLLERS =
      List.of("cpuset", "cpu", "memory", "hugetlb", "pids");

  private final String prefix;
  private final List<Path> hierarchies;

  /**
   * @param id of the cluster
   */
  Cgroups(String id) {
    prefix = "shirube-" + id + "-";
    hierarchies = hierarchies();
  }

  /** The name of a node's folder. */
  String folder(String node) {
    return prefix + node;
  }

  void create(String node) {
    for (Path hierarchy : hierarchies) {
      try {
        if (Files.exists(hierarchy.resolve("cgroup.controllers"))) {
          enableControllers(hierarchy);
        }
        Path folder = hierarchy.resolve(folder(node));
        Files.createDirectories(folder);
        for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
          // In version 1 a new folder has no CPU at all.
          if (!Files.exists(hierarchy.resolve("cgroup.controllers"))
              && Files.exists(folder.resolve(file))) {
            Files.writeString(folder.resolve(file), Files.readString(hierarchy.resolve(file)));
          }
        }
      } catch (IOException e) {
        throw new ClusterException("cannot make a cgroup in " + hierarchy + ": " + e, e);
      }
    }
  }

  private static void enableControllers(Path hierarchy) throws IOException {
    List<String> there =
        Arrays.asList(Files.readString(hierarchy.resolve("cgroup.controllers")).strip().split(" "));
    String wanted =
        CONTROLLERS.stream()
            .filter(there::contains)
            .map(controller -> "+" + controller)
            .collect(Collectors.joining(" "));
    if (wanted.isEmpty()) {
      return;
    }
    try {
      Files.writeString(hierarchy.resolve("cgroup.subtree_control"), wanted);
    } catch (IOException e) {
      throw new ClusterException(
          "the controllers of "
              + hierarchy
              + " cannot be handed down: "
              + e.getMessage()
              + "\n  why: only the machine's own root may have processes beside children that have"
              + " controllers; within a container this is the container's cgroup"
              + "\n  fix: start the container with --cgroupns=host",
          e);
    }
  }

  /** Removes the folders of all nodes, once their processes are gone. */
  void remove() {
    removeAll(name -> name.startsWith(prefix));
  }

  /** Removes a node's folders, once its processes are gone. */
  void remove(String node) {
    removeAll(folder(node)::equals);
  }

  private void removeAll(Predicate<String> condition) {
    Pause pause = new Pause(DEADLINE);
    while (!folders(condition).isEmpty()) {
      folders(condition).forEach(Cgroups::removeTree);
      if (!folders(condition).isEmpty() && !pause.next()) {
        throw new ClusterException("these cgroups have processes still: " + folders(condition));
      }
    }
  }

  private List<Path> folders(Predicate<String> condition) {
    return hierarchies.stream().flatMap(hierarchy -> list(hierarchy, condition).stream()).toList();
  }

  private static List<Path> list(Path hierarchy, Predicate<String> condition) {
    try (Stream<Path> entries = Files.list(hierarchy)) {
      return entries.filter(entry -> condition.test(String.valueOf(entry.getFileName()))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + hierarchy + ": " + e, e);
    }
  }

  /** Deepest first; what has processes still stays. */
  private static void removeTree(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(
                Path each, @org.jspecify.annotations.Nullable IOException failure) {
              // The kernel removes the files of a cgroup with its folder.
              each.toFile().delete();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder + ": " + e, e);
    }
  }

  private static List<Path> hierarchies() {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      return mounts
          .map(line -> line.split(" "))
          .filter(fields -> fields[2].equals("cgroup") || fields[2].equals("cgroup2"))
          .map(fields -> Path.of(fields[1]))
          .filter(Files::isWritable)
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/mounts: " + e, e);
    }
  }
}
