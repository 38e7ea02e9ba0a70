package dev.shirube.verify.kubernetes;

import dev.shirube.verify.ClusterUnavailableException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests to an API server; where it does not answer, or says that it cannot, that is thrown. */
final class Http implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** RFC 7234, section 5.5: {@code 299 - "text"}. */
  private static final Pattern WARNING = Pattern.compile("\\d{3} \\S+ \"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * In the messages of structured merges, <a
   * href="https://github.com/kubernetes/apimachinery/blob/v0.37.2/pkg/util/managedfields/internal/structuredmerge.go">structuredmerge.go</a>.
   */
  private static final List<String> REFUSALS =
      List.of("webhook", "failed to create typed patch object (", "failed to convert new object (");

  private final Config config;
  private final KubernetesClient client;

  /** The answer to a request. */
  record Response(int status, String body, List<String> warnings) {

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  Http(String kubeconfig) {
    config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout((int) TIMEOUT.toMillis());
    config.setConnectionTimeout((int) TIMEOUT.toMillis());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  String server() {
    return config.getMasterUrl();
  }

  Response get(String path) {
    return get(path, TIMEOUT);
  }

  Response get(String path, Duration timeout) {
    return send(request(path).build(), timeout);
  }

  /** The names in a list, without the objects. */
  Response list(String path) {
    return send(
        request(path)
            .header("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
            .build(),
        TIMEOUT);
  }

  Response send(String method, String path, String contentType, String body) {
    return send(request(path).method(method, contentType, body).build(), TIMEOUT);
  }

  private HttpRequest.Builder request(String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(server().replaceFirst("/$", "") + path);
  }

  private Response send(HttpRequest request, Duration timeout) {
    try {
      HttpResponse<String> response =
          client
              .getHttpClient()
              .sendAsync(request, String.class)
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      String body = response.body() == null ? "" : response.body();
      if (isTrouble(response.code(), body)) {
        throw new ClusterUnavailableException(
            "the API server answers " + response.code() + ": " + body.strip());
      }
      return new Response(response.code(), body, warnings(response));
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (TimeoutException e) {
      throw new ClusterUnavailableException(
          "the API server did not answer within " + timeout.toMillis() + " ms", e);
    } catch (KubernetesClientException | UncheckedIOException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailableException("interrupted while waiting for the API server", e);
    }
  }

  /**
   * Whether an answer says that the server cannot, rather than that it will not.
   *
   * <p>Some refusals are a 500 as well, which tells nothing but their message: what a webhook has
   * to say, and, of a server-side apply, that the patch does not fit its schema (an unknown field,
   * a wrong type) or cannot be read as its kind (a quantity, a date, base64).
   */
  static boolean isTrouble(int status, String body) {
    return status == 429
        || status == 502
        || status == 503
        || status == 504
        || (status == 500 && REFUSALS.stream().noneMatch(body::contains));
  }

  private ClusterUnavailableException unavailable(@Nullable Throwable cause) {
    Throwable last = cause;
    while (last != null && last.getCause() != null) {
      last = last.getCause();
    }
    return new ClusterUnavailableException(
        "the API server at "
            + server()
            + " does not answer: "
            + (last == null ? "" : last.getMessage()),
        cause == null ? new IllegalStateException() : cause);
  }

  private static List<String> warnings(HttpResponse<?> response) {
    return response.headers("Warning").stream()
        .flatMap(header -> WARNING.matcher(header).results())
        .map(result -> result.group(1).replaceAll("\\\\(.)", "$1"))
        .toList();
  }

  /** The server, as in a kubeconfig. */
  Map<String, Object> clusterEntry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("server", server().replaceFirst("/$", ""));
    put(entry, "certificate-authority-data", config.getCaCertData());
    if (config.isTrustCerts()) {
      entry.put("insecure-skip-tls-verify", true);
    }
    return entry;
  }

  /** The user, as in a kubeconfig. */
  Map<String, Object> userEntry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    put(entry, "client-certificate-data", config.getClientCertData());
    put(entry, "client-key-data", config.getClientKeyData());
    put(entry, "token", config.getAutoOAuthToken());
    return entry;
  }

  private static void put(Map<String, Object> entry, String key, @Nullable String value) {
    if (value != null) {
      entry.put(key, value);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
