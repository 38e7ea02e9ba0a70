package dev.shirube.verify.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.shirube.verify.aws.AccessEntry.Association;
import dev.shirube.verify.aws.EksCluster.AuthenticationMode;
import dev.shirube.verify.aws.TokenReviewer.Verdict;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AWS for one scenario: the endpoints of EKS, IAM and STS on loopback, and the webhook that the API
 * server asks for tokens. Begins with the {@link SampleAccount}, and forgets everything when it is
 * closed.
 */
public final class AwsDouble implements AutoCloseable {

  /** Another run may prove a page on the same cluster; its webhook listens at the same port. */
  private static final Duration WEBHOOK_PATIENCE = Duration.ofMinutes(5);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int LARGEST_BODY = 1024 * 1024;

  private final EksCluster cluster;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer endpoints;
  private final HttpServer webhook;

  private AwsDouble(
      ClusterConnection connection,
      TokenWebhook webhook,
      AuthenticationMode mode,
      Clock clock,
      Duration patience) {
    Account account = SampleAccount.open();
    Instant now = clock.instant();
    cluster =
        new EksCluster(
            SampleAccount.CLUSTER, SampleAccount.REGION, account.number(), mode, connection, now);
    SignatureCheck signatures = new SignatureCheck(account, clock);
    EksApi eks = new EksApi(account, List.of(cluster), clock);
    IamApi iam = new IamApi(account, clock);
    StsApi sts = new StsApi(account, clock);
    endpoints = endpoints(call -> answer(call, signatures, eks, iam, sts));
    TokenReviewer reviewer = new TokenReviewer(signatures, cluster, "http", host());
    try {
      this.webhook = webhook(webhook, call -> review(call, reviewer), patience);
    } catch (AwsDoubleException e) {
      endpoints.stop(0);
      threads.close();
      throw e;
    }
    if (mode.hasEntries()) {
      cluster.put(creator(account, now));
    }
  }

  /** Whoever makes a cluster is its first administrator. */
  private AccessEntry creator(Account account, Instant now) {
    String arn = "arn:aws:iam::" + account.number() + ":user/" + SampleAccount.ADMINISTRATOR;
    return new AccessEntry(
        arn,
        cluster.arn().replace(":cluster/", ":access-entry/")
            + "/user/"
            + SampleAccount.ADMINISTRATOR,
        arn,
        List.of(),
        Map.of(
            AccessPolicy.CLUSTER_ADMIN.arn(),
            new Association(AccessPolicy.CLUSTER_ADMIN, List.of(), now)),
        now,
        now);
  }

  /**
   * Starts it; waits where another run is served at the same webhook.
   *
   * @throws AwsDoubleException where it cannot be served
   */
  public static AwsDouble open(ClusterConnection connection, TokenWebhook webhook, Clock clock) {
    return new AwsDouble(
        connection, webhook, AuthenticationMode.API_AND_CONFIG_MAP, clock, WEBHOOK_PATIENCE);
  }

  /** The same, in another authentication mode and with another patience. */
  static AwsDouble open(
      ClusterConnection connection,
      TokenWebhook webhook,
      AuthenticationMode mode,
      Clock clock,
      Duration patience) {
    return new AwsDouble(connection, webhook, mode, clock, patience);
  }

  /** What the AWS CLI has to see to call here, and nothing of the machine. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_ENDPOINT_URL", "http://" + host());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_PAGER", "");
    return environment;
  }

  /** What {@code ~/.aws/credentials} begins with: the profile of the administrator. */
  public String credentials() {
    return SampleAccount.administratorProfile();
  }

  private String host() {
    return "127.0.0.1:" + endpoints.getAddress().getPort();
  }

  // --- calls

  private static Answer answer(
      Call call, SignatureCheck signatures, EksApi eks, IamApi iam, StsApi sts) {
    Service service = SignatureCheck.service(call).orElse(Service.EKS);
    try {
      Principal principal = signatures.principal(service, call);
      return switch (service) {
        case EKS -> eks.answer(principal, SignatureCheck.region(call), call);
        case IAM -> iam.answer(principal, QueryParameters.of(call));
        case STS -> sts.answer(principal, QueryParameters.of(call));
      };
    } catch (AwsException e) {
      return Answer.refusal(service, e);
    } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
      return Answer.refusal(
          service, new AwsException(400, "ValidationException", String.valueOf(e.getMessage())));
    }
  }

  /**
   * Answers a <a
   * href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">TokenReview</a>.
   */
  private static Answer review(Call call, TokenReviewer reviewer) {
    JsonNode review = JsonMapper.shared().readTree(call.body());
    Map<String, Object> status = new HashMap<>();
    switch (reviewer.review(review.path("spec").path("token").asString(""))) {
      case Verdict.User user -> {
        status.put("authenticated", true);
        status.put(
            "user",
            Map.of(
                "username",
                user.username(),
                "uid",
                user.uid(),
                "groups",
                user.groups(),
                "extra",
                user.extra()));
      }
      case Verdict.Refused refused -> {
        status.put("authenticated", false);
        status.put("error", refused.why());
      }
    }
    return Answer.json(
        Map.of(
            "apiVersion",
            review.path("apiVersion").asString("authentication.k8s.io/v1"),
            "kind",
            "TokenReview",
            "status",
            status));
  }

  // --- servers

  private interface Handler {
    Answer answer(Call call);
  }

  private HttpServer endpoints(Handler handler) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      return start(server, handler);
    } catch (IOException e) {
      throw new AwsDoubleException("the double of AWS cannot listen: " + e.getMessage(), e);
    }
  }

  private HttpServer webhook(TokenWebhook where, Handler handler, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        HttpsServer server = HttpsServer.create(where.address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(where.identity()));
        return start(server, handler);
      } catch (BindException e) {
        if (System.nanoTime() > end) {
          throw new AwsDoubleException(
              "the API server's questions for tokens cannot be answered at "
                  + where.address()
                  + ": "
                  + e.getMessage(),
              e);
        }
        pause(e);
      } catch (IOException e) {
        throw new AwsDoubleException(
            "the API server's questions for tokens cannot be answered: " + e.getMessage(), e);
      }
    }
  }

  private static void pause(BindException cause) {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AwsDoubleException("interrupted while waiting for the webhook's port", cause);
    }
  }

  private HttpServer start(HttpServer server, Handler handler) {
    server.createContext("/", exchange -> handle(exchange, handler));
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private static void handle(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(lower(name), String.join(",", values)));
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
      Answer answer =
          handler.answer(
              new Call(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getRawPath(),
                  Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                  headers,
                  new String(body, StandardCharsets.UTF_8)));
      byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Stops serving, and takes back what was made in the cluster for access policies. */
  @Override
  public void close() {
    endpoints.stop(0);
    webhook.stop(0);
    threads.close();
    cluster.clear();
  }
}
