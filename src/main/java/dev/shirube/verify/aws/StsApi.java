package dev.shirube.verify.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The calls of <a href="https://docs.aws.amazon.com/STS/latest/APIReference/">STS</a> by which a
 * user assumes a role and learns who it is.
 */
record StsApi(Account account, Clock clock) {

  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final String HOUR = "3600";
  private static final int LEAST_SECONDS = 900;

  Answer answer(Principal principal, QueryParameters call) {
    return switch (call.action()) {
      case "GetCallerIdentity" -> getCallerIdentity(principal);
      case "AssumeRole" -> assumeRole(principal, call);
      default -> throw AwsException.unknownToTheDouble("STS's " + call.action());
    };
  }

  /** Needs no permission. */
  private Answer getCallerIdentity(Principal principal) {
    return Answer.xml(
        "GetCallerIdentity",
        NAMESPACE,
        "<Arn>%s</Arn><UserId>%s</UserId><Account>%s</Account>"
            .formatted(Answer.escaped(principal.arn()), principal.userId(), account.number()));
  }

  private Answer assumeRole(Principal principal, QueryParameters call) {
    String arn = call.require("RoleArn");
    String session = call.require("RoleSessionName");
    int seconds = Integer.parseInt(call.get("DurationSeconds", HOUR));
    if (!SESSION.matcher(session).matches() || seconds < LEAST_SECONDS) {
      throw new AwsException(
          400, "ValidationError", "RoleSessionName or DurationSeconds is invalid");
    }
    // Whether there is such a role is not told to those who may not assume it.
    Optional<Identity> role =
        account
            .identity(arn)
            .filter(
                found -> found.trust().filter(trust -> trust.trusts(principal, arn)).isPresent());
    if (role.isEmpty()) {
      throw AwsException.denied(Service.STS, principal, "sts:AssumeRole", arn);
    }
    AccessKey key =
        account.assume(role.get(), session, clock.instant(), Duration.ofSeconds(seconds));
    return Answer.xml(
        "AssumeRole",
        NAMESPACE,
        "<Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>%s</AssumedRoleId><Arn>%s</Arn></AssumedRoleUser>"
            .formatted(
                key.id(),
                key.secret(),
                key.sessionToken().orElseThrow(),
                key.expires().orElseThrow().truncatedTo(ChronoUnit.SECONDS),
                key.principal().userId(),
                Answer.escaped(key.principal().arn())));
  }
}
