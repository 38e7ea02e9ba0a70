package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an install does with what it finds; {@link ClusterInstallIT} has the real builds. */
class ClusterInstallerTest {

  private static final String[] ALL = {"go", "gcc", "pkg-config", "nft"};
  private static final List<String> COMMANDS =
      List.of("etcd", "kube-apiserver", "kubelet", "runc", "local-path-provisioner");

  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init")
  private TinyDefinitions definitions;

  @BeforeEach
  void define() throws IOException {
    definitions = new TinyDefinitions(folder);
  }

  private Installation install(Machine machine) {
    return install(machine, "1.37");
  }

  private Installation install(Machine machine, String kubernetes) {
    return new ClusterInstaller(
            folder.resolve("the cache"), definitions.root(), machine, DownloadSource.NONE, s -> {})
        .install(kubernetes);
  }

  @Test
  void aSecondInstallBuildsNothing() throws IOException {
    Machine machine = definitions.machine(Map.of(), ALL);
    Installation first = install(machine);
    assertEquals(List.of(), first.shortfalls());
    assertEquals(COMMANDS, first.built());
    assertEquals(Optional.of(Tier.NODE), first.tier());
    assertEquals("1.37.2", first.binaries().kubernetes());
    assertTrue(
        first.binaries().path("etcd").endsWith("kubernetes-1.37.2/bin/etcd"),
        first.binaries().path("etcd").toString());

    Installation second = install(machine);
    assertEquals(List.of(), second.built());
    assertEquals(Optional.of(Tier.NODE), second.tier());
  }

  @Test
  void aCorruptOrMissingCommandIsBuiltAnew() throws IOException {
    Machine machine = definitions.machine(Map.of(), ALL);
    Binaries binaries = install(machine).binaries();
    Files.write(binaries.path("etcd"), new byte[] {0x7f, 'E', 'L', 'F'});
    Files.delete(binaries.path("runc"));
    assertEquals(List.of("etcd"), binaries.missing(Tier.APISERVER));
    assertEquals(List.of("etcd", "runc"), binaries.missing(Tier.NODE));

    assertEquals(List.of("etcd", "runc"), install(machine).built());
    assertEquals(List.of(), binaries.missing(Tier.NODE));
  }

  @Test
  void aChangedDefinitionIsBuiltAnew() throws IOException {
    Machine machine = definitions.machine(Map.of(), ALL);
    install(machine);
    Path module = definitions.root().resolve("kubernetes/go.mod");
    Files.writeString(module, Files.readString(module) + "// a later etcd\n");
    assertEquals(List.of("etcd", "kube-apiserver", "kubelet"), install(machine).built());
  }

  @Test
  void withoutACompilerTheApiServerTierIsThereAndTheReasonIsTold() throws IOException {
    Installation installation = install(definitions.machine(Map.of(), "go", "nft"));
    assertEquals(Optional.of(Tier.APISERVER), installation.tier());
    assertEquals(List.of("etcd", "kube-apiserver"), installation.built());
    Shortfall shortfall = installation.shortfalls().getFirst();
    assertEquals(Tier.NODE, shortfall.tier());
    assertFalse(shortfall.failed());
    assertTrue(shortfall.why().contains("a C compiler for runc"), shortfall.why());
    assertTrue(
        shortfall.fix().contains("apt-get install gcc libc6-dev libseccomp-dev pkg-config;"),
        shortfall.fix());
  }

  @Test
  void ofTwoInstallsAtOnceOneBuilds() throws Exception {
    Machine machine = definitions.machine(Map.of(), ALL);
    java.util.concurrent.FutureTask<Installation> other =
        new java.util.concurrent.FutureTask<>(() -> install(machine));
    Thread.ofVirtual().start(other);
    int built = install(machine).built().size();
    assertEquals(COMMANDS.size(), built + other.get().built().size());
    assertTrue(built == 0 || built == COMMANDS.size(), "both built");
  }

  @Test
  void nftThatWasRemovedIsMissedThoughAllIsBuilt() throws IOException {
    install(definitions.machine(Map.of(), ALL));
    Files.delete(folder.resolve("tools/nft"));
    Installation again = install(definitions.machine(Map.of()));
    assertEquals(Optional.of(Tier.APISERVER), again.tier());
    assertTrue(again.shortfalls().getFirst().fix().contains("apt-get install nftables;"));
  }

