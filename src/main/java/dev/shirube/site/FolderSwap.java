package dev.shirube.site;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Puts a folder in the place of another, so that whoever looks finds one or the other, whole.
 *
 * <p>Java can only rename onto what is not there. Linux and macOS can exchange two folders in one
 * step, which <a href="https://man7.org/linux/man-pages/man2/rename.2.html">renameat2</a> and
 * renamex_np offer; the JNR that comes with JRuby calls them. Where that does not work, two renames
 * follow one another.
 */
final class FolderSwap {

  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;
  private static final int RENAME_SWAP = 2;

  private FolderSwap() {}

  /** The calls, by the names they have in the C library. */
  public interface CLibrary {
    int renameat2(int oldDirectory, String oldPath, int newDirectory, String newPath, int flags);

    int renamex_np(String from, String to, int flags);
  }

  /**
   * Moves {@code fresh} to {@code place}; what was there before is at {@code old} afterwards, if
   * anything was.
   */
  static void swap(Path fresh, Path place, Path old) throws IOException {
    if (!Files.exists(place)) {
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    if (exchange(fresh, place)) {
      Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(old, place);
      throw e;
    }
  }

  private static boolean exchange(Path a, Path b) {
    Platform.OS os = Platform.getNativePlatform().getOS();
    try {
      @Nullable CLibrary library =
          switch (os) {
            case LINUX, DARWIN -> LibraryLoader.create(CLibrary.class).load("c");
            default -> null;
          };
      if (library == null) {
        return false;
      }
      return (os == Platform.OS.LINUX
              ? library.renameat2(AT_FDCWD, a.toString(), AT_FDCWD, b.toString(), RENAME_EXCHANGE)
              : library.renamex_np(a.toString(), b.toString(), RENAME_SWAP))
          == 0;
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      return false; // an old C library, or a processor that JNR does not know
    }
  }
}
