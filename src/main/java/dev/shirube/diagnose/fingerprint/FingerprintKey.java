package dev.shirube.diagnose.fingerprint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a fingerprint can ask for, beside {@code object} and {@code not}. */
enum FingerprintKey {
  /** Any one of these: for a Pod what kubectl shows as {@code STATUS}. */
  STATE,
  /** Any one of these: the reason of a container's state or last state, or of a condition. */
  REASON,
  /** Any one of these: how a container ended, or ended last. */
  EXIT,
  /** Each of these: in the message of a container or condition. */
  MESSAGE,
  /** Each of these: an event with this {@code reason} and this {@code message}. */
  EVENTS,
  /** Each of these: in the log of a container that fails. */
  LOG,
  /** Each of these: in what a command printed. */
  OUTPUT;

  /** As it is written in a fingerprint. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<FingerprintKey> of(String id) {
    return Arrays.stream(values()).filter(key -> key.id().equals(id)).findFirst();
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(FingerprintKey::id).toList();
  }
}
