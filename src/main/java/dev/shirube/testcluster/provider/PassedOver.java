package dev.shirube.testcluster.provider;

/**
 * A provider that gave no cluster.
 *
 * @param reason with what to do about it
 */
public record PassedOver(ProviderName provider, String reason) {}
