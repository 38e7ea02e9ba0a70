package dev.shirube.verify.aws;

import java.util.Map;

/**
 * A request over HTTP.
 *
 * @param path as it was sent, percent-encoded
 * @param query as it was sent; may be empty
 * @param headers by name in lower case
 * @param body as UTF-8; what is none does not match its signature
 */
record Call(String method, String path, String query, Map<String, String> headers, String body) {

  Call {
    headers = Map.copyOf(headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
