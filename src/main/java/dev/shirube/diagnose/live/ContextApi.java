package dev.shirube.diagnose.live;

import dev.shirube.model.Suggestion;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The API server of a context that somebody has named. As kubectl does, it runs the program that
 * the context's user names for its credentials. It has no way to write.
 */
public final class ContextApi implements ReadOnlyApi, AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final String server;

  private ContextApi(Config config) {
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout((int) TIMEOUT.toMillis());
    config.setConnectionTimeout((int) TIMEOUT.toMillis());
    client = new KubernetesClientBuilder().withConfig(config).build();
    server = config.getMasterUrl().replaceFirst("/$", "");
  }

  /**
   * Looks a context up; the server is not asked yet.
   *
   * @param kubeconfig the file; empty for those of {@code KUBECONFIG}, else {@code ~/.kube/config}
   * @param environment of this process
   * @throws UnreadableClusterException where there is no such context
   */
  public static ContextApi of(
      String context, Optional<Path> kubeconfig, Map<String, String> environment) {
    List<Path> files = kubeconfig.map(List::of).orElseGet(() -> usual(environment));
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue;
      }
      List<String> found = contexts(file);
      if (found.contains(context)) {
        try {
          return new ContextApi(Config.fromKubeconfig(context, file.toFile()));
        } catch (KubernetesClientException | IllegalArgumentException e) {
          throw new UnreadableClusterException(
              "the context \"%s\" of %s cannot be used: %s".formatted(context, file, firstLine(e)),
              e);
        }
      }
      names.addAll(found);
    }
    throw new UnreadableClusterException(
        "no context is called \"%s\" in %s%s"
            .formatted(
                context,
                files.stream().map(Path::toString).collect(Collectors.joining(" or ")),
                Suggestion.nearest(context, names)
                    .map(near -> "\n  fix: did you mean \"" + near + "\"?")
                    .orElse(
                        names.isEmpty()
                            ? "\n  fix: name the file with --kubeconfig FILE"
                            : "\n  fix: there is " + String.join(", ", names))));
  }

  private static List<Path> usual(Map<String, String> environment) {
    List<Path> files =
        Arrays.stream(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator))
            .filter(file -> !file.isBlank())
            .map(Path::of)
            .toList();
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return files.isEmpty() ? List.of(Path.of(home, ".kube", "config")) : files;
  }

  private static List<String> contexts(Path file) {
    try {
      io.fabric8.kubernetes.api.model.Config config =
          Serialization.unmarshal(
              Files.readString(file), io.fabric8.kubernetes.api.model.Config.class);
      return config == null || config.getContexts() == null
          ? List.of()
          : config.getContexts().stream().map(NamedContext::getName).toList();
    } catch (IOException | RuntimeException e) {
      // Its message may quote the file, and with it a password.
      throw new UnreadableClusterException("the kubeconfig " + file + " cannot be read");
    }
  }

  @Override
  public Answer get(String path) {
    try {
      HttpResponse<String> response =
          client
              .getHttpClient()
              .sendAsync(
                  client.getHttpClient().newHttpRequestBuilder().uri(server + path).build(),
                  String.class)
              .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.code(), response.body() == null ? "" : response.body());
    } catch (ExecutionException e) {
      throw silent(e.getCause());
    } catch (TimeoutException e) {
      throw new UnreadableClusterException(
          "the API server at %s did not answer within %d s".formatted(server, TIMEOUT.toSeconds()),
          e);
    } catch (KubernetesClientException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableClusterException("interrupted while waiting for the API server", e);
    }
  }

  private UnreadableClusterException silent(@Nullable Throwable cause) {
    Throwable last = cause;
    while (last != null && last.getCause() != null) {
      last = last.getCause();
    }
    return new UnreadableClusterException(
        "the API server at %s does not answer: %s"
            .formatted(server, last == null ? "" : last.getMessage()));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
