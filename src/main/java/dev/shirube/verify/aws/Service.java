package dev.shirube.verify.aws;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The services that the double stands for. */
enum Service {
  EKS,
  IAM,
  STS;

  /** As signatures name it. */
  String signingName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Service> named(String signingName) {
    return Arrays.stream(values())
        .filter(service -> service.signingName().equals(signingName))
        .findFirst();
  }
}
