package dev.shirube.verify.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shirube.model.Sha256;
import dev.shirube.verify.aws.SignatureV4.Scope;
import dev.shirube.verify.aws.SignatureV4.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final Account account = SampleAccount.open();

  private Principal check(Service service, Call call, Instant now) {
    return new SignatureCheck(account, Clock.fixed(now, ZoneOffset.UTC)).principal(service, call);
  }

  private String refusal(Service service, Call call, Instant now) {
    return assertThrows(AwsException.class, () -> check(service, call, now)).code();
  }

  private static Call signed(Service service, String keyId, String secret, String token) {
    String time = SignatureCheck.text(NOW);
    String body = "Action=GetCallerIdentity";
    Map<String, String> headers = new HashMap<>();
    headers.put("host", "127.0.0.1:1");
    headers.put("x-amz-date", time);
    if (!token.isEmpty()) {
      headers.put("x-amz-security-token", token);
    }
    List<String> names = headers.keySet().stream().sorted().toList();
    Scope scope = new Scope(keyId, time.substring(0, 8), "us-east-1", service.signingName());
    String signature =
        SignatureV4.signature(
            new Signed(
                "POST",
                "/",
                List.of(),
                headers,
                names,
                Sha256.of(body.getBytes(StandardCharsets.UTF_8))),
            scope,
            time,
            secret);
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(keyId, scope.text(), String.join(";", names), signature));
    return new Call("POST", "/", "", headers, body);
  }

  private static Call ofTaro(Service service) {
    return signed(service, SampleAccount.USER_KEY, SampleAccount.USER_SECRET, "");
  }

  private static Call with(Call call, String header, String value) {
    Map<String, String> headers = new HashMap<>(call.headers());
    headers.put(header, value);
    return new Call(call.method(), call.path(), call.query(), headers, call.body());
  }

  @Test
  void whoSignedIsKnown() {
    assertEquals(
        "arn:aws:iam::111122223333:user/taro", check(Service.STS, ofTaro(Service.STS), NOW).arn());
  }

  @Test
  void anotherBodyPathOrHeaderIsNotSigned() {
    Call call = ofTaro(Service.STS);
    Call otherBody = new Call("POST", "/", "", call.headers(), "x");
    Call otherPath = new Call("POST", "/x", "", call.headers(), call.body());
    Call otherQuery = new Call("POST", "/", "a=b", call.headers(), call.body());
    for (Call changed :
        List.of(otherBody, otherPath, otherQuery, with(call, "host", "127.0.0.1:2"))) {
      assertEquals("SignatureDoesNotMatch", refusal(Service.STS, changed, NOW));
    }
  }

  @Test
  void clocksMayDifferByFiveMinutes() {
    Call call = ofTaro(Service.STS);
    Duration five = SignatureCheck.SKEW;
    check(Service.STS, call, NOW.plus(five));
    check(Service.STS, call, NOW.minus(five));
    assertEquals(
        "SignatureDoesNotMatch", refusal(Service.STS, call, NOW.plus(five).plusSeconds(1)));
    assertEquals(
        "SignatureDoesNotMatch", refusal(Service.STS, call, NOW.minus(five).minusSeconds(1)));
  }

  @Test
  void aSignatureForOneServiceIsNoneForAnother() {
    assertEquals("SignatureDoesNotMatch", refusal(Service.IAM, ofTaro(Service.STS), NOW));
  }

  @Test
  void servicesNameTheSameRefusalsInTheirWay() {
    Call unknown = signed(Service.STS, "AKIANOBODY", "x", "");
    assertEquals("InvalidClientTokenId", refusal(Service.STS, unknown, NOW));
    assertEquals(
        "UnrecognizedClientException",
        refusal(Service.EKS, signed(Service.EKS, "AKIANOBODY", "x", ""), NOW));
    Call wrong = signed(Service.EKS, SampleAccount.USER_KEY, "x", "");
    assertEquals("InvalidSignatureException", refusal(Service.EKS, wrong, NOW));
    Call without = with(wrong, "authorization", "");
    assertEquals("MissingAuthenticationToken", refusal(Service.STS, without, NOW));
    assertEquals("MissingAuthenticationTokenException", refusal(Service.EKS, without, NOW));
    assertEquals(
        "IncompleteSignature", refusal(Service.STS, with(wrong, "authorization", "AWS4"), NOW));
  }

  @Test
  void theKeyOfASessionNeedsItsTokenAndEnds() {
    Identity role =
        account
            .addRole(
                "/",
                "dev",
                PolicyDocument.ofTrust(
                    "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\":"
                        + " \"sts:AssumeRole\"}}"))
            .orElseThrow();
    AccessKey key = account.assume(role, "s", NOW, Duration.ofMinutes(1));
    String token = key.sessionToken().orElseThrow();
    Call call = signed(Service.EKS, key.id(), key.secret(), token);
    assertEquals(
        "arn:aws:sts::111122223333:assumed-role/dev/s", check(Service.EKS, call, NOW).arn());
    assertEquals(
        "ExpiredTokenException", refusal(Service.EKS, call, NOW.plus(Duration.ofMinutes(1))));
    assertEquals(
        "UnrecognizedClientException",
        refusal(Service.EKS, signed(Service.EKS, key.id(), key.secret(), ""), NOW));
  }
}
