package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubnetTest {

  @Test
  void everyoneOnItHasAnAddressOfHisOwn() {
    Subnet subnet = new Subnet(7);
    assertEquals("198.18.7.1", subnet.machine());
    assertEquals("198.18.7.2", subnet.controlPlane());
    assertEquals("198.18.7.11", subnet.node(1));
    assertEquals("198.18.7.60", subnet.node(Subnet.MOST_NODES));
  }

  @Test
  void thePodsOfEveryNodeAreReachedThroughIt() {
    assertEquals(
        List.of("10.88.1.0/24 via 198.18.7.11", "10.88.2.0/24 via 198.18.7.12"),
        new Subnet(7).routes(2));
  }

  @Test
  void allSubnetsDiffer() {
    assertEquals(Subnet.LAST, Subnet.all().map(Subnet::machine).distinct().count());
    assertThrows(IllegalArgumentException.class, () -> new Subnet(255));
  }

  private static List<Integer> free(String... taken) {
    return Subnet.free(Stream.of(taken).map(AddressRange::of).toList()).stream()
        .map(Subnet::number)
        .toList();
  }

  @Test
  void aSubnetOfWhichSomebodyHasAnAddressIsNotTaken() {
    assertEquals(List.of(2, 3, 5), free("198.18.1.77/24", "198.18.4.1/32").subList(0, 3));
    assertEquals(Subnet.LAST - 2, free("198.18.1.77/24", "198.18.4.1/32").size());
  }

  @Test
  void otherNetworksDoNotMatter() {
    assertEquals(Subnet.LAST, free("10.0.0.1/8", "198.19.1.1/24", "127.0.0.1/8").size());
    assertEquals(1, free("10.0.0.1/8").getFirst());
  }

  @Test
  void whatLiesWithinAWiderRangeComesLast() {
    assertEquals(List.of(4, 5), free("198.18.0.1/22").subList(0, 2));
    assertEquals(List.of(1, 2, 3), free("198.18.0.1/22").subList(Subnet.LAST - 3, Subnet.LAST));
    assertEquals(List.of(1, 3), free("198.18.0.1/15", "198.18.2.0/24").subList(0, 2));
  }

  @Test
  void routesAreReadAsTheKernelWritesThem() {
    // Of a little-endian machine, as all are that Shirube has been seen on.
    AddressRange route =
        AddressRange.ofRoute("tun0\t000712C6\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0");
    assertEquals(AddressRange.of("198.18.7.0/24"), route);
    assertTrue(
        AddressRange.onThisMachine().stream().anyMatch(AddressRange.of("127.0.0.0/8")::contains));
  }
}
