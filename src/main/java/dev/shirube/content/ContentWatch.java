package dev.shirube.content;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells which files of some folders were saved, made or removed, with all folders below them.
 *
 * <p>What has changed is found by comparing two looks at the folders; events of the file system
 * only say when to look. So nothing is lost where events are (a queue that runs over, a folder that
 * fills before it is watched, a folder that is renamed) or where none come (network mounts, too
 * many watches, a folder that is not there yet): then a change is seen within {@link #LOOK_EVERY}.
 * That is why no library for events is used here: it would leave the comparing to do, and on macOS
 * bring native code.
 *
 * <p>Changes that follow each other within {@link #QUIET} are told together: an editor that writes
 * by way of a second file and renames it has saved once. Left out are names that start with a dot
 * or a {@code #} and those that end with {@code ~}, which editors keep for themselves. Symbolic
 * links to folders are not followed: what they show of the watched folders is seen there.
 *
 * <p>It has no thread of its own, and is for one thread at a time.
 */
public final class ContentWatch implements AutoCloseable {

  /** How long nothing may change before a change is told. */
  public static final Duration QUIET = Duration.ofMillis(80);

  /** How often to look where no event comes; rarer where a look takes long. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** What never comes to rest (a log that grows) is told all the same. */
  private static final Duration LONGEST_UNREST = Duration.ofSeconds(2);

  /** The share of the time that looking may take: one in so many. */
  private static final int LOOKING_SHARE = 20;

  private final List<Path> folders;
  private final Optional<WatchService> events;
  private final Duration quiet;
  private final Duration lookEvery;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private Map<Path, Stamp> known = Map.of();
  private Duration look = Duration.ZERO;

  /**
   * What tells one state of a file from another.
   *
   * @param key the file behind the name, which another one can take the place of
   * @param link the same of the link, where the name is a symbolic one
   */
  private record Stamp(FileTime modified, long bytes, @Nullable Object key, Optional<Stamp> link) {}

  private ContentWatch(List<Path> folders, Duration quiet, Duration lookEvery) {
    this.folders = List.copyOf(folders);
    this.events = watchService(folders);
    this.quiet = quiet;
    this.lookEvery = lookEvery;
  }

  /**
   * Begins to watch: all that changes from now on will be told.
   *
   * @param folders need not be there yet
   */
  public static ContentWatch over(List<Path> folders) {
    return over(folders, QUIET, LOOK_EVERY);
  }

  /**
   * The same with another {@link #QUIET}.
   *
   * @param quiet shorter tells sooner, but may tell one save as two
   */
  public static ContentWatch over(List<Path> folders, Duration quiet) {
    return over(folders, quiet, LOOK_EVERY);
  }

  static ContentWatch over(List<Path> folders, Duration quiet, Duration lookEvery) {
    ContentWatch watch = new ContentWatch(folders, quiet, lookEvery);
    watch.known = watch.look();
    return watch;
  }

  /**
   * Waits until something has changed since the last time, and has then been quiet.
   *
   * @return the files, as paths below the folders as they were given; never empty
   * @throws InterruptedException when the thread is to stop waiting
   */
  public SortedSet<Path> await() throws InterruptedException {
    while (true) {
      Map<Path, Stamp> now = look();
      if (!now.equals(known)) {
        Map<Path, Stamp> last = known;
        known = settled(now);
        SortedSet<Path> changed = difference(last, known);
        if (!changed.isEmpty()) {
          return changed;
        }
      }
      awaitEvent();
    }
  }

  @Override
  public void close() {
    events.ifPresent(
        each -> {
          try {
            each.close();
          } catch (IOException e) {
            // Nothing is waiting for it.
          }
        });
  }

  private static Optional<WatchService> watchService(List<Path> folders) {
    try {
      return folders.isEmpty()
          ? Optional.empty()
          : Optional.of(folders.getFirst().getFileSystem().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // as many as the system allows are in use: looking will do
    }
  }

  private Map<Path, Stamp> settled(Map<Path, Stamp> first) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_UNREST.toNanos();
    Map<Path, Stamp> before = first;
    while (true) {
      TimeUnit.NANOSECONDS.sleep(quiet.toNanos());
      Map<Path, Stamp> now = look();
      if (now.equals(before) || System.nanoTime() > end) {
        return now;
      }
      before = now;
    }
  }

  private static SortedSet<Path> difference(Map<Path, Stamp> before, Map<Path, Stamp> now) {
    TreeSet<Path> changed = new TreeSet<>();
    before.forEach(
        (file, stamp) -> {
          if (!stamp.equals(now.get(file))) {
            changed.add(file);
          }
        });
    now.keySet().stream().filter(file -> !before.containsKey(file)).forEach(changed::add);
    return Collections.unmodifiableSortedSet(changed);
  }

  private void awaitEvent() throws InterruptedException {
    long nanos = Math.max(lookEvery.toNanos(), look.toNanos() * LOOKING_SHARE);
    if (events.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return;
    }
    try {
      WatchKey key = events.get().poll(nanos, TimeUnit.NANOSECONDS);
      while (key != null) {
        key.pollEvents();
        key.reset();
        key = events.get().poll();
      }
    } catch (ClosedWatchServiceException e) {
      throw closed(e);
    }
  }

  private static InterruptedException closed(ClosedWatchServiceException cause) {
    InterruptedException ended = new InterruptedException("the watch was closed");
    ended.initCause(cause);
    return ended;
  }

  /** All files as they are, and an eye on all folders. */
  private Map<Path, Stamp> look() {
    long start = System.nanoTime();
    Map<Path, Stamp> files = new HashMap<>();
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder.toRealPath(), new Look(folder, files));
      } catch (IOException e) {
        // Not there, or not any more.
      }
    }
    watched.values().removeIf(key -> !key.isValid());
    look = Duration.ofNanos(System.nanoTime() - start);
    return files;
  }

  private final class Look extends SimpleFileVisitor<Path> {
    private final Path shown;
    private final Map<Path, Stamp> files;
    private @Nullable Path root;

    /**
     * @param shown the folder as it was given, which may be a link
     */
    Look(Path shown, Map<Path, Stamp> files) {
      this.shown = shown;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (root == null) {
        root = folder;
      } else if (isEditors(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      watch(folder); // before its entries are read, so that none comes in between
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (root != null && !isEditors(file)) {
        files.put(shown.resolve(root.relativize(file)), stamp(file, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE; // gone since its folder was read, or not for us
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean isEditors(Path path) {
    String name = Objects.requireNonNull(path.getFileName()).toString();
    return name.startsWith(".") || name.startsWith("#") || name.endsWith("~");
  }

  private static Stamp stamp(Path file, BasicFileAttributes attributes) {
    Stamp own = stamp(attributes, Optional.empty());
    if (!attributes.isSymbolicLink()) {
      return own;
    }
    try {
      return stamp(Files.readAttributes(file, BasicFileAttributes.class), Optional.of(own));
    } catch (IOException e) {
      return own; // it leads nowhere at the moment
    }
  }

  private static Stamp stamp(BasicFileAttributes attributes, Optional<Stamp> link) {
    return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), link);
  }

  private void watch(Path folder) {
    if (events.isEmpty() || watched.containsKey(folder)) {
      return;
    }
    try {
      watched.put(
          folder,
          folder.register(
              events.get(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException e) {
      // Gone already, or too many are watched: what changes there is seen by looking.
    } catch (ClosedWatchServiceException e) {
      // The one who waits will hear of it.
    }
  }
}
