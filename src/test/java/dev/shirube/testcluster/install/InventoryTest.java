package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

  private static final String RECIPE = "abc";

  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void put() throws IOException {
    Path fresh = folder.resolve("fresh");
    TinyDefinitions.script(fresh, "echo 1.0.0");
    Inventory.read(folder, RECIPE).put("etcd", fresh, "a folder\nwith odd letters");
  }

  private Path etcd() {
    return folder.resolve("bin/etcd");
  }

  private boolean intact() {
    return Inventory.read(folder, RECIPE).intact("etcd");
  }

  @Test
  void whatWasPutIsIntact() {
    assertTrue(intact());
    assertFalse(Inventory.read(folder, RECIPE).intact("kubectl"));
  }

  @Test
  void anotherRecipeKnowsNothing() {
    assertFalse(Inventory.read(folder, "def").intact("etcd"));
  }

  @Test
  void aCopyOfTheCacheIsIntact() throws IOException {
    Files.setLastModifiedTime(etcd(), FileTime.fromMillis(0));
    assertTrue(intact());
  }

  @Test
  void aTruncatedFileIsNotIntact() throws IOException {
    FileTime time = Files.getLastModifiedTime(etcd());
    Files.writeString(etcd(), "#!/bin/sh\n");
    Files.setLastModifiedTime(etcd(), time);
    assertFalse(intact());
  }

  @Test
  void aChangedFileOfTheSameSizeIsNotIntact() throws IOException {
    Files.writeString(etcd(), Files.readString(etcd()).replace('1', '2'));
    Files.setLastModifiedTime(etcd(), FileTime.fromMillis(0));
    assertFalse(intact());
  }

  @Test
  void aFileThatCannotBeExecutedIsNotIntact() {
    assertTrue(etcd().toFile().setExecutable(false, false));
    assertFalse(intact());
  }

  @Test
  void aBrokenInventoryKnowsOnlyItsWholeLines() throws IOException {
    Path file = folder.resolve("installed");
    Files.writeString(file, Files.readString(file) + "kubectl\t12");
    assertTrue(intact());
    assertFalse(Inventory.read(folder, RECIPE).intact("kubectl"));
  }
}
