package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Nonce;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.Binaries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Starts a {@link LocalCluster}: the way from nothing to Ready, in order. */
public final class ClusterStart {

  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final int LOOKS_PER_HEALTH_CHECK = 10;

  private static final List<String> CONTROL_PLANE_PROGRAMS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager");
  private static final List<String> POD_PROGRAMS = List.of("kube-scheduler", "coredns");
  private static final String STORAGE_PROGRAM = "local-path-provisioner";
  private static final List<String> NODE_PROGRAMS =
      List.of(
          "containerd",
          "containerd-shim-runc-v2",
          "ctr",
          "runc",
          "bridge",
          "host-local",
          "loopback",
          "portmap",
          "kubelet",
          "kube-proxy");

  private static final String ADMIN = "kubernetes-admin";

  private final RunFolder run;
  private final Binaries binaries;
  private final Consumer<String> progress;
  private final CertificateAuthority authority = new CertificateAuthority(Clock.systemUTC());
  private ClusterState state;

  private ClusterStart(
      RunFolder run, ClusterState state, Binaries binaries, Consumer<String> progress) {
    this.run = run;
    this.state = state;
    this.binaries = binaries;
    this.progress = progress;
  }

  /**
   * What to start.
   *
   * @param nodes how many; without meaning in the API server tier
   */
  public record Settings(String name, Tier tier, int nodes) {}

  /**
   * Starts a cluster and waits until it can be used; where that fails, nothing is left of it.
   *
   * @param progress hears of each step once it is done
   */
  public static LocalCluster start(
      RunFolder run, Settings settings, Binaries binaries, Consumer<String> progress) {
    Preconditions.check(settings, binaries);
    run.create();
    return run.locked(() -> startLocked(run, settings, binaries, progress));
  }

