package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.install.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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
  private final Runnable waiting;

  public RunFolder(Path folder) {
    this(folder, () -> {});
  }

  private RunFolder(Path folder, Runnable waiting) {
    this.folder = folder.toAbsolutePath().normalize();
    this.waiting = waiting;
  }

  /**
   * The same folder.
   *
   * @param waiting runs once whenever another command works on the cluster, and has to be waited
   *     for
   */
  public RunFolder telling(Runnable waiting) {
    return new RunFolder(folder, waiting);
  }

  /**
   * The folder of a cluster for which none is named: in {@code $XDG_STATE_HOME}, else in {@code
   * ~/.local/state}.
   */
  public static RunFolder ofName(String name) {
    String xdg = System.getenv("XDG_STATE_HOME");
    Path states =
        xdg == null || xdg.isBlank()
            ? Machine.home().resolve(".local").resolve("state")
            : Path.of(xdg);
    return new RunFolder(states.resolve("shirube").resolve("clusters").resolve(name));
  }

  /**
   * Those of all clusters of which a process runs that this user may look at, also where the folder
   * itself was deleted.
   */
  public static List<RunFolder> ofRunningClusters() {
    return ClusterProcesses.runFolders().stream().map(RunFolder::new).toList();
  }

  public Path path() {
    return folder;
  }

  /** The path as a URL, which has the same bytes in every character set. */
  String address() {
    String address = folder.toUri().toString();
    // It ends with a slash while the folder is there.
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
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
    return new HostFolder(hosts().resolve(name));
  }

  Optional<ClusterState> state() {
    return ClusterState.read(stateFile());
  }

  /** Whether it was deleted and holds another cluster now. */
  boolean tellsOfAnother(String nonce) {
    try {
      return state().stream().anyMatch(state -> !state.nonce().equals(nonce));
    } catch (ClusterException e) {
      return false; // it is damaged, and tells of nothing
    }
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

  /** Whether a cluster was ever started here, and the folder not deleted since. */
  public boolean exists() {
    return Files.exists(lockFile()) || Files.exists(stateFile());
  }

  /** Makes the folder, for its owner alone: it holds private keys. */
  public void create() {
    try {
      if (Files.isDirectory(folder) && !list(folder).isEmpty()) {
        if (!exists()) {
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
        FileLock lock = lock(channel)) {
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

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    waiting.run();
    return channel.lock();
  }

  /** Whether a host has a folder here. */
  boolean hasHosts() {
    return Files.exists(hosts());
  }

  private Path hosts() {
    return folder.resolve("hosts");
  }

  /** Removes all files of a cluster whose processes are gone, but for its logs. */
  void clear() {
    removeHosts();
    forget();
  }

  private void removeHosts() {
    try {
      remove(List.of(logs()));
      if (hasHosts()) {
        for (Path host : list(hosts())) {
          // First what takes the room: on a full disk not even a folder for the logs can be made.
          remove(list(host).stream().filter(entry -> !entry.endsWith("logs")).toList());
          Path hostLogs = host.resolve("logs");
          if (Files.isDirectory(hostLogs)) {
            Files.createDirectories(logs());
            Files.move(
                hostLogs,
                logs().resolve(String.valueOf(host.getFileName())),
                StandardCopyOption.ATOMIC_MOVE);
          }
        }
        remove(List.of(hosts()));
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
      Files.deleteIfExists(ClusterState.unfinished(stateFile()));
      Files.deleteIfExists(stateFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + folder + ": " + e, e);
    }
  }

  /** By {@code rm}: containers leave names of files that are no text in any character set. */
  private static void remove(List<Path> trees) {
    List<String> there =
        trees.stream()
            .filter(tree -> Files.exists(tree, LinkOption.NOFOLLOW_LINKS))
            .map(Path::toString)
            .toList();
    if (!there.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("rm", "-rf", "--one-file-system"));
      command.addAll(there);
      Command.of(command).run();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
