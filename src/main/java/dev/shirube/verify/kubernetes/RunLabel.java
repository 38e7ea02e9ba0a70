package dev.shirube.verify.kubernetes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/** Says which process made a namespace, so that a later one can tell whether it was killed. */
final class RunLabel {

  static final String NAME = "shirube.dev/run";

  private RunLabel() {}

  /** {@code MACHINE.PID.START}, of at most 63 characters as labels have. */
  static String ofThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return machine() + "." + self.pid() + "." + start(self);
  }

  /** Whether it is of a process of this machine that is no more. */
  static boolean isAbandoned(String label) {
    String[] parts = label.split("\\.");
    if (parts.length != 3 || !parts[0].equals(machine())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
    return process.isEmpty() || !String.valueOf(start(process.get())).equals(parts[2]);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String machine() {
    try {
      return Integer.toHexString(InetAddress.getLocalHost().getHostName().hashCode());
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
