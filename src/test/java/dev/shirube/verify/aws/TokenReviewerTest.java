package dev.shirube.verify.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.verify.aws.AccessEntry.Association;
import dev.shirube.verify.aws.EksCluster.AuthenticationMode;
import dev.shirube.verify.aws.TokenReviewer.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenReviewerTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String HOST = "127.0.0.1:8123";
  private static final String ADMIN = "arn:aws:iam::111122223333:user/admin";

  private final Account account = SampleAccount.open();
  private final MemoryConnection connection = new MemoryConnection();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  private EksCluster cluster(AuthenticationMode mode) {
    return new EksCluster(
        SampleAccount.CLUSTER, SampleAccount.REGION, account.number(), mode, connection, NOW);
  }

  private Verdict review(EksCluster cluster, TokenMaker maker) {
    return new TokenReviewer(new SignatureCheck(account, clock), cluster, "http", HOST)
        .review(maker.token());
  }

  private static TokenMaker admin() {
    return TokenMaker.ofAdministrator(NOW, HOST);
  }

  private EksCluster withAdmin(AuthenticationMode mode, String... groups) {
    EksCluster cluster = cluster(mode);
    cluster.put(
        new AccessEntry(
            ADMIN,
            "arn",
            ADMIN,
            List.of(groups),
            Map.of(
                AccessPolicy.VIEW.arn(), new Association(AccessPolicy.VIEW, List.of("web"), NOW)),
            NOW,
            NOW));
    return cluster;
  }

  @Test
  void aRightTokenIsItsOwners() {
    Verdict verdict = review(withAdmin(AuthenticationMode.API, "team"), admin());
    Verdict.User user = assertInstanceOf(Verdict.User.class, verdict);
    assertEquals(ADMIN, user.username());
    assertEquals(List.of("team", "eks-access-entry:" + ADMIN), user.groups());
    assertEquals(List.of(ADMIN), user.extra().get("arn"));
    assertTrue(user.uid().startsWith("aws-iam-authenticator:111122223333:AIDA"), user.uid());
  }

  static Stream<Arguments> wrongTokens() {
    return Stream.of(
        wrong("signed 16 minutes ago", m -> m.later(Duration.ofMinutes(-16)), "Signature expired"),
        wrong("signed in 6 minutes", m -> m.later(Duration.ofMinutes(6)), "not yet current"),
        wrong("of another cluster", m -> m.withCluster("prod"), "does not match"),
        wrong("of no cluster", m -> m.withHeader("x-other"), "did not sign the x-k8s-aws-id"),
        wrong("of another host", m -> m.withHost("sts.example.com"), "unexpected hostname"),
        wrong("of another scheme", m -> m.withScheme("https"), "unexpected scheme"),
        wrong("for another action", m -> m.withAction("AssumeRole"), "unexpected action"),
        wrong("for a day", m -> m.withExpires("86400"), "invalid X-Amz-Expires"),
        wrong("with a wrong secret", m -> m.withKey(m.keyId(), "guessed"), "does not match"),
        wrong("of an unknown key", m -> m.withKey("AKIANOBODY", m.secret()), "token included in"),
        wrong("with a changed path", change("/?", "/x?"), "unexpected path"),
        wrong("with a changed date", change("T1200", "T1201"), "does not match"),
        wrong("with a forged signature", change("Signature=", "Signature=0"), "does not match"),
        wrong("with two actions", m -> m.changedAfterwards(a -> a + "&Action=a"), "multiple"),
        wrong("with more parameters", m -> m.changedAfterwards(a -> a + "&Tag=a"), "whitelisted"),
        wrong(
            "with the token of a session",
            m -> m.changedAfterwards(a -> a + "&X-Amz-Security-Token=a"),
            "token included in"),
        wrong("with another algorithm", change("AWS4-HMAC-SHA256", "none"), "signed by none"),
        wrong("that is no address", m -> m.changedAfterwards(a -> "no address"), "no address"),
        wrong(
            "that is too long", m -> m.changedAfterwards(a -> a + "a".repeat(5000)), "too large"));
  }

  private static Arguments wrong(String what, UnaryOperator<TokenMaker> how, String why) {
    return Arguments.of(what, how, why);
  }

  private static UnaryOperator<TokenMaker> change(String from, String to) {
    return maker -> maker.changedAfterwards(address -> address.replace(from, to));
  }

  @ParameterizedTest(name = "a token {0}")
  @MethodSource("wrongTokens")
  void isNobodys(String what, UnaryOperator<TokenMaker> how, String why) {
    Verdict verdict = review(withAdmin(AuthenticationMode.API), how.apply(admin()));
    String said = assertInstanceOf(Verdict.Refused.class, verdict).why();
    assertTrue(said.contains(why), said);
  }

  @Test
  void aTokenLastsFifteenMinutes() {
    EksCluster cluster = withAdmin(AuthenticationMode.API);
    assertInstanceOf(Verdict.User.class, review(cluster, admin().later(Duration.ofMinutes(-15))));
    assertInstanceOf(
        Verdict.Refused.class,
        review(cluster, admin().later(Duration.ofMinutes(-15).minusSeconds(1))));
  }

  @Test
  void whoIsNotMappedIsRefused() {
    assertEquals(
        new Verdict.Refused(ADMIN + " is not mapped"),
        review(cluster(AuthenticationMode.API_AND_CONFIG_MAP), admin()));
  }

  private void mapAdmin() {
    connection.awsAuth =
        Map.of(
            "mapUsers", "- {userarn: '" + ADMIN + "', username: boss, groups: ['system:masters']}");
  }

  @Test
  void awsAuthCountsInItsModesOnly() {
    mapAdmin();
    for (AuthenticationMode mode : AuthenticationMode.values()) {
      Verdict verdict = review(cluster(mode), admin());
      if (mode == AuthenticationMode.API) {
        assertInstanceOf(Verdict.Refused.class, verdict);
      } else {
        Verdict.User user = assertInstanceOf(Verdict.User.class, verdict);
        assertEquals("boss", user.username());
        assertEquals(List.of("system:masters"), user.groups());
      }
    }
  }

  @Test
  void anAccessEntryComesBeforeAwsAuth() {
    mapAdmin();
    Verdict.User user =
        assertInstanceOf(
            Verdict.User.class, review(withAdmin(AuthenticationMode.API_AND_CONFIG_MAP), admin()));
    assertEquals(ADMIN, user.username());
  }

  @Test
  void theNameOfASessionIsPartOfTheUsersName() {
    Identity role =
        account
            .addRole(
                "/team/",
                "dev",
                PolicyDocument.ofTrust(
                    """
                    {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
                    """))
            .orElseThrow();
    AccessKey key = account.assume(role, "taro@example", NOW, Duration.ofHours(1));
    connection.awsAuth =
        Map.of(
            "mapRoles",
            "- {rolearn: 'arn:aws:iam::111122223333:role/dev', username: 'dev:{{SessionName}}'}");
    TokenMaker maker =
        admin()
            .withKey(key.id(), key.secret())
            .changedAfterwards(
                address ->
                    address
                        + "&X-Amz-Security-Token="
                        + SignatureV4.encode(key.sessionToken().orElseThrow()));
    // The token of the session has to be signed too.
    assertInstanceOf(Verdict.Refused.class, review(cluster(AuthenticationMode.CONFIG_MAP), maker));
    assertEquals(
        "dev:taro-example",
        new AwsAuth(connection.awsAuth).find(key.principal()).orElseThrow().username());
  }
}
