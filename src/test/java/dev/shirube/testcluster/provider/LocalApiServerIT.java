package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.Tier;

/** The contract, by processes of this machine without nodes. */
class LocalApiServerIT extends LocalContract {

  LocalApiServerIT() {
    super(Tier.APISERVER);
  }
}
