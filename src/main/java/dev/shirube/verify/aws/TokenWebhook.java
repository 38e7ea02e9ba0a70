package dev.shirube.verify.aws;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/**
 * Where a cluster's API server asks whom a token belongs to.
 *
 * @param address where it expects an answer; nobody listens there unless a page needs it
 * @param identity the certificate that the API server trusts, and its key
 */
public record TokenWebhook(InetSocketAddress address, SSLContext identity) {}
