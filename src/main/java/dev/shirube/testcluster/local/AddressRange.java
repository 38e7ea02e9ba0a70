package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A range of IPv4 addresses.
 *
 * @param first address of the range or any other, as a number
 * @param bits that all its addresses have in common, from the left
 */
record AddressRange(int first, int bits) {

  private static final Path ROUTES = Path.of("/proc/net/route");
  private static final int DESTINATION = 1;
  private static final int MASK = 7;
  private static final int HEXADECIMAL = 16;

  /** For example {@code 198.18.7.0/24}. */
  static AddressRange of(String text) {
    String[] parts = text.split("/");
    int address = 0;
    for (String number : parts[0].split("\\.")) {
      address = (address << Byte.SIZE) + Integer.parseInt(number);
    }
    return new AddressRange(address, Integer.parseInt(parts[1]));
  }

  boolean contains(AddressRange other) {
    return bits <= other.bits && bits(first, bits) == bits(other.first, bits);
  }

  private static int bits(int address, int bits) {
    return bits == 0 ? 0 : address >>> (Integer.SIZE - bits);
  }

  /** The ranges that the machine's interfaces and routes name, but for the default route. */
  static List<AddressRange> onThisMachine() {
    try {
      Stream<AddressRange> addresses =
          NetworkInterface.networkInterfaces()
              .flatMap(each -> each.getInterfaceAddresses().stream())
              .flatMap(AddressRange::of);
      Stream<AddressRange> routes =
          Files.readAllLines(ROUTES).stream().skip(1).map(AddressRange::ofRoute);
      return Stream.concat(addresses, routes).filter(range -> range.bits > 0).toList();
    } catch (SocketException e) {
      throw new ClusterException("cannot list the network interfaces: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + ROUTES + ": " + e.getMessage(), e);
    }
  }

  private static Stream<AddressRange> of(InterfaceAddress address) {
    InetAddress ip = address.getAddress();
    return ip instanceof Inet4Address
        ? Stream.of(
            new AddressRange(
                ByteBuffer.wrap(ip.getAddress()).getInt(), address.getNetworkPrefixLength()))
        : Stream.empty();
  }

  /** The kernel writes addresses in the order of this processor's bytes. */
  static AddressRange ofRoute(String line) {
    String[] fields = line.strip().split("\\s+");
    int destination = Integer.parseUnsignedInt(fields[DESTINATION], HEXADECIMAL);
    int mask = Integer.parseUnsignedInt(fields[MASK], HEXADECIMAL);
    boolean swapped = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
    return new AddressRange(
        swapped ? Integer.reverseBytes(destination) : destination, Integer.bitCount(mask));
  }
}
