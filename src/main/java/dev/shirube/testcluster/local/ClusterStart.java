package dev.shirube.testcluster.local;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.FreePorts;
import dev.shirube.testcluster.Nonce;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.image.ImageStore;
import dev.shirube.testcluster.install.Binaries;
import dev.shirube.testcluster.local.LocalCluster.Finding;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Starts a {@link LocalCluster}: the way from nothing to Ready, in order. */
public final class ClusterStart {

  /** How long each part of a cluster may take, where nothing else was asked for. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration HEALTH_EVERY = Duration.ofMillis(500);
  private static final int MOST_TRIES = 3;

  /** What etcd reserves for its log, and a little for the rest. */
  private static final int API_SERVER_MIB = 200;

  private static final int NODE_MIB = 300;

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
  private final Settings settings;
  private final Binaries binaries;
  private final Consumer<String> progress;
  private final IntFunction<List<Integer>> freePorts;
  private final CertificateAuthority authority = new CertificateAuthority(Clock.systemUTC());
  private ClusterState state;

  private ClusterStart(
      RunFolder run,
      Settings settings,
      Binaries binaries,
      Consumer<String> progress,
      IntFunction<List<Integer>> freePorts) {
    this.run = run;
    this.settings = settings;
    this.binaries = binaries;
    this.progress = progress;
    this.freePorts = freePorts;
    state =
        new ClusterState(
            settings.name(),
            Nonce.fresh(),
            settings.tier(),
            binaries.kubernetes(),
            false,
            0,
            Map.of(),
            List.of());
  }

  /**
   * What to start.
   *
   * @param nodes how many; without meaning in the API server tier
   * @param patience how long each part may take until it is ready
   */
  public record Settings(String name, Tier tier, int nodes, Duration patience) {

    /** The same, with the usual patience. */
    public Settings(String name, Tier tier, int nodes) {
      this(name, tier, nodes, PATIENCE);
    }
  }

  /**
   * Starts a cluster and waits until it can be used; where that fails, nothing is left of it. A
   * cluster that another command has started in the meantime is returned as it is.
   *
   * @param progress hears of each step once it is done
   */
  public static LocalCluster start(
      RunFolder run, Settings settings, Binaries binaries, Consumer<String> progress) {
    return start(run, settings, binaries, progress, FreePorts::find);
  }

  /**
   * The same.
   *
   * @param freePorts finds so many ports that nobody listens on
   */
  static LocalCluster start(
      RunFolder run,
      Settings settings,
      Binaries binaries,
      Consumer<String> progress,
      IntFunction<List<Integer>> freePorts) {
    Preconditions.check(settings, binaries);
    DiskSpace.require(run.path(), settings.tier() == Tier.NODE ? NODE_MIB : API_SERVER_MIB);
    run.create();
    return run.locked(
        () -> {
          if (LocalCluster.findLocked(run) instanceof Finding.Up up) {
            progress.accept("another command has just started it");
            return up.cluster();
          }
          if (run.isTaken()) {
            throw new ClusterException(
                "another command has just started a cluster in " + run.path());
          }
          for (int triesLeft = MOST_TRIES - 1; ; triesLeft--) {
            Optional<LocalCluster> started =
                new ClusterStart(run, settings, binaries, progress, freePorts).tried(triesLeft);
            if (started.isPresent()) {
              return started.get();
            }
            progress.accept("another program has just taken a port; once more with others");
          }
        });
  }

