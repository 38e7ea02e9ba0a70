package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command in the cache is missing or not what it was. */
class BrokenCommandIT {

  /** Where an ELF file names its processor; 8 is MIPS. */
  private static final int ELF_PROCESSOR = 18;

  private static final byte MIPS = 8;

  @TempDir Path folder = Path.of("unset");

  /** What happened to it, with its size and time as they were where that is possible. */
  enum Damage {
    MISSING {
      @Override
      void to(Path command) throws IOException {
        Files.delete(command);
      }
    },
    TRUNCATED {
      @Override
      void to(Path command) throws IOException {
        try (FileChannel channel = FileChannel.open(command, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() / 2);
        }
      }
    },
    NOT_EXECUTABLE {
      @Override
      void to(Path command) throws IOException {
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rw-r--r--"));
      }
    },
    OF_ANOTHER_PROCESSOR {
      @Override
      void to(Path command) throws IOException {
        byte[] bytes = Files.readAllBytes(command);
        bytes[ELF_PROCESSOR] = MIPS;
        Files.write(command, bytes);
      }
    };

    abstract void to(Path command) throws IOException;
  }

  private Binaries damaged(String command, DamageDone damage) throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    Path cache = folder.resolve("cache");
    ClusterUnderTest.copyApiServerCommands(cache);
    Binaries binaries =
        Binaries.of(cache, ClusterUnderTest.DEFINITIONS, ClusterUnderTest.BINARIES.kubernetes());
    // What is in the cache so far may be the very file that everybody else uses.
    Path file = binaries.path(command);
    Path original = ClusterUnderTest.BINARIES.path(command);
    Files.delete(file);
    Files.copy(original, file, StandardCopyOption.COPY_ATTRIBUTES);
    assertEquals(java.util.List.of(), binaries.missing(Tier.APISERVER));
    FileTime time = Files.getLastModifiedTime(file);
    damage.to(file);
    if (Files.exists(file)) {
      Files.setLastModifiedTime(file, time);
    }
    return binaries;
  }

  private interface DamageDone {
    void to(Path command) throws IOException;
  }

  private String failure(Binaries binaries) {
    return String.valueOf(
        assertThrows(
                ClusterException.class,
                () ->
                    ClusterStart.start(
                        new RunFolder(folder.resolve("run")),
                        new ClusterStart.Settings("broken", Tier.APISERVER, 1),
                        binaries,
                        step -> {}))
            .getMessage());
  }

  @AfterEach
  void endWhatIsLeft() {
    ClusterUnderTest.endAllBelow(folder);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aCommandThatCannotRunIsNamedAtOnce(Damage damage) throws IOException {
    String message = failure(damaged("kube-controller-manager", damage::to));
    assertEquals(
        "these commands of Kubernetes "
            + ClusterUnderTest.BINARIES.kubernetes()
            + " are not installed, not whole or not for this machine: kube-controller-manager\n"
            + "  fix: shirube cluster install --kubernetes "
            + ClusterUnderTest.BINARIES.kubernetes(),
        message);
  }

  /** Nobody reads all of every command before each start. */
  @Test
  void aCommandOfWhichOnlyTheContentsChangedIsNamedWhenItFails() throws IOException {
    MachineTraces before = MachineTraces.now(folder);
    Binaries binaries =
        damaged(
            "etcd",
            file -> {
              byte[] script =
                  "#!/bin/sh\necho nonsense\nexit 7\n#".getBytes(StandardCharsets.US_ASCII);
              Files.write(file, Arrays.copyOf(script, (int) Files.size(file)));
            });
    assertEquals(java.util.List.of(), binaries.missing(Tier.APISERVER));
    String message = failure(binaries);
    assertTrue(
        message.startsWith(
            "the cluster did not start: etcd on control-plane ended with exit code 7;"
                + " its last log lines:\n    nonsense\n"),
        message);
    assertTrue(
        message.contains(
            "\n  why: "
                + binaries.path("etcd")
                + " is not what was installed: its SHA-256 is another\n  fix: delete it, then: "),
        message);
    assertEquals(before, MachineTraces.now(folder));
  }
}
