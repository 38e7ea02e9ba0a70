package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.Tier;

/** The contract, by processes of this machine with a node. */
class LocalNodeIT extends LocalContract {

  LocalNodeIT() {
    super(Tier.NODE);
  }
}
