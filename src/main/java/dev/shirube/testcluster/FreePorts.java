package dev.shirube.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ports of loopback that nobody listens on. They are drawn below the range from which Linux gives
 * ports to outgoing connections, so that none of those takes one before its server does.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int MOST_TRIES = 1_000;

  private FreePorts() {}

  /** So many different ports. */
  public static List<Integer> find(int count) {
    RandomGenerator random = RandomGenerator.getDefault();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int tries = 0; held.size() < count && tries < MOST_TRIES; tries++) {
        ServerSocket socket = new ServerSocket();
        try {
          socket.bind(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), random.nextInt(FIRST, LAST)));
          held.add(socket);
        } catch (IOException e) {
          socket.close(); // taken: the next one
        }
      }
      if (held.size() < count) {
        throw new ClusterException("no free port on loopback from " + FIRST + " to " + LAST);
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for free ports: " + e.getMessage(), e);
    }
  }
}
