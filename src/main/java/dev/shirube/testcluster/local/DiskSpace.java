package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The room on the disk of a run folder. Where it is used up, programs die and can rarely say why:
 * their logs lie there too.
 */
final class DiskSpace {

  private static final long MIB = 1024 * 1024;

  private DiskSpace() {}

  /** Refuses a disk with less room than a cluster takes. */
  static void require(Path folder, int mib) {
    Path place = existing(folder);
    try {
      FileStore disk = Files.getFileStore(place);
      if (disk.getUsableSpace() < mib * MIB) {
        throw new ClusterException(
            "the disk is too full for a cluster: "
                + room(disk)
                + " at "
                + place
                + ", and one takes "
                + mib
                + " MiB and more"
                + fix());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the disk of " + place + ": " + e, e);
    }
  }

  /**
   * Two lines that say that the disk is full; nothing where it is not.
   *
   * @param said by what failed
   */
  static String whyFull(Path folder, String said) {
    Path place = existing(folder);
    try {
      FileStore disk = Files.getFileStore(place);
      // What failed for want of room may have given back what it had.
      return said.toLowerCase(Locale.ROOT).contains("no space left on device")
              || disk.getUsableSpace() < MIB
          ? "\n  why: the disk is full: " + room(disk) + " at " + place + fix()
          : "";
    } catch (IOException e) {
      return ""; // there are worse troubles with it, and what failed has told of them
    }
  }

  private static String room(FileStore disk) throws IOException {
    return disk.getUsableSpace() / MIB + " of " + disk.getTotalSpace() / MIB + " MiB are free";
  }

  private static String fix() {
    return "\n  fix: make room there, or name a run folder on another disk by --run";
  }

  private static Path existing(Path folder) {
    Path place = folder.toAbsolutePath();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }
}
