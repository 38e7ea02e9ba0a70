package dev.shirube.verify.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters in the body of a call to IAM or STS. */
record QueryParameters(Map<String, String> values) {

  QueryParameters {
    values = Map.copyOf(values);
  }

  static QueryParameters of(Call call) {
    Map<String, String> values = new HashMap<>();
    for (String part : call.body().split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values.put(
            part.substring(0, equals),
            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return new QueryParameters(values);
  }

  String action() {
    return get("Action", "");
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** A parameter that has to be there. */
  String require(String name) {
    String value = get(name, "");
    if (value.isEmpty()) {
      throw new AwsException(400, "MissingParameter", "The request must contain " + name);
    }
    return value;
  }
}
