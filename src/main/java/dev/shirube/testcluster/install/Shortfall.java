package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Tier;

/**
 * Why a tier could not be installed.
 *
 * @param tier the tier that is not there for it, and with it those above
 * @param code a stable kebab-case name, e.g. {@code build-failed}
 * @param failed whether something went wrong that should work on this machine; else the machine
 *     lacks something
 * @param what one line, lower case, no full stop
 * @param why one line or more
 * @param fix what to do
 */
public record Shortfall(
    Tier tier, String code, boolean failed, String what, String why, String fix) {

  static Shortfall lacking(Tier tier, String code, String what, String why, String fix) {
    return new Shortfall(tier, code, false, what, why, fix);
  }

  static Shortfall failure(Tier tier, String code, String what, String why, String fix) {
    return new Shortfall(tier, code, true, what, why, fix);
  }
}
