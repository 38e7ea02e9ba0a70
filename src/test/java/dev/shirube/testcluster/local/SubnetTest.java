package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
}