  private static LocalCluster startLocked(
      RunFolder run, Settings settings, Binaries binaries, Consumer<String> progress) {
    if (run.isTaken()) {
      throw new ClusterException("another command has just started a cluster in " + run.path());
    }
    ClusterState state =
        new ClusterState(
            settings.name(),
            Nonce.fresh(),
            settings.tier(),
            binaries.kubernetes(),
            false,
            0,
            Map.of(),
            List.of());
    run.save(state);
    ClusterStart start = new ClusterStart(run, state, binaries, progress);
    // Ctrl-C ends the command, and with it what it has started.
    CountDownLatch ended = new CountDownLatch(1);
    Thread starter = Thread.currentThread();
    Thread hook = new Thread(() -> interrupt(starter, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      start.run(settings.nodes());
    } catch (RuntimeException e) {
      throw start.failure(e);
    } finally {
      ended.countDown();
      removeHook(hook);
    }
    return new LocalCluster(run, start.state);
  }

  private void run(int nodes) {
    boolean nodeTier = state.tier() == Tier.NODE;
    ControlPlane controlPlane = nodeTier ? onSubnet() : onLoopback();
    startControlPlane(controlPlane, nodes);
    String kubeconfig =
        controlPlane.kubeconfig(authority, ADMIN, authority.client(ADMIN, "system:masters"));
    if (nodeTier) {
      for (int number = 1; number <= nodes; number++) {
        startHost(node(number), nodes, controlPlane);
      }
    }
    try (ApiServer apiServer = new ApiServer(kubeconfig)) {
      await("the API server", apiServer::isReady);
      progress.accept("API server ready");
      startRest(nodeTier);
      apiServer.mark(state.nonce());
      startStorage(apiServer);
      await("the default ServiceAccount", apiServer::hasDefaultServiceAccount);
      progress.accept("default ServiceAccount made");
      for (String node : state.nodes()) {
        await(node, () -> apiServer.isReady(node));
        progress.accept(node + " ready");
      }
    }
    run.writeKubeconfig(kubeconfig);
    state = state.withComplete();
    run.save(state);
  }

  private ControlPlane onLoopback() {
    List<Integer> ports = FreePorts.find(3);
    return new ControlPlane(
        "127.0.0.1",
        new ControlPlane.Ports(ports.get(0), ports.get(1), ports.get(2)),
        LocalCluster.context(state.name()));
  }

  private ControlPlane onSubnet() {
    Subnet subnet = new ClusterNetwork(state.id()).reserve();
    state = state.withSubnet(subnet.number());
    run.save(state);
    return new ControlPlane(
        subnet.controlPlane(), ControlPlane.Ports.USUAL, LocalCluster.context(state.name()));
  }

  private void startControlPlane(ControlPlane controlPlane, int nodes) {
    HostFolder folder = run.host(ClusterState.CONTROL_PLANE);
    folder.create();
    controlPlane.writeCredentials(authority, folder);
    List<String> programs = new ArrayList<>(CONTROL_PLANE_PROGRAMS);
    folder.write(controlPlane.etcd());
    folder.write(controlPlane.apiServer());
    folder.write(controlPlane.controllerManager());
    if (state.tier() == Tier.NODE) {
      programs.addAll(POD_PROGRAMS);
      folder.write(controlPlane.scheduler());
      folder.write(controlPlane.dns(folder));
    }
    if (hasStorage()) {
      programs.add(STORAGE_PROGRAM);
      folder.write(controlPlane.storage(folder));
    }
    programs.forEach(program -> folder.link(program, binaries.path(program)));
    long pid = new Hosts(run, state).start(ClusterState.CONTROL_PLANE);
    state = state.withHost(ClusterState.CONTROL_PLANE, pid);
    run.save(state);
    if (state.tier() == Tier.NODE) {
      new ClusterNetwork(state.id()).connectControlPlane(subnet(state), pid, nodes);
    }
    folder.request(List.of(ControlPlane.ETCD, ControlPlane.API_SERVER));
  }

  private void startHost(WorkerNode node, int nodes, ControlPlane controlPlane) {
    HostFolder folder = run.host(node.name());
    folder.create();
    node.writeCredentials(authority, controlPlane, folder);
    folder.write(node.containerd(folder));
    folder.write(node.kubelet(folder));
    folder.write(node.proxy());
    NODE_PROGRAMS.forEach(program -> folder.link(program, binaries.path(program)));
    state = startHost(run, state, node, nodes);
    folder.request(List.of(WorkerNode.CONTAINERD));
  }

  private static ClusterState startHost(
      RunFolder run, ClusterState before, WorkerNode node, int nodes) {
    new Cgroups(before.id()).create(node.name());
    long pid = new Hosts(run, before).start(node.name());
    ClusterState state = before.withHost(node.name(), pid);
    run.save(state);
    new ClusterNetwork(state.id())
        .connectNode(subnet(state), node.number(), pid, controlPlanePid(state), nodes);
    return state;
  }

  /** What would only try again and again, each time later, until the API server answers. */
  private void startRest(boolean nodeTier) {
    HostFolder controlPlane = run.host(ClusterState.CONTROL_PLANE);
    controlPlane.request(List.of(ControlPlane.CONTROLLER_MANAGER));
    if (nodeTier) {
      for (String node : state.nodes()) {
        run.host(node).request(List.of(WorkerNode.KUBELET, WorkerNode.PROXY));
        run.host(node).requestsEnd();
      }
      controlPlane.request(List.of(ControlPlane.SCHEDULER, ControlPlane.DNS));
    }
  }

  /** The last part of the control plane: it ends at once where its objects are missing. */
  private void startStorage(ApiServer apiServer) {
    HostFolder controlPlane = run.host(ClusterState.CONTROL_PLANE);
    if (hasStorage()) {
      apiServer.create("storage.yaml");
      controlPlane.request(List.of(ControlPlane.STORAGE));
    }
    controlPlane.requestsEnd();
  }

  /** Starts a node that was stopped; returns the state with it. */
  static ClusterState startNode(RunFolder run, ClusterState before, String name) {
    Instant begin = Instant.now();
    int number = before.nodes().indexOf(name) + 1;
    WorkerNode node = new WorkerNode(number, subnet(before), new Cgroups(before.id()).folder(name));
    HostFolder folder = run.host(name);
    folder.reset();
    ClusterState state = startHost(run, before, node, before.nodes().size());
    folder.request(List.of(WorkerNode.CONTAINERD, WorkerNode.KUBELET, WorkerNode.PROXY));
    folder.requestsEnd();
    try (ApiServer apiServer = new ApiServer(run.readKubeconfig())) {
      await(run, state, name, () -> apiServer.isBack(name, begin) && apiServer.isReady(name));
    }
    return state;
  }

  private void await(String what, BooleanSupplier condition) {
    await(run, state, what, condition);
  }

  private static void await(
      RunFolder run, ClusterState state, String what, BooleanSupplier condition) {
    Pause pause = new Pause(DEADLINE, LOOK_EVERY);
    for (int looks = 1; !condition.getAsBoolean(); looks++) {
      // To look at all processes of the machine costs time that the cluster needs to start.
      String died =
          looks % LOOKS_PER_HEALTH_CHECK == 0
              ? ClusterHealth.whatDied(ClusterHealth.of(state, run))
              : "";
      if (!died.isEmpty()) {
        throw new ClusterException(died);
      }
      if (!pause.next()) {
        throw new ClusterException(
            what + " was not ready within " + DEADLINE.toSeconds() + " s; see the logs");
      }
    }
  }

  /** Cleans up; names what died, where something did. */
  private ClusterException failure(RuntimeException cause) {
    boolean interrupted = Thread.interrupted();
    String died = ClusterHealth.whatDied(ClusterHealth.of(state, run));
    String why = died.isEmpty() || interrupted ? String.valueOf(cause.getMessage()) : died;
    LocalCluster.remove(run, state);
    return new ClusterException(
        "the cluster did not start: " + why + "\n  logs: " + run.logs(), cause);
  }

  private boolean hasStorage() {
    return state.tier() == Tier.NODE && !binaries.missing(Tier.NODE).contains(STORAGE_PROGRAM);
  }

  private WorkerNode node(int number) {
    return new WorkerNode(
        number, subnet(state), new Cgroups(state.id()).folder(WorkerNode.name(number)));
  }

  private static Subnet subnet(ClusterState state) {
    return new Subnet(state.subnet());
  }

  private static long controlPlanePid(ClusterState state) {
    return Objects.requireNonNull(state.hosts().get(ClusterState.CONTROL_PLANE));
  }

  private static void interrupt(Thread starter, CountDownLatch ended) {
    starter.interrupt();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next command cleans up
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs.
    }
  }
}
