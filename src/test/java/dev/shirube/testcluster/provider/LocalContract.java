package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.MachineTraces;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** The contract, by processes of this machine, of which nothing is left. */
abstract class LocalContract extends TestClusterContract {

  private Optional<MachineTraces> before = Optional.empty();

  LocalContract(Tier tier) {
    super(ProviderName.LOCAL, tier);
  }

  @BeforeEach
  void remember() throws IOException {
    before = Optional.of(MachineTraces.now(Binaries.defaultCache()));
  }

  @Override
  void assertClosed(TestCluster closed) throws IOException {
    assertEquals(before.orElseThrow(), MachineTraces.now(Binaries.defaultCache()));
  }
}
