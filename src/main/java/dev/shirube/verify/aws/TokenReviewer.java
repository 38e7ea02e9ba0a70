package dev.shirube.verify.aws;

import dev.shirube.verify.aws.SignatureV4.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whom a token belongs to, as the control plane of EKS does: a token is a signed address of
 * STS' {@code GetCallerIdentity}, valid for one cluster and 15 minutes. What is looked at is what
 * <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator">aws-iam-authenticator</a>
 * looks at before it asks STS, and what STS looks at when it is asked.
 */
final class TokenReviewer {

  static final String PREFIX = "k8s-aws-v1.";

  /** The header that says for which cluster a token is. */
  static final String CLUSTER_HEADER = "x-k8s-aws-id";

  private static final Duration LASTING = Duration.ofMinutes(15);
  private static final int LONGEST_TOKEN = 4096;
  private static final Set<String> PARAMETERS =
      Set.of(
          "action",
          "version",
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-signature",
          "x-amz-signedheaders",
          "x-amz-user-agent");

  private final SignatureCheck signatures;
  private final EksCluster cluster;
  private final String scheme;
  private final String host;

  /**
   * @param scheme the one that addresses of STS have to have; {@code https} at AWS
   * @param host of STS, with its port where there is one
   */
  TokenReviewer(SignatureCheck signatures, EksCluster cluster, String scheme, String host) {
    this.signatures = signatures;
    this.cluster = cluster;
    this.scheme = scheme;
    this.host = host;
  }

  /** Whose a token is, or why it is nobody's. */
  sealed interface Verdict {

    /** It is this user's. */
    record User(String username, String uid, List<String> groups, Map<String, List<String>> extra)
        implements Verdict {
      public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
      }
    }

    /** It lets nobody in. */
    record Refused(String why) implements Verdict {}
  }

  Verdict review(String token) {
    try {
      return user(principal(token));
    } catch (AwsException e) {
      return new Verdict.Refused("sts: " + e.code() + ": " + e.getMessage());
    }
  }

  private Principal principal(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw bad("token is too large");
    }
    if (!token.startsWith(PREFIX)) {
      throw bad("token is missing the prefix \"" + PREFIX + "\"");
    }
    URI address;
    try {
      address =
          new URI(
              new String(
                  Base64.getUrlDecoder().decode(token.substring(PREFIX.length())),
                  StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw bad("what is in the token is no address");
    }
    if (!scheme.equals(address.getScheme())) {
      throw bad("unexpected scheme \"" + address.getScheme() + "\" in pre-signed URL");
    }
    if (!host.equals(address.getAuthority())) {
      throw bad("unexpected hostname \"" + address.getAuthority() + "\" in pre-signed URL");
    }
    if (!"/".equals(address.getPath())) {
      throw bad("unexpected path in pre-signed URL");
    }
    String query = address.getRawQuery() == null ? "" : address.getRawQuery();
    Map<String, String> parameters = parameters(query);
    if (!parameters.getOrDefault("action", "").equals("GetCallerIdentity")) {
      throw bad("unexpected action parameter in pre-signed URL");
    }
    if (!List.of(parameters.getOrDefault("x-amz-signedheaders", "").split(";"))
        .contains(CLUSTER_HEADER)) {
      throw bad("client did not sign the " + CLUSTER_HEADER + " header in the pre-signed URL");
    }
    String expires = parameters.getOrDefault("x-amz-expires", "");
    if (!expires.matches("\\d{1,3}") || Integer.parseInt(expires) > LASTING.toSeconds()) {
      throw bad("invalid X-Amz-Expires parameter in pre-signed URL");
    }
    // The header is ours to set: a token for another cluster was signed with another value.
    return signatures.principalOfAddress(
        Service.STS,
        new Call("GET", "/", query, Map.of("host", host, CLUSTER_HEADER, cluster.name()), ""),
        LASTING);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    List<Parameter> all;
    try {
      all = SignatureV4.parameters(query);
    } catch (IllegalArgumentException e) {
      throw bad("the query of the pre-signed URL is not well encoded");
    }
    for (Parameter each : all) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (!PARAMETERS.contains(name)) {
        throw bad("non-whitelisted query parameter \"" + name + "\"");
      }
      if (parameters.put(name, each.value()) != null) {
        throw bad("query parameter with multiple values not supported");
      }
    }
    return parameters;
  }

  private static AwsException bad(String why) {
    return new AwsException(403, "InvalidToken", why);
  }

  /** Access entries come first; {@code aws-auth} is asked for those who have none. */
  private Verdict user(Principal principal) {
    if (cluster.mode().hasEntries()) {
      Optional<AccessEntry> entry = cluster.entry(principal.identity().arn());
      if (entry.isPresent()) {
        cluster.bind(entry.get());
        List<String> groups = new ArrayList<>(entry.get().groups());
        if (!entry.get().policies().isEmpty()) {
          groups.add(entry.get().policyGroup());
        }
        return user(principal, KubernetesNames.fill(entry.get().username(), principal), groups);
      }
    }
    if (cluster.mode().hasConfigMap()) {
      Optional<AwsAuth.Mapped> mapped = new AwsAuth(cluster.connection().awsAuth()).find(principal);
      if (mapped.isPresent()) {
        return user(principal, mapped.get().username(), mapped.get().groups());
      }
    }
    return new Verdict.Refused(principal.identity().arnWithoutPath() + " is not mapped");
  }

  private static Verdict.User user(Principal principal, String username, List<String> groups) {
    Identity identity = principal.identity();
    return new Verdict.User(
        username,
        "aws-iam-authenticator:" + identity.account() + ":" + identity.id(),
        groups,
        Map.of(
            "arn",
            List.of(principal.arn()),
            "canonicalArn",
            List.of(identity.arnWithoutPath()),
            "principalId",
            List.of(identity.id()),
            "sessionName",
            Arrays.asList(principal.session().orElse(""))));
  }
}
