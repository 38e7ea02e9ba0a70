package dev.shirube.verify.aws;

import dev.shirube.model.Sha256;
import dev.shirube.verify.aws.SignatureV4.Parameter;
import dev.shirube.verify.aws.SignatureV4.Scope;
import dev.shirube.verify.aws.SignatureV4.Signed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out who signed a request, and that nobody has changed it. What is refused, and with which
 * code, is what AWS documents as <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html">signature
 * errors</a>.
 */
final class SignatureCheck {

  /** How far clocks may differ. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([^,\\s]+), *SignedHeaders=([^,\\s]+),"
              + " *Signature=([0-9a-f]{64})");

  private final Account account;
  private final Clock clock;

  SignatureCheck(Account account, Clock clock) {
    this.account = account;
    this.clock = clock;
  }

  /** The service that a call says it is signed for. */
  static Optional<Service> service(Call call) {
    Matcher parts = AUTHORIZATION.matcher(call.header("authorization"));
    return parts.matches()
        ? Scope.parse(parts.group(1)).flatMap(scope -> Service.named(scope.service()))
        : Optional.empty();
  }

  /** The region that a call is signed for. */
  static String region(Call call) {
    Matcher parts = AUTHORIZATION.matcher(call.header("authorization"));
    return parts.matches() ? Scope.parse(parts.group(1)).map(Scope::region).orElse("") : "";
  }

  /**
   * Who made a call that carries its signature in the header {@code Authorization}.
   *
   * @throws AwsException where that cannot be told, or is not true
   */
  Principal principal(Service service, Call call) {
    Matcher parts = AUTHORIZATION.matcher(call.header("authorization"));
    if (!parts.matches()) {
      throw refusal(
          service,
          call.header("authorization").isEmpty()
              ? "MissingAuthenticationToken"
              : "IncompleteSignature",
          "Request is missing Authentication Token");
    }
    List<String> signedHeaders = List.of(parts.group(2).split(";"));
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    requireSigned(service, signedHeaders, List.of("host", "x-amz-date"));
    String time = call.header("x-amz-date");
    Instant signedAt =
        time(time)
            .orElseThrow(
                () ->
                    refusal(
                        service,
                        "IncompleteSignature",
                        "Date must be in ISO-8601 'basic format'. Got '" + time + "'."));
    checkAge(service, time, signedAt, SKEW);
    return verified(
        service,
        parts.group(1),
        time,
        parts.group(3),
        call.header("x-amz-security-token"),
        new Signed(
            call.method(),
            call.path(),
            SignatureV4.parameters(call.query()),
            headers,
            signedHeaders,
            Sha256.of(call.body().getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Who signed an address.
   *
   * @param call without a body; its query holds the signature
   * @param lasting how long after it was signed it may be used
   */
  Principal principalOfAddress(Service service, Call call, Duration lasting) {
    Map<String, String> query = new LinkedHashMap<>();
    List<Parameter> signed = new ArrayList<>();
    for (Parameter each : SignatureV4.parameters(call.query())) {
      query.put(each.name().toLowerCase(Locale.ROOT), each.value());
      if (!each.name().equalsIgnoreCase("X-Amz-Signature")) {
        signed.add(each);
      }
    }
    if (!query.getOrDefault("x-amz-algorithm", "").equals(SignatureV4.ALGORITHM)) {
      throw refusal(
          service,
          "IncompleteSignature",
          "AWS-presigned address is signed by " + query.getOrDefault("x-amz-algorithm", "nothing"));
    }
    List<String> signedHeaders =
        Arrays.asList(query.getOrDefault("x-amz-signedheaders", "").split(";"));
    requireSigned(service, signedHeaders, List.of("host"));
    String time = query.getOrDefault("x-amz-date", "");
    Instant signedAt =
        time(time)
            .orElseThrow(
                () -> refusal(service, "IncompleteSignature", "X-Amz-Date is missing or no date"));
    checkAge(service, time, signedAt, lasting);
    return verified(
        service,
        query.getOrDefault("x-amz-credential", ""),
        time,
        query.getOrDefault("x-amz-signature", ""),
        query.getOrDefault("x-amz-security-token", ""),
        new Signed(
            call.method(),
            call.path(),
            signed,
            call.headers(),
            signedHeaders,
            Sha256.of(call.body().getBytes(StandardCharsets.UTF_8))));
  }

  private Principal verified(
      Service service,
      String credential,
      String time,
      String signature,
      String sessionToken,
      Signed request) {
    Scope scope =
        Scope.parse(credential)
            .orElseThrow(
                () -> refusal(service, "IncompleteSignature", "Credential must have five parts"));
    if (!scope.service().equals(service.signingName()) || !time.startsWith(scope.day() + "T")) {
      throw mismatch(
          service, "Credential should be scoped to the service and the day of the request.");
    }
    AccessKey key =
        account
            .key(scope.accessKeyId())
            .filter(found -> found.sessionToken().orElse("").equals(sessionToken))
            .orElseThrow(
                () ->
                    refusal(
                        service,
                        "InvalidClientTokenId",
                        "The security token included in the request is invalid."));
    String right = SignatureV4.signature(request, scope, time, key.secret());
    if (!MessageDigest.isEqual(
        right.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8))) {
      throw mismatch(
          service,
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
    if (key.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
      throw refusal(
          service, "ExpiredToken", "The security token included in the request is expired");
    }
    return key.principal();
  }

  private static void requireSigned(Service service, List<String> signed, List<String> needed) {
    for (String name : needed) {
      if (!signed.contains(name)) {
        throw mismatch(service, "'" + name + "' must be a signed header.");
      }
    }
  }

  private void checkAge(Service service, String time, Instant signedAt, Duration lasting) {
    Instant now = clock.instant();
    if (signedAt.isAfter(now.plus(SKEW))) {
      throw mismatch(
          service,
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(time, text(now.plus(SKEW)), text(now), SKEW.toMinutes()));
    }
    if (signedAt.isBefore(now.minus(lasting))) {
      throw mismatch(
          service,
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(time, text(now.minus(lasting)), text(now), lasting.toMinutes()));
    }
  }

  static String text(Instant time) {
    return TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static AwsException mismatch(Service service, String message) {
    return refusal(service, "SignatureDoesNotMatch", message);
  }

  /** Services that speak JSON have names of their own for the same refusals. */
  private static AwsException refusal(Service service, String code, String message) {
    String name =
        service != Service.EKS
            ? code
            : switch (code) {
              case "InvalidClientTokenId" -> "UnrecognizedClientException";
              case "SignatureDoesNotMatch" -> "InvalidSignatureException";
              default -> code + "Exception";
            };
    return new AwsException(403, name, message);
  }
}