  @Test
  void withoutGoNothingCanBeBuilt() throws IOException {
    Installation installation = install(definitions.machine(Map.of(), "gcc", "pkg-config", "nft"));
    assertEquals(Optional.empty(), installation.tier());
    assertEquals("no-go", installation.shortfalls().getFirst().code());
  }

  @Test
  void aGoThatIsTooOldIsNamed() throws IOException {
    Path module = definitions.root().resolve("node/go.mod");
    Files.writeString(module, Files.readString(module).replace("go 1.24.0", "go 1.999.0"));
    Installation installation = install(definitions.machine(Map.of(), ALL));
    assertEquals(Optional.of(Tier.APISERVER), installation.tier());
    assertEquals("old-go", installation.shortfalls().getFirst().code());
    assertTrue(installation.shortfalls().getFirst().fix().contains("install Go 1.999.0"));
  }

  @Test
  void aFailedBuildIsToldInGosWordsAndStopsNothingElse() throws IOException {
    definitions.write(
        "kubernetes/kubernetes/cmd/kubelet/main.go",
        "package main\n\nfunc main() { nonsense() }\n");
    Installation installation = install(definitions.machine(Map.of(), ALL));
    assertEquals(
        COMMANDS.stream().filter(command -> !command.equals("kubelet")).toList(),
        installation.built());
    assertEquals(Optional.of(Tier.APISERVER), installation.tier());
    assertEquals(1, installation.shortfalls().size());
    Shortfall shortfall = installation.shortfalls().getFirst();
    assertTrue(shortfall.failed());
    assertEquals("kubelet could not be built", shortfall.what());
    assertTrue(shortfall.why().contains("undefined: nonsense"), shortfall.why());
    assertTrue(Files.readString(installation.log()).contains("undefined: nonsense"));
  }

  @Test
  void aCommandOfAnotherVersionIsNotPutInItsPlace() throws IOException {
    definitions.program("node/runc/main.go", "runc version 1.5.20, libseccomp: 2.5.4");
    Installation installation = install(definitions.machine(Map.of(), ALL));
    assertEquals("binary-broken", installation.shortfalls().getFirst().code());
    assertFalse(Files.exists(installation.binaries().path("runc")));
  }

  @Test
  void commandsOfTheRightVersionAreTakenFromTheMachine() throws IOException {
    Path assets = folder.resolve("assets");
    TinyDefinitions.script(assets.resolve("kube-apiserver"), "echo Kubernetes v1.37.2");
    TinyDefinitions.script(assets.resolve("etcd"), "echo etcd Version: 3.6.0");
    Installation installation =
        install(definitions.machine(Map.of("KUBEBUILDER_ASSETS", assets.toString()), ALL));
    assertEquals(Map.of("kube-apiserver", assets.resolve("kube-apiserver")), installation.taken());
    assertTrue(installation.built().contains("etcd"));
    assertEquals(Optional.of(Tier.NODE), installation.tier());
  }

  @Test
  void anUnknownVersionIsRefusedWithThoseThatThereAre() throws IOException {
    Path list = folder.resolve("proxy/k8s.io/kubernetes/@v/list");
    Files.createDirectories(list.getParent());
    Files.writeString(list, "v1.36.3\nv1.36.10\nv1.37.2\nv1.38.0-alpha.1\n");
    Machine machine =
        definitions.machine(Map.of("GOPROXY", folder.resolve("proxy").toUri().toString()), ALL);
    // A replaced module has no releases.
    Path module = definitions.root().resolve("kubernetes/go.mod");
    Files.writeString(
        module,
        Files.readString(module)
            .replace("replace k8s.io/kubernetes =>", "replace k8s.io/kubernetes v1.37.2 =>"));
    ClusterException refused = assertThrows(ClusterException.class, () -> install(machine, "1.99"));
    assertEquals(
        """
        there is no Kubernetes 1.99
          why: the Go module proxy has 1.36.3, 1.36.10, 1.37.2
          fix: name one of these, or a minor of theirs\
        """,
        refused.getMessage());
  }
}
