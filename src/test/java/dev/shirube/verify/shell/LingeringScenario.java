package dev.shirube.verify.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A verifier that waits to be killed while a page's commands run. */
final class LingeringScenario {
  static final String COMMAND = "sleep 876.543";

  private LingeringScenario() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ScenarioShell shell =
        ScenarioShell.open(AllowedPrograms.ofTheMachine(), Limits.USUAL, Map.of(), Map.of());
    BackgroundCommand command =
        shell.start(BlockParser.parseShell(COMMAND + " | cat").commands().getFirst());
    try (var out = new java.io.FileOutputStream(java.io.FileDescriptor.out)) {
      out.write("running\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      command.awaitEnd(java.time.Duration.ofMinutes(5));
    }
    shell.close();
  }
}
