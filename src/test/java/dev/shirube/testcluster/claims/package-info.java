/**
 * What every test cluster must do, as interfaces of claims: a test class of a provider implements
 * those that its clusters must keep, and says which cluster it is.
 */
@NullMarked
package dev.shirube.testcluster.claims;

import org.jspecify.annotations.NullMarked;
