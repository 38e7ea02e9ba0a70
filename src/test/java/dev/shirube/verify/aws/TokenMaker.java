package dev.shirube.verify.aws;

import dev.shirube.model.Sha256;
import dev.shirube.verify.aws.SignatureV4.Parameter;
import dev.shirube.verify.aws.SignatureV4.Scope;
import dev.shirube.verify.aws.SignatureV4.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Makes tokens as {@code aws eks get-token} does, and others that it never would.
 *
 * @param host of STS as the token has it
 * @param header the header that is signed beside host
 * @param change of the address once it is signed
 */
public record TokenMaker(
    String keyId,
    String secret,
    Instant time,
    String scheme,
    String host,
    String cluster,
    String header,
    String action,
    String expires,
    UnaryOperator<String> change) {

  /** A right one, of the administrator of the sample account. */
  public static TokenMaker ofAdministrator(Instant time, String host) {
    return new TokenMaker(
        SampleAccount.ADMINISTRATOR_KEY,
        SampleAccount.ADMINISTRATOR_SECRET,
        time,
        "http",
        host,
        SampleAccount.CLUSTER,
        TokenReviewer.CLUSTER_HEADER,
        "GetCallerIdentity",
        "60",
        address -> address);
  }

  public TokenMaker withKey(String keyId, String secret) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  /** Signed so much later. */
  public TokenMaker later(Duration by) {
    return new TokenMaker(
        keyId, secret, time.plus(by), scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker withScheme(String scheme) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker withHost(String host) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker withCluster(String cluster) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker withHeader(String header) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker withAction(String action) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker withExpires(String expires) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public TokenMaker changedAfterwards(UnaryOperator<String> change) {
    return new TokenMaker(
        keyId, secret, time, scheme, host, cluster, header, action, expires, change);
  }

  public String token() {
    String at = SignatureCheck.text(time);
    Scope scope = new Scope(keyId, at.substring(0, 8), SampleAccount.REGION, "sts");
    List<Parameter> query = new ArrayList<>();
    query.add(new Parameter("Action", action));
    query.add(new Parameter("Version", "2011-06-15"));
    query.add(new Parameter("X-Amz-Algorithm", SignatureV4.ALGORITHM));
    query.add(new Parameter("X-Amz-Credential", keyId + "/" + scope.text()));
    query.add(new Parameter("X-Amz-Date", at));
    query.add(new Parameter("X-Amz-Expires", expires));
    query.add(new Parameter("X-Amz-SignedHeaders", "host;" + header));
    Signed request =
        new Signed(
            "GET",
            "/",
            query,
            Map.of("host", host, header, cluster),
            List.of("host", header),
            Sha256.of(new byte[0]));
    query.add(new Parameter("X-Amz-Signature", SignatureV4.signature(request, scope, at, secret)));
    String address =
        scheme
            + "://"
            + host
            + "/?"
            + query.stream()
                .map(each -> each.name() + "=" + SignatureV4.encode(each.value()))
                .collect(Collectors.joining("&"));
    return TokenReviewer.PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(change.apply(address).getBytes(StandardCharsets.UTF_8));
  }
}
