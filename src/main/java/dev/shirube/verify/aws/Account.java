package dev.shirube.verify.aws;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An account: its users, roles and access keys. */
final class Account {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 16;
  private static final int SECRET_BYTES = 30;

  private final String number;
  private final Map<String, Identity> users = new ConcurrentHashMap<>();
  private final Map<String, Identity> roles = new ConcurrentHashMap<>();
  private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param number of 12 digits
   */
  Account(String number) {
    this.number = number;
  }

  String number() {
    return number;
  }

  /** Adds a user with an access key. */
  Identity addUser(String name, String accessKeyId, String secret, PolicyDocument policy) {
    Identity user = Identity.user(number, name, newId("AIDA"));
    user.put("seed", policy);
    users.put(name, user);
    keys.put(
        accessKeyId,
        new AccessKey(
            accessKeyId, secret, Optional.empty(), Optional.empty(), Principal.user(user)));
    return user;
  }

  /** Adds a role; empty where there is one of that name. */
  Optional<Identity> addRole(String path, String name, PolicyDocument trust) {
    Identity role = Identity.role(number, path, name, newId("AROA"), trust);
    return roles.putIfAbsent(name, role) == null ? Optional.of(role) : Optional.empty();
  }

  Optional<Identity> role(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  /** The user or role of an ARN, with its path. */
  Optional<Identity> identity(String arn) {
    return java.util.stream.Stream.concat(users.values().stream(), roles.values().stream())
        .filter(identity -> identity.arn().equals(arn))
        .findFirst();
  }

  Optional<AccessKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** A key for a session of a role. */
  AccessKey assume(Identity role, String session, Instant now, Duration lasting) {
    byte[] token = new byte[SECRET_BYTES * 4];
    random.nextBytes(token);
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    AccessKey key =
        new AccessKey(
            newId("ASIA"),
            Base64.getEncoder().encodeToString(secret),
            Optional.of(Base64.getEncoder().encodeToString(token)),
            Optional.of(now.plus(lasting)),
            Principal.session(role, session));
    keys.put(key.id(), key);
    return key;
  }

  private String newId(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
