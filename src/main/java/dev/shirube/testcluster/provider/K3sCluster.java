package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Nonce;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.install.Machine;
import dev.shirube.testcluster.local.ApiServer;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A cluster of one node in a container, which outlives the command that starts it. */
final class K3sCluster extends AttachedCluster {

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int LAST_LINES = 10;
  private static final String API_PORT = "6443";

  private final String container;

  private K3sCluster(
      RunFolder run, String container, String context, ClusterFacts facts, String nonce) {
    super(run, context, facts, nonce);
    this.container = container;
  }

  /**
   * The image of a version of Kubernetes.
   *
   * @param kubernetes with its patch, for example {@code 1.37.2}
   */
  static String image(String kubernetes) {
    if (!kubernetes.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new ClusterException(
          "k3s has an image for each patch of Kubernetes, and "
              + kubernetes
              + " names none\n  fix: --kubernetes "
              + kubernetes
              + ".N");
    }
    return "docker.io/rancher/k3s:v" + kubernetes + "-k3s1";
  }

  /** Starts one; the run folder is {@link RunFolder#locked}. */
  static K3sCluster start(
      RunFolder run, String name, String image, DockerEngine engine, Consumer<String> progress) {
    String nonce = Nonce.fresh();
    String container = "shirube-" + name + "-" + nonce.substring(0, 10);
    engine.requireImage(image, progress);
    // Written first, so that the next command can clean up after a start that was interrupted.
    new Attachment(ProviderName.K3S, container).write(run);
    try {
      engine.answer(runCommand(container, image, engine));
      progress.accept("container started");
      String context = LocalCluster.context(name);
      String kubeconfig = awaitKubeconfig(engine, container, context);
      try (ApiServer apiServer = new ApiServer(kubeconfig)) {
        await(engine, container, "the API server", apiServer::isReady);
        progress.accept("API server ready");
        await(engine, container, "the node", () -> isNodeReady(apiServer));
        progress.accept("node ready");
        await(engine, container, "the ServiceAccount", apiServer::hasDefaultServiceAccount);
        progress.accept("default ServiceAccount made");
        apiServer.mark(nonce);
        ClusterFacts facts = ClusterFacts.of(apiServer);
        run.writeKubeconfig(kubeconfig);
        return new K3sCluster(run, container, context, facts, nonce);
      }
    } catch (RuntimeException e) {
      boolean interrupted = Thread.interrupted(); // else docker could not be run any more
      String lines = lastLines(engine, container);
      removeLocked(run, container, engine);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new ClusterException(
          "k3s did not start: " + e.getMessage() + lines + "\n  logs: " + log(run), e);
    }
  }

  /** The arguments of {@code docker} that start a container. */
  static List<String> runCommand(String container, String image, DockerEngine engine) {
    return runCommand(container, image, engine.host(), engine.publishAddress());
  }

  static List<String> runCommand(String container, String image, String host, String publish) {
    return List.of(
        "run",
        "--detach",
        "--name=" + container,
        "--hostname=node-1",
        "--privileged",
        "--tmpfs=/run",
        "--tmpfs=/var/run",
        "--publish=" + publish + "::" + API_PORT,
        image,
        "server",
        "--disable=traefik",
        "--tls-san=" + host);
  }

  private static String awaitKubeconfig(DockerEngine engine, String container, String context) {
    String[] written = {""};
    await(
        engine,
        container,
        "its kubeconfig",
        () -> {
          Command.Result file =
              engine.docker("exec", container, "cat", "/etc/rancher/k3s/k3s.yaml");
          written[0] = file.ok() ? file.output() : "";
          return file.ok();
        });
    // For example 127.0.0.1:49153; one line for each family of addresses.
    String published =
        engine.answer(List.of("port", container, API_PORT)).lines().findFirst().orElse("");
    String port = published.substring(published.lastIndexOf(':') + 1);
    return SingleContext.ofK3s(written[0], context, "https://" + engine.host() + ":" + port)
        .kubeconfig();
  }

  private static boolean isNodeReady(ApiServer apiServer) {
    try {
      return apiServer.nodes().containsValue(true);
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private static void await(
      DockerEngine engine, String container, String what, BooleanSupplier condition) {
    Pause pause = new Pause(DEADLINE, LOOK_EVERY);
    while (!condition.getAsBoolean()) {
      if (!isRunning(engine, container)) {
        throw new ClusterException("its container has ended");
      }
      if (!pause.next()) {
        throw new ClusterException(what + " was not ready within " + DEADLINE.toSeconds() + " s");
      }
    }
  }

  private static boolean isRunning(DockerEngine engine, String container) {
    return engine
        .docker("inspect", "--format", "{{.State.Running}}", container)
        .output()
        .strip()
        .equals("true");
  }

  private static String lastLines(DockerEngine engine, String container) {
    StringBuilder text = new StringBuilder();
    engine
        .docker("logs", "--tail", String.valueOf(LAST_LINES), container)
        .lines()
        .forEach(line -> text.append("\n    ").append(line));
    return text.isEmpty() ? "" : "; its last log lines:" + text;
  }

  /** Looks for the cluster of a run folder; ends one that is not whole. */
  static ClusterProviders.Finding find(RunFolder run, String container) {
    DockerEngine engine = DockerEngine.of(Machine.here().find("docker"));
    return run.locked(
        () -> {
          String died = "";
          if (!isRunning(engine, container)) {
            died = "the container " + container + " has ended" + lastLines(engine, container);
          } else if (!Files.exists(run.kubeconfig())) {
            died = "its start was interrupted";
          }
          if (died.isEmpty()) {
            return new ClusterProviders.Finding.Up(ask(run, container), ProviderName.K3S);
          }
          removeLocked(run, container, engine);
          return new ClusterProviders.Finding.Died(died);
        });
  }

  private static K3sCluster ask(RunFolder run, String container) {
    String kubeconfig = run.readKubeconfig();
    try (ApiServer apiServer = new ApiServer(kubeconfig)) {
      String nonce =
          apiServer
              .nonce()
              .orElseThrow(() -> new ClusterException(container + " has lost its marker"));
      return new K3sCluster(
          run, container, SingleContext.nameIn(kubeconfig), ClusterFacts.of(apiServer), nonce);
    } catch (KubernetesClientException e) {
      throw new ClusterException(container + " does not answer: " + e.getMessage(), e);
    }
  }

  /** Ends the container of a run folder, in whatever state it is. */
  static void remove(RunFolder run, String container) {
    DockerEngine engine = DockerEngine.of(Machine.here().find("docker"));
    run.locked(
        () -> {
          removeLocked(run, container, engine);
          return run;
        });
  }

  private static void removeLocked(RunFolder run, String container, DockerEngine engine) {
    saveLog(run, engine.docker("logs", container));
    Command.Result removed = engine.docker("rm", "--force", "--volumes", container);
    if (!removed.ok() && engine.docker("inspect", container).ok()) {
      throw new ClusterException(
          "the container " + container + " cannot be removed: " + removed.output().strip());
    }
    run.forget();
  }

  private static void saveLog(RunFolder run, Command.Result logs) {
    try {
      Files.createDirectories(run.logs());
      Files.write(log(run), logs.lines());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + log(run) + ": " + e, e);
    }
  }

  private static Path log(RunFolder run) {
    return run.logs().resolve("k3s.log");
  }

  @Override
  public void close() {
    remove(run(), container);
  }
}
