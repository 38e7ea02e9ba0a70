package dev.shirube.testcluster;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/**
 * Where a cluster's API server asks whom a token belongs to that it does not know itself.
 *
 * @param address on this machine; nobody listens there until somebody wants to answer
 * @param identity the certificate that the API server trusts there, and its key
 */
public record TokenWebhook(InetSocketAddress address, SSLContext identity) {}
