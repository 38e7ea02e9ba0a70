package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PreviewCommandTest {

  private final StringWriter printed = new StringWriter();

  private int preview(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "preview";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    PrintWriter writer = new PrintWriter(printed, true);
    return Main.run(writer, writer, all);
  }

  @Test
  void aTakenPortIsExplained() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(3, preview("--port=" + other.getLocalPort()));
      String text = printed.toString();
      assertTrue(text.contains("cannot listen at 127.0.0.1:" + other.getLocalPort()), text);
      assertTrue(text.contains("why: another program listens there"), text);
      assertTrue(text.contains("fix: name another port with --port"), text);
    }
  }

  @Test
  void aPortThatIsNoneIsWrongUsage() {
    assertEquals(2, preview("--port=70000"));
    assertTrue(printed.toString().contains("--port must be from 0 to 65535, not 70000"));
  }
}