  /** The cluster; empty where a port was taken and there are tries left. */
  private Optional<LocalCluster> tried(int triesLeft) {
    // Ctrl-C ends the command, and with it what it has started.
    CountDownLatch ended = new CountDownLatch(1);
    Thread starter = Thread.currentThread();
    Thread hook = new Thread(() -> interrupt(starter, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      run(settings.nodes());
      return Optional.of(new LocalCluster(run, state));
    } catch (RuntimeException e) {
      boolean portTaken = state.tier() == Tier.APISERVER && saysAddressInUse();
      ClusterException failure = failure(e);
      if (portTaken && triesLeft > 0) {
        return Optional.empty();
      }
      throw failure;
    } finally {
      ended.countDown();
      removeHook(hook);
    }
  }

  private void run(int nodes) {
    run.save(state);
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
    List<Integer> ports = freePorts.apply(4);
    return new ControlPlane(
        "127.0.0.1",
        "127.0.0.1",
        new ControlPlane.Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3)),
        LocalCluster.context(state.name()));
  }

  private ControlPlane onSubnet() {
    Subnet subnet = new ClusterNetwork(state.id()).reserve();
    state = state.withSubnet(subnet.number());
    run.save(state);
    return new ControlPlane(
        subnet.controlPlane(),
        subnet.machine(),
        ControlPlane.Ports.USUAL,
        LocalCluster.context(state.name()));
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
    if (hasRegistries()) {
      programs.add(Registries.PROGRAM);
      Registries registries = new Registries(subnet(state).controlPlane());
      folder.mount(Registries.STORE, new ImageStore(binaries.cache()).registry());
      folder.write(registries.mirror(folder));
      folder.write(registries.privateRegistry(folder, authority));
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
    if (hasRegistries()) {
      new Registries(subnet(state).controlPlane()).introduce(folder);
    }
    NODE_PROGRAMS.forEach(program -> folder.link(program, binaries.path(program)));
    startHost(node, nodes);
    folder.request(List.of(WorkerNode.CONTAINERD));
  }

  private void startHost(WorkerNode node, int nodes) {
    long pid = startProcess(run, state, node);
    state = state.withHost(node.name(), pid);
    run.save(state);
    connect(state, node, nodes);
  }

  private static long startProcess(RunFolder run, ClusterState state, WorkerNode node) {
    new Cgroups(state.id()).create(node.name());
    return new Hosts(run, state).start(node.name());
  }

  private static void connect(ClusterState state, WorkerNode node, int nodes) {
    long pid = Objects.requireNonNull(state.hosts().get(node.name()));
    new ClusterNetwork(state.id())
        .connectNode(subnet(state), node.number(), pid, controlPlanePid(state), nodes);
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
      if (hasRegistries()) {
        controlPlane.request(List.of(Registries.MIRROR, Registries.PRIVATE));
      }
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

  /**
   * Starts a node that was stopped; returns the state with it. The node counts as stopped until it
   * is ready, so that a start that was interrupted can be done again.
   */
  static ClusterState startNode(RunFolder run, ClusterState before, String name) {
    new Hosts(run, before).stop(name); // what an interrupted start left
    try {
      ClusterState state = startNodeAgain(run, before, name);
      run.save(state);
      return state;
    } catch (RuntimeException e) {
      new Hosts(run, before).stop(name);
      throw new ClusterException(
          name + " did not start: " + e.getMessage() + "\n  it is stopped", e);
    }
  }

  private static ClusterState startNodeAgain(RunFolder run, ClusterState before, String name) {
    Instant begin = Instant.now();
    int number = before.nodes().indexOf(name) + 1;
    WorkerNode node = new WorkerNode(number, subnet(before), new Cgroups(before.id()).folder(name));
    HostFolder folder = run.host(name);
    folder.reset();
    ClusterState state = before.withHost(name, startProcess(run, before, node));
    connect(state, node, before.nodes().size());
    folder.request(List.of(WorkerNode.CONTAINERD, WorkerNode.KUBELET, WorkerNode.PROXY));
    folder.requestsEnd();
    try (ApiServer apiServer = new ApiServer(run.readKubeconfig())) {
      await(
          run,
          state,
          PATIENCE,
          name,
          () -> apiServer.isBack(name, begin) && apiServer.isReady(name));
    }
    return state;
  }

  private void await(String what, BooleanSupplier condition) {
    await(run, state, settings.patience(), what, condition);
  }

  private static void await(
      RunFolder run,
      ClusterState state,
      Duration patience,
      String what,
      BooleanSupplier condition) {
    Pause pause = new Pause(patience, LOOK_EVERY);
    long healthSeen = System.nanoTime();
    FutureTask<Boolean> look = look(condition);
    while (!holds(look)) {
      if (look.isDone()) {
        look = look(condition);
      }
      // To look at all processes of the machine costs time that the cluster needs to start.
      String died = "";
      if (System.nanoTime() - healthSeen > HEALTH_EVERY.toNanos()) {
        died = ClusterHealth.whatDied(ClusterHealth.of(state, run));
        healthSeen = System.nanoTime();
      }
      if (!died.isEmpty()) {
        throw new ClusterException(died);
      }
      if (!pause.next()) {
        throw new ClusterException(
            what + " was not ready within " + patience.toSeconds() + " s; see the logs");
      }
    }
  }

  /** Looks aside: an API server whose etcd has died takes questions and answers none. */
  private static FutureTask<Boolean> look(BooleanSupplier condition) {
    FutureTask<Boolean> look = new FutureTask<>(condition::getAsBoolean);
    Thread.ofVirtual().start(look);
    return look;
  }

  /** Whether the answer is yes; no where there is none yet. */
  private static boolean holds(FutureTask<Boolean> look) {
    try {
      return look.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look at the API server failed", e.getCause());
    }
  }

  /** Whether a part ended because another program had its port. */
  private boolean saysAddressInUse() {
    return ClusterHealth.of(state, run).stream()
        .flatMap(part -> part.lastLines().stream())
        .anyMatch(line -> line.contains("address already in use"));
  }

  /** Cleans up; names what died, where something did. */
  private ClusterException failure(RuntimeException cause) {
    boolean interrupted = Thread.interrupted();
    List<PartHealth> health = ClusterHealth.of(state, run);
    String died = ClusterHealth.whatDied(health);
    String why = died.isEmpty() || interrupted ? String.valueOf(cause.getMessage()) : died;
    why += DiskSpace.whyFull(run.path(), why);
    if (!interrupted) {
      why += whyBroken(health);
    }
    try {
      LocalCluster.remove(run, state.nonce());
    } catch (ClusterException | UncheckedIOException e) {
      why += "\n  what is left could not be removed: " + e.getMessage();
    }
    return new ClusterException(
        "the cluster did not start: " + why + "\n  logs: " + run.logs(), cause);
  }

  /** Names commands that were changed since they were installed, of the parts that died. */
  private String whyBroken(List<PartHealth> health) {
    List<String> dead = health.stream().filter(part -> !part.runs()).map(PartHealth::part).toList();
    return binaries.changed(dead).stream()
        .map(
            file ->
                "\n  why: "
                    + file
                    + " is not what was installed: its SHA-256 is another"
                    + "\n  fix: delete it, then: shirube cluster install --kubernetes "
                    + binaries.kubernetes())
        .collect(Collectors.joining());
  }

  private boolean hasStorage() {
    return has(STORAGE_PROGRAM);
  }

  private boolean hasRegistries() {
    return has(Registries.PROGRAM);
  }

  private boolean has(String program) {
    return state.tier() == Tier.NODE && !binaries.missing(Tier.NODE).contains(program);
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
