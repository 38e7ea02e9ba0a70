package dev.shirube.testcluster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Sha256;
import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an install does with official releases, and without them. */
@Timeout(120)
class DownloadedInstallTest {

  private static final Path REAL_DEFINITIONS = Path.of("verify/cluster");
  private static final String ARCHITECTURE =
      OfficialRelease.architecture(System.getProperty("os.arch")).orElseThrow();

  @TempDir Path folder = Path.of("unset");

  private final List<String> notes = new ArrayList<>();
  private final Set<String> steps = new TreeSet<>();

  @SuppressWarnings("NullAway.Init")
  private ReleaseServer server;

  @SuppressWarnings("NullAway.Init")
  private TinyDefinitions tiny;

  @BeforeEach
  void serve() throws IOException {
    server = new ReleaseServer();
    tiny = new TinyDefinitions(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  // --- an install

  private final InstallProgress progress =
      new InstallProgress() {
        @Override
        public void at(InstallStep step) {
          steps.add(step.number() == 0 ? step.what() : step.what() + " of " + step.total());
        }

        @Override
        public void note(String text) {
          notes.add(text);
        }
      };

  private Path cache() {
    return folder.resolve("the: cache"); // tar takes what has a colon before it for a machine
  }

  private Installation install(
      Path definitions, Machine machine, DownloadSource source, String kubernetes) {
    return new ClusterInstaller(cache(), definitions, machine, source, progress)
        .install(kubernetes);
  }

  /** The small definitions, from the server. */
  private Installation install(Machine machine) {
    return install(tiny.root(), machine, DownloadSource.mirror(server.address()), "1.37");
  }

  private Machine withGo() throws IOException {
    return tiny.machine(Map.of(), "go", "nft");
  }

  private Machine withoutGo() throws IOException {
    return tiny.machine(Map.of(), "nft");
  }

  private static Tool kubelet() {
    return new Tool("k8s.io/kubernetes/cmd/kubelet", "1.37.2");
  }

  private static OfficialRelease release(Tool tool) {
    return OfficialRelease.of(tool, ARCHITECTURE).orElseThrow();
  }

  private static OfficialRelease release(String packagePath, String version) {
    return release(new Tool(packagePath, version));
  }

  private URI address(URI official) {
    return server.address(ReleaseServer.path(official));
  }

  private void publishTiny() throws IOException {
    server.publishAll(Binaries.of(cache(), tiny.root(), "1.37"), folder);
  }

  private static String shortfall(Installation installation) {
    assertEquals(1, installation.shortfalls().size(), installation.shortfalls().toString());
    Shortfall shortfall = installation.shortfalls().getFirst();
    return "[%s] %s%n  why: %s%n  fix: %s"
        .formatted(shortfall.code(), shortfall.what(), shortfall.why(), shortfall.fix());
  }

  // --- the whole way

  @Test
  void whatIsPublishedNeedsNoGoAndOnlyTheRestIsMissed() throws IOException {
    String newest = Binaries.newest(REAL_DEFINITIONS);
    Binaries binaries = Binaries.of(cache(), REAL_DEFINITIONS, newest);
    Map<OfficialRelease, List<Tool>> releases = server.publishAll(binaries, folder);
    DownloadSource mirror = DownloadSource.mirror(server.address());

    Installation first = install(REAL_DEFINITIONS, withoutGo(), mirror, newest);
    assertEquals(List.of(), first.built());
    assertEquals(Optional.of(Tier.APISERVER), first.tier());
    for (Map.Entry<OfficialRelease, List<Tool>> release : releases.entrySet()) {
      for (Tool tool : release.getValue()) {
        assertEquals(address(release.getKey().file()), first.downloaded().get(tool.command()));
        assertTrue(tool.is(binaries.path(tool.command())), tool.command());
      }
    }
    assertEquals(List.of("local-path-provisioner"), binaries.missing(Tier.NODE));
    assertEquals(2 * releases.size(), server.asked().size(), "each release and its checksums");
    assertTrue(
        steps.contains("downloading bridge, host-local, loopback, portmap of " + releases.size())
            || steps.contains(
                "downloading host-local, bridge, loopback, portmap of " + releases.size()),
        steps.toString());
    assertEquals(List.of(), notes);
    String needed = GoModule.read(REAL_DEFINITIONS.resolve("node/go.mod")).goVersion();
    assertEquals(
        """
        [no-go] Go was not found, and local-path-provisioner has to be built
          why: looked at PATH, GOROOT and the usual folders such as /usr/local/go; not downloaded \
        either:
            | there is no official download of local-path-provisioner
          fix: install Go %s or newer as https://go.dev/doc/install says, then install again\
        """
            .formatted(needed),
        shortfall(first));

    assertEquals(Map.of(), install(REAL_DEFINITIONS, withoutGo(), mirror, newest).downloaded());
    assertEquals(2 * releases.size(), server.asked().size(), "nothing is downloaded twice");
  }

  @Test
  void theOriginIsWrittenDownAndNothingIsLeftBeside() throws IOException {
    publishTiny();
    Installation installation = install(withoutGo());
    Path set = installation.binaries().path("kubelet").resolve("../..").normalize();
    assertTrue(
        Files.readString(set.resolve("installed"))
            .contains("\t" + address(release(kubelet()).file()) + "\n"));
    try (Stream<Path> left = Files.list(set)) {
      assertEquals(
          List.of("bin", "installed"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void whatIsNotPublishedIsBuiltAndNeedsNoCompilerOfC() throws IOException {
    publishTiny();
    Installation installation = install(withGo());
    assertEquals(List.of(), installation.shortfalls());
    assertEquals(Optional.of(Tier.NODE), installation.tier());
    assertEquals(
        Set.of("etcd", "kube-apiserver", "kubelet", "runc"), installation.downloaded().keySet());
    assertEquals(List.of("local-path-provisioner"), installation.built());
    assertEquals(List.of(), notes);
  }

  @Test
  void whatTheMachineHasIsNotDownloaded() throws IOException {
    publishTiny();
    Path assets = folder.resolve("assets");
    TinyDefinitions.script(assets.resolve("kubelet"), "echo Kubernetes v1.37.2");
    Installation installation =
        install(tiny.machine(Map.of("KUBEBUILDER_ASSETS", assets.toString()), "go", "nft"));
    assertEquals(Set.of("kubelet"), installation.taken().keySet());
    assertFalse(installation.downloaded().containsKey("kubelet"));
    assertFalse(server.asked().contains(ReleaseServer.path(release(kubelet()).file())));
  }

  // --- refused downloads

  /** Publishes all, spoils the kubelet, and sees it built with one note about it. */
  private String noteOfSpoiled(Map<URI, ReleaseServer.Answer> answers) throws IOException {
    publishTiny();
    answers.forEach(server::put);
    Installation installation = install(withGo());
    assertEquals(List.of("kubelet", "local-path-provisioner"), installation.built());
    assertEquals(List.of(), installation.shortfalls());
    assertEquals(Optional.of(Tier.NODE), installation.tier());
    assertEquals(1, notes.size(), notes.toString());
    return notes.getFirst();
  }

  @Test
  void aWrongChecksumIsRefused() throws IOException {
    byte[] tampered = "#!/bin/sh\necho Kubernetes v1.37.2\n".getBytes(StandardCharsets.UTF_8);
    OfficialRelease release = release(kubelet());
    String note = noteOfSpoiled(Map.of(release.file(), ReleaseServer.bytes(tampered)));
    String published = Sha256.of(folder.resolve(release.name() + ".contents").resolve("kubelet"));
    assertEquals(
        """
        %s is refused, its SHA-256 is not the published one: building from Go modules instead
          expected %s
          got      %s\
        """
            .formatted(address(release.file()), published, Sha256.of(tampered)),
        note);
  }

  @Test
  void withoutAChecksumNothingIsDownloaded() throws IOException {
    OfficialRelease release = release(kubelet());
    String expected =
        address(release.file())
            + " is refused, there is no SHA-256 of it in "
            + address(release.checksums())
            + ": building from Go modules instead";
    assertEquals(expected, noteOfSpoiled(Map.of(release.checksums(), ReleaseServer.status(404))));
    assertFalse(server.asked().contains(ReleaseServer.path(release.file())));
  }

  @Test
  void aTextThatHasNoChecksumIsNone() throws IOException {
    OfficialRelease release = release(kubelet());
    String note =
        noteOfSpoiled(
            Map.of(release.checksums(), ReleaseServer.text("0".repeat(64) + "  kube-proxy\n")));
    assertTrue(note.contains("there is no SHA-256 of it in"), note);
  }

  @Test
  void aReleaseThatIsNotThereIsBuilt() throws IOException {
    URI file = release(kubelet()).file();
    assertEquals(
        address(file) + " is not there: building from Go modules instead",
        noteOfSpoiled(Map.of(file, ReleaseServer.status(404))));
  }

  @Test
  void aCommandOfAnotherVersionIsNotTaken() throws IOException {
    byte[] older = "#!/bin/sh\necho Kubernetes v1.37.20\n".getBytes(StandardCharsets.UTF_8);
    OfficialRelease release = release(kubelet());
    assertEquals(
        "kubelet of "
            + address(release.file())
            + " does not say that it is 1.37.2: building from Go modules instead",
        noteOfSpoiled(
            Map.of(
                release.file(),
                ReleaseServer.bytes(older),
                release.checksums(),
                ReleaseServer.text(Sha256.of(older)))));
  }

  @Test
  void anArchiveWithoutTheCommandIsToldOf() throws IOException {
    publishTiny();
    OfficialRelease release = release("go.etcd.io/etcd/server/v3", "3.7.0");
    server.publish(
        release,
        List.of(new Tool("github.com/etcd-io/etcd/etcdctl", "3.7.0")),
        folder.resolve("x"));
    assertTrue(install(withGo()).built().contains("etcd"));
    assertEquals(
        List.of(address(release.file()) + " holds no etcd: building from Go modules instead"),
        notes);
  }

  @Test
  void aBrokenArchiveIsToldInTarsWords() throws IOException {
    publishTiny();
    OfficialRelease release = release("go.etcd.io/etcd/server/v3", "3.7.0");
    byte[] broken = {1, 2, 3};
    server.put(release.file(), ReleaseServer.bytes(broken));
    server.put(release.checksums(), ReleaseServer.text(Sha256.of(broken) + "  " + release.name()));
    assertTrue(install(withGo()).built().contains("etcd"));
    String note = notes.getFirst();
    assertTrue(
        note.startsWith(
            address(release.file())
                + " cannot be unpacked: building from Go modules instead\n    | "),
        note);
    assertTrue(note.contains("not in gzip format"), note);
  }

  @Test
  void afterADownloadThatBrokeOffTheNextInstallGoesOn() throws IOException {
    publishTiny();
    Tool tool = kubelet();
    server.put(release(tool).file(), ReleaseServer.half(new byte[2_000_000], exchange -> {}));
    Installation first = install(withoutGo());
    assertEquals(Set.of("etcd", "kube-apiserver", "runc"), first.downloaded().keySet());
    String broke = address(release(tool).file()) + " broke off after 2 of 4 MB (";
    assertEquals(1, notes.size());
    assertTrue(notes.getFirst().startsWith(broke), notes.getFirst());
    assertFalse(notes.getFirst().contains("Go modules"), "there is no Go that could build it");
    assertTrue(
        shortfall(first).contains("kubelet, local-path-provisioner have to be built"),
        shortfall(first));
    assertTrue(shortfall(first).contains("    | " + broke), shortfall(first));
    try (Stream<Path> files = Files.walk(cache())) {
      assertEquals(
          List.of(),
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.contains("kubelet") || name.startsWith("building-"))
              .toList());
    }

    int asked = server.asked().size();
    server.publish(release(tool), List.of(tool), folder);
    assertEquals(Set.of("kubelet"), install(withoutGo()).downloaded().keySet());
    assertEquals(
        List.of(
            ReleaseServer.path(release(tool).checksums()),
            ReleaseServer.path(release(tool).file())),
        server.asked().subList(asked, server.asked().size()));
  }

  // --- no downloads

  private static DownloadSource nowhere() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return DownloadSource.mirror(URI.create("http://127.0.0.1:" + free.getLocalPort()));
    }
  }

  private static String refusal(DownloadSource nowhere) {
    return nowhere.mirror().orElseThrow().getAuthority()
        + " cannot be reached (it takes no connections)";
  }

  @Test
  void aHostThatCannotBeReachedIsToldOnceAndGoBuildsAll() throws IOException {
    DownloadSource nowhere = nowhere();
    Machine machine = tiny.machine(Map.of(), "go", "nft", "gcc", "pkg-config");
    Installation installation = install(tiny.root(), machine, nowhere, "1.37");
    assertEquals(5, installation.built().size());
    assertEquals(List.of(), installation.shortfalls());
    assertEquals(List.of(refusal(nowhere) + ": building from Go modules instead"), notes);
    assertEquals(
        List.of("downloading etcd of 4"),
        steps.stream().filter(step -> step.matches("downloading .* of \\d+")).toList());
  }

  @Test
  void withNeitherHostNorGoBothWaysAreNamed() throws IOException {
    DownloadSource nowhere = nowhere();
    Machine machine = tiny.machine(Map.of(), "nft", "gcc", "pkg-config");
    Installation installation = install(tiny.root(), machine, nowhere, "1.37");
    assertEquals(Optional.empty(), installation.tier());
    assertEquals(List.of(refusal(nowhere)), notes);
    assertEquals(
        """
        [no-go] Go was not found, and 5 commands have to be built
          why: looked at PATH, GOROOT and the usual folders such as /usr/local/go; not downloaded \
        either:
            | %s
            | there is no official download of local-path-provisioner
          fix: install Go 1.24.0 or newer as https://go.dev/doc/install says, or make the \
        downloads work (--mirror names another server that has them), then install again\
        """
            .formatted(refusal(nowhere)),
        shortfall(installation));
  }

  @Test
  void downloadsCanBeSwitchedOff() throws IOException {
    publishTiny();
    Machine machine = tiny.machine(Map.of(), "nft", "gcc", "pkg-config");
    Installation installation = install(tiny.root(), machine, DownloadSource.NONE, "1.37");
    assertEquals(List.of(), server.asked());
    assertEquals(List.of(), notes);
    assertEquals(
        """
        [no-go] Go was not found, and 5 commands have to be built
          why: looked at PATH, GOROOT and the usual folders such as /usr/local/go; not downloaded \
        either:
            | downloads are switched off by --no-download
          fix: install Go 1.24.0 or newer as https://go.dev/doc/install says, or leave out \
        --no-download, then install again\
        """,
        shortfall(installation));
  }

  @Test
  void forAnotherProcessorNothingIsDownloaded() throws IOException {
    publishTiny();
    String real = System.setProperty("os.arch", "riscv64");
    try {
      Installation installation = install(tiny.machine(Map.of(), "go", "nft", "gcc", "pkg-config"));
      assertEquals(5, installation.built().size());
      assertEquals(List.of(), installation.shortfalls());
    } finally {
      System.setProperty("os.arch", real);
    }
    assertEquals(List.of(), server.asked());
    assertEquals(
        List.of(
            "official downloads are for Linux on amd64 and arm64, not for Linux on riscv64:"
                + " building from Go modules instead"),
        notes);
  }

  @Test
  void anOldGoIsNamedTogetherWithTheDownloads() throws IOException {
    DownloadSource nowhere = nowhere();
    Machine machine = tiny.machine(Map.of(), "nft", "gcc", "pkg-config");
    Path go = folder.resolve("tools/go");
    TinyDefinitions.script(go, "echo go version go1.20.1 linux/amd64");
    Installation installation = install(tiny.root(), machine, nowhere, "1.37");
    Shortfall shortfall = installation.shortfalls().getFirst();
    assertEquals("Go 1.20.1 is too old for the commands of kubernetes", shortfall.what());
    assertEquals(
        tiny.root().resolve("kubernetes/go.mod")
            + " asks for 1.24.0; "
            + go
            + " is the newest that was found; not downloaded either:\n    | "
            + refusal(nowhere),
        shortfall.why());
    assertEquals(
        "install Go 1.24.0 as https://go.dev/doc/install says, or an older Kubernetes by"
            + " --kubernetes, or make the downloads work (--mirror names another server that has"
            + " them)",
        shortfall.fix());
  }

  // --- another version of Kubernetes

  private void publishOther(String version) throws IOException {
    server.put(OfficialRelease.newestKubernetes("1.36"), ReleaseServer.text("v" + version + "\n"));
    server.put(
        OfficialRelease.kubernetesModule(version),
        ReleaseServer.text(
            """
            module k8s.io/kubernetes
            go 1.25.0
            require go.etcd.io/etcd/client/v3 v3.6.5
            replace k8s.io/api => ./staging/src/k8s.io/api
            """));
    for (Tool tool :
        List.of(
            new Tool("k8s.io/kubernetes/cmd/kube-apiserver", version),
            new Tool("k8s.io/kubernetes/cmd/kubelet", version),
            new Tool("go.etcd.io/etcd/server/v3", "3.6.5"))) {
      server.publish(release(tool), List.of(tool), folder.resolve(version));
    }
  }

  private Installation installOther(Machine machine, String kubernetes) {
    return install(tiny.root(), machine, DownloadSource.mirror(server.address()), kubernetes);
  }

  @Test
  void withoutGoTheReleasesSayWhichPatchIsTheNewest() throws IOException {
    publishTiny();
    publishOther("1.36.12");
    Installation installation = installOther(withoutGo(), "1.36");
    assertEquals("1.36.12", installation.binaries().kubernetes());
    assertEquals(Optional.of(Tier.APISERVER), installation.tier());
    assertEquals(
        Set.of("etcd", "kube-apiserver", "kubelet", "runc"), installation.downloaded().keySet());
    assertTrue(
        installation.binaries().path("etcd").endsWith("kubernetes-1.36.12/bin/etcd"),
        installation.binaries().path("etcd").toString());
    assertTrue(steps.contains("looking for Kubernetes 1.36"), steps.toString());

    int asked = server.asked().size();
    assertEquals("1.36.12", installOther(withoutGo(), "1.36").binaries().kubernetes());
    assertEquals(asked, server.asked().size());
  }

  @Test
  void aPatchIsNotLookedFor() throws IOException {
    publishTiny();
    publishOther("1.36.3");
    server.put(OfficialRelease.newestKubernetes("1.36"), ReleaseServer.text("v1.36.9"));
    assertEquals("1.36.3", installOther(withoutGo(), "1.36.3").binaries().kubernetes());
  }

  @Test
  void anOldGoIsNoneForAnotherVersion() throws IOException {
    publishTiny();
    publishOther("1.36.12");
    Machine machine = withoutGo();
    TinyDefinitions.script(folder.resolve("tools/go"), "echo go version go1.20.1 linux/amd64");
    assertEquals(Optional.of(Tier.APISERVER), installOther(machine, "1.36").tier());
  }

  @Test
  void aVersionThatWasNeverReleasedIsRefused() throws IOException {
    Machine machine = withoutGo();
    assertEquals(
        """
        there is no Kubernetes 1.99
          why: %s is not there
          fix: name a version that https://kubernetes.io/releases/ lists\
        """
            .formatted(address(OfficialRelease.newestKubernetes("1.99"))),
        assertThrows(ClusterException.class, () -> installOther(machine, "1.99")).getMessage());
    assertThrows(ClusterException.class, () -> installOther(machine, "1.36.99"));
  }

  @Test
  void aMirrorThatNamesAnotherVersionIsNotBelieved() throws IOException {
    publishOther("1.35.12");
    String expected =
        address(OfficialRelease.newestKubernetes("1.36")) + " names no release of 1.36";
    Installation installation = installOther(withoutGo(), "1.36");
    assertEquals(List.of(expected), notes);
    assertTrue(shortfall(installation).contains("    | " + expected), shortfall(installation));
  }

  @Test
  void withNeitherReleasesNorGoAnotherVersionIsAShortfall() throws IOException {
    DownloadSource nowhere = nowhere();
    Installation installation = install(tiny.root(), withoutGo(), nowhere, "1.36");
    assertEquals(Optional.empty(), installation.tier());
    assertEquals(
        """
        [no-go] Go was not found, and 5 commands have to be built
          why: looked at PATH, GOROOT and the usual folders such as /usr/local/go; not downloaded \
        either:
            | %s
          fix: install Go 1.24.0 or newer as https://go.dev/doc/install says, or make the \
        downloads work (--mirror names another server that has them), then install again\
        """
            .formatted(refusal(nowhere)),
        shortfall(installation));
  }

  @Test
  void aModuleThatWasWrittenWithoutGoIsWorkedOutBeforeGoBuildsFromIt() throws IOException {
    publishTiny();
    publishOther("1.36.12");
    server.put(
        release("k8s.io/kubernetes/cmd/kubelet", "1.36.12").file(), ReleaseServer.status(404));
    assertEquals(
        Set.of("etcd", "kube-apiserver", "runc"),
        installOther(withoutGo(), "1.36.12").downloaded().keySet());

    // The small definitions are of no module proxy, so that this is as far as Go gets.
    Machine machine = tiny.machine(Map.of("GOPROXY", "off"), "go", "nft");
    assertEquals(
        """
        there is no Kubernetes 1.36.12
          why: the Go module proxy has\s
          fix: name one of these, or a minor of theirs\
        """,
        assertThrows(ClusterException.class, () -> installOther(machine, "1.36.12")).getMessage());
  }
}
