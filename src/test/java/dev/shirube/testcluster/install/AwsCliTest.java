package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCliTest {

  @TempDir Path folder = Path.of("unset");

  private Path aws(String place, String version) throws IOException {
    Path file = Files.createDirectories(folder.resolve(place)).resolve("aws");
    Files.writeString(
        file, "#!/bin/sh\necho 'aws-cli/" + version + " Python/3.11.2 Linux/6.1 source/x86_64'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toRealPath();
  }

  private Optional<Path> find() {
    return new AwsCli(
            new Machine(Map.of("PATH", folder.resolve("a") + ":" + folder.resolve("b")), List.of()))
        .find();
  }

  @Test
  void theFirstThatIsNewEnoughIsTaken() throws IOException {
    assertEquals(Optional.empty(), find());
    aws("a", "1.45.11");
    assertEquals(Optional.empty(), find());
    aws("a", "2.9.19");
    assertEquals(Optional.empty(), find());
    Path right = aws("b", "2.13.0");
    assertEquals(Optional.of(right), find());
  }

  @Test
  void aSimulationThatChangesAPackageIsNoticed() {
    List<String> fresh =
        List.of("NOTE: This is only a simulation!", "Inst awscli (2.17.3 Debian Backports [all])");
    assertEquals(Optional.empty(), AwsCli.change(fresh));
    String upgrade = "Inst libc6 [2.36-9] (2.41-1 Debian Backports [amd64])";
    assertEquals(Optional.of(upgrade), AwsCli.change(List.of(fresh.get(1), upgrade)));
    assertEquals(Optional.of("Remv less [1]"), AwsCli.change(List.of("Remv less [1]")));
  }
}
