package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartHealthTest {

  private static String description(String... lastLines) {
    return new PartHealth(
            "node-1", "kubelet", "ended with exit code 1", Path.of("log"), List.of(lastLines))
        .description();
  }

  @Test
  void whatEndedIsToldWithItsLastLines() {
    assertEquals(
        """
        kubelet on node-1 ended with exit code 1; its last log lines:
            one
            two""",
        description("one", "two"));
    assertEquals("kubelet on node-1 ended with exit code 1; it logged nothing", description());
  }

  @Test
  void whoeverIsShortOfInotifyInstancesIsToldWhatToDo() {
    String text =
        description("\"Failed to start cAdvisor\" err=\"inotify_init: too many open files\"");
    assertTrue(text.contains("\n  fix: fewer nodes"), text);
    assertTrue(text.endsWith("sysctl fs.inotify.max_user_instances=1024"), text);
    assertFalse(description("no such file").contains("fix:"));
  }
}
