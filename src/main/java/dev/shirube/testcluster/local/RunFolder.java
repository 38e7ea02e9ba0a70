package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder of one cluster: everything that it writes.
 *
 * <pre>
 * cluster.properties        what was started
 * provider.properties       instead: whose cluster it is, where it is not of this machine's processes
 * kubeconfig                for people and programs
 * hosts/NAME/               the folder of each host: parts, certificates, data
 * logs/NAME/PART.log        of the last run, once it ended
 * lock                      held by the command that works on the cluster
 * </pre>
 */
public final class RunFolder {

  private final Path folder;

  public RunFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * The folder of a cluster for which none is named: in {@code $XDG_STATE_HOME}, else in {@code
   * ~/.local/state}.
   */
  public static RunFolder ofName(String name) {
    String xdg = System.getenv("XDG_STATE_HOME");
    Path states =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(xdg);
    return new RunFolder(states.resolve("shirube").resolve("clusters").resolve(name));
  }

  public Path path() {
    return folder;
  }

  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** For the owner alone: it holds credentials. */
  public void writeKubeconfig(String text) {
    try {
      Files.writeString(kubeconfig(), text);
      Files.setPosixFilePermissions(kubeconfig(), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + kubeconfig() + ": " + e, e);
    }
  }

  public String readKubeconfig() {
    try {
      return Files.readString(kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + kubeconfig() + ": " + e, e);
    }
  }

  /** The logs of the last run, once it ended. */
  public Path logs() {
    return folder.resolve("logs");
  }

  HostFolder host(String name) {
    return new HostFolder(folder.resolve("hosts").resolve(name));
  }

  Optional<ClusterState> state() {
    return ClusterState.read(stateFile());
  }

  void save(ClusterState state) {
    state.write(stateFile());
  }

  private Path lockFile() {
    return folder.resolve("lock");
  }

  private Path stateFile() {
    return folder.resolve("cluster.properties");
  }

  /** Says whose cluster it is, where it is not one of this machine's processes. */
  public Path attachment() {
    return folder.resolve("provider.properties");
  }

  /** Whether a cluster is here, in whatever state; ask while it is {@link #locked}. */
  public boolean isTaken() {
    return Files.exists(stateFile()) || Files.exists(attachment());
  }

  /** Whether a cluster was ever started here. */
  public boolean exists() {
    return Files.exists(lockFile());
  }

  /** Makes the folder, for its owner alone: it holds private keys. */
  public void create() {
    try {
      if (Files.isDirectory(folder) && !list(folder).isEmpty()) {
        if (!Files.exists(lockFile())) {
          throw new ClusterException(
              folder + " holds something else; a cluster needs a folder of its own");
        }
        return;
      }
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the run folder " + folder + ": " + e, e);
    }
  }

  /** Does something while no other command works on the cluster; {@link #create()} comes first. */
  public <T> T locked(Supplier<T> action) {
    Path file = lockFile();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("the lock is not valid");
      }
      return action.get();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file + ": " + e, e);
    } catch (OverlappingFileLockException e) {
      throw new ClusterException("this process works on " + folder + " already", e);
    }
  }

  /** Removes the hosts of a cluster whose processes are gone, but for their logs. */
  void removeHosts() {
    try {
      remove(logs());
      Path hosts = folder.resolve("hosts");
      if (Files.isDirectory(hosts)) {
        for (Path host : list(hosts)) {
          Path hostLogs = host.resolve("logs");
          if (Files.isDirectory(hostLogs)) {
            Files.createDirectories(logs());
            Files.move(
                hostLogs,
                logs().resolve(String.valueOf(host.getFileName())),
                StandardCopyOption.ATOMIC_MOVE);
          }
        }
        remove(hosts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + folder + ": " + e, e);
    }
  }

  /** Forgets the cluster, once nothing is left of it. */
  public void forget() {
    try {
      Files.deleteIfExists(kubeconfig());
      Files.deleteIfExists(attachment());
      Files.deleteIfExists(stateFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + folder + ": " + e, e);
    }
  }

  /** By {@code rm}: containers leave names of files that are no text in any character set. */
  private static void remove(Path tree) {
    if (Files.exists(tree)) {
      Command.of("rm", "-rf", "--one-file-system", tree.toString()).run();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
