package dev.shirube.verify.aws;

import java.util.Optional;

/**
 * Who makes a call.
 *
 * @param identity the user, or the role that was assumed
 * @param arn of the user, or of the session of the role
 * @param userId as {@code GetCallerIdentity} tells it, e.g. {@code AROAEXAMPLE:session}
 * @param session the name of the session of a role
 */
record Principal(Identity identity, String arn, String userId, Optional<String> session) {

  static Principal user(Identity user) {
    return new Principal(user, user.arn(), user.id(), Optional.empty());
  }

  static Principal session(Identity role, String session) {
    return new Principal(
        role,
        "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + session,
        role.id() + ":" + session,
        Optional.of(session));
  }

  boolean may(String action, String resource) {
    return identity.allows(action, resource);
  }

  void require(Service service, String action, String resource) {
    if (!may(action, resource)) {
      throw AwsException.denied(service, this, action, resource);
    }
  }
}
