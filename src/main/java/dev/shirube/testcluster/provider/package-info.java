/**
 * A request for a test cluster comes in, a cluster or the reasons why there is none go out: from
 * this machine's processes, a k3s container, or a cluster that somebody has marked for tests.
 */
@NullMarked
package dev.shirube.testcluster.provider;

import org.jspecify.annotations.NullMarked;
