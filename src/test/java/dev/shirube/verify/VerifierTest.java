package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.diagnose.Case;
import dev.shirube.diagnose.fingerprint.FingerprintReader;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.OutputChange;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.aws.AwsSupport;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.WrittenPage;
import dev.shirube.verify.shell.AllowedPrograms;
import dev.shirube.verify.shell.AnsweredProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of snippets when things go wrong: with a cluster that goes wrong on demand. */
class VerifierTest {

  private final FakeCluster cluster = new FakeCluster();
  private ProofTier tier = ProofTier.NODE;
  private OwnClusters own = OwnClusters.none("nothing starts here");
  private List<Case> cases = List.of();
  private Verifier.Settings settings = new Verifier.Settings(2, false);

  private static Scenario page(String path, String text) {
    return page(path, text, Map.of(), Map.of());
  }

  private static Scenario page(
      String path, String text, Map<String, String> placeholders, Map<String, String> fixtures) {
    WrittenPage page = WrittenPage.named(path, text);
    assertEquals(List.of(), page.problems());
    return new Scenario(
        path, page.snippets(), placeholders, new TreeMap<>(), new TreeMap<>(fixtures));
  }

  private static Scenario withNodes(int nodes, Scenario scenario) {
    return new Scenario(
        scenario.page(),
        scenario.snippets(),
        scenario.placeholders(),
        scenario.files(),
        scenario.fixtures(),
        nodes);
  }

  private Verifier.Result run(Scenario... scenarios) {
    return new Verifier(
            cluster,
            tier,
            AllowedPrograms.ofTheMachine(),
            own,
            new AwsSupport.Missing("it calls AWS, of which this run has no double"),
            settings,
            cases)
        .run(List.of(scenarios), done -> {});
  }

  private List<String> told(Scenario... scenarios) {
    return told(run(scenarios));
  }

  /** {@code a failed exit-code}, {@code b not-run: #a before it failed}. */
  private static List<String> told(Verifier.Result result) {
    List<String> told = new ArrayList<>();
    for (SnippetResult each : result.snippets()) {
      StringBuilder text = new StringBuilder(each.id() + " " + each.outcome().id());
      each.problems().forEach(problem -> text.append(' ').append(problem.code()));
      told.add(text + (each.reason().isEmpty() ? "" : ": " + each.reason()));
    }
    return told;
  }

  private static String apply(String id, String kind, String name, String more) {
    return "[source#%s,yaml,verify=apply]\n----\napiVersion: v1\nkind: %s\nmetadata:\n  name: %s\n%s----\n\n"
        .formatted(id, kind, name, more);
  }

  private static String run(String id, String command) {
    return "[source#" + id + ",bash,verify=run]\n----\n" + command + "\n----\n\n";
  }

  private static final String REFUSED = "refuse: not this one\n";

  // --- one after the other -----------------------------------------------------------------------

  @Test
  void allIsProvenOneAfterTheOther() {
    Verifier.Result result =
        run(page("a.adoc", apply("a", "ConfigMap", "a", "") + run("b", "echo b")));
    assertEquals(List.of("a passed", "b passed"), told(result));
    assertEquals(
        List.of(ProofTier.APISERVER, ProofTier.NODE),
        result.snippets().stream().map(each -> each.tier().orElseThrow()).toList());
    assertEquals(List.of(), result.problems());
    assertEquals(List.of(), cluster.namespaces());
  }

  @Test
  void preparingAndTidyingUpAreProvenOnNodesWhereTheWriterSaysThatTheyNeedThem() {
    String fixture = run("a", "true").replace("verify=run", "verify=fixture");
    String teardown = run("c", "true").replace("verify=run", "verify=teardown");
    assertEquals(
        List.of(ProofTier.APISERVER, ProofTier.NODE, ProofTier.APISERVER),
        tiers(fixture + run("b", "true") + teardown));
    assertEquals(
        List.of(ProofTier.NODE, ProofTier.NODE, ProofTier.NODE),
        tiers(
            fixture.replace("fixture", "fixture,tier=node")
                + run("b", "true")
                + teardown.replace("teardown", "teardown,tier=node")));
  }

  private List<ProofTier> tiers(String text) {
    return run(page("a.adoc", text)).snippets().stream()
        .map(each -> each.tier().orElseThrow())
        .toList();
  }

  @Test
  void aCommandThatHangsTheFirstTimeIsTriedAgain() {
    String hangsOnce = "mkdir tried && sleep 300 || echo answered";
    assertEquals(
        List.of("a passed"),
        told(
            page(
                "a.adoc",
                "[source#a,console,verify=run,within=25s]\n----\n$ "
                    + hangsOnce
                    + "\n...\nanswered\n----\n")));
  }

  @Test
  void ofACommandThatHangsEachTimeTheTimeOfAnAttemptIsTold() {
    SnippetResult result =
        run(page("a.adoc", run("a", "sleep 300").replace("=run", "=run,within=3s,timeout=1s")))
            .snippets()
            .getFirst();
    assertEquals("it did not end within 1 s", result.problems().getFirst().what());
    assertTrue(result.duration().toSeconds() >= 3, "tried until the time was over");
  }

  /** What the page would say instead; empty where it is left to its writer. */
  private List<String> updated(String listing) {
    return run(page("a.adoc", "[source#a,console,verify=run]\n----\n" + listing + "\n----\n"))
        .snippets()
        .getFirst()
        .change()
        .map(OutputChange::now)
        .orElse(List.of());
  }

  @Test
  void anOtherOutputIsOfferedWithWhatStillFitsAsItIsWritten() {
    assertEquals(List.of("b"), updated("$ echo b\na"));
    assertEquals(
        List.of("a <n>", "...", "z"), updated("$ printf 'a 1\\nx\\ny\\nz\\n'\na <n>\n...\nw"));
    assertEquals(
        List.of("NAME  READY  AGE", "web   0/1    <age>"),
        updated(
            "$ printf 'NAME   READY   AGE\\n"
                + "web    0/1     5s\\n"
                + "'\n"
                + "NAME  READY  AGE\n"
                + "web  1/1  <age>"));
    assertEquals(List.of("in {namespace}"), updated("$ echo in {namespace}\nin web"));
  }

  @Test
  void whatWouldNotBeTextInAListingIsLeftToTheWriter() {
    for (String printed : List.of("----", "include::/etc/passwd[]", "a <1>", "$ rm", "a <age>")) {
      assertEquals(List.of(), updated("$ echo '" + printed + "'\nother"), printed);
    }
    assertEquals(List.of(), updated("$ false\na"), "another exit code is no other output");
    assertEquals(List.of(), updated("$ echo a\na"), "nothing is wrong");
  }

  @Test
  void afterAFailureTheRestOfThePageIsNotRunButOtherPagesAre() {
    assertEquals(
        List.of(
            "a failed refused",
            "b not-run: #a before it failed",
            "c not-run: #a before it failed",
            "d passed"),
        told(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", REFUSED)
                    + run("b", "echo b")
                    + apply("c", "ConfigMap", "c", "")),
            page("b.adoc", run("d", "echo d"))));
    assertFalse(cluster.has("ConfigMap", "c"));
  }

  @Test
  void aRefusalIsShownAtItsFieldWithTheServersWords() {
    Diagnostic refusal =
        run(page("a.adoc", apply("a", "ConfigMap", "a", REFUSED)))
            .snippets()
            .getFirst()
            .problems()
            .getFirst();
    assertEquals(7, refusal.location().line());
    assertEquals("the API server refuses ConfigMap \"a\"", refusal.what());
    assertEquals("not this one", refusal.why());
  }

  @Test
  void teardownRunsWhateverHappened() {
    String teardown =
        """
        [source#t,yaml,verify=teardown]
        ----
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: left
        ----

        [source#u,bash,verify=teardown]
        ----
        false
        ----

        [source#v,bash,verify=teardown]
        ----
        true
        ----
        """;
    cluster.put("ConfigMap", "left", "{}");
    assertEquals(
        List.of("a failed exit-code", "t passed", "u failed exit-code", "v passed"),
        told(page("a.adoc", run("a", "false") + teardown)));
    assertFalse(cluster.has("ConfigMap", "left"));
  }

  @Test
  void aRangeOfVersionsThatIsNotThisOneIsNotRunAndStopsNothing() {
    assertEquals(
        List.of("a not-run: it is about Kubernetes ..1.30, not 1.37.2", "b passed"),
        told(
            page(
                "a.adoc",
                run("a", "false").replace("verify=run", "verify=run,k8s=..1.30")
                    + run("b", "true").replace("verify=run", "verify=run,k8s=1.37"))));
  }

  @Test
  void whatNeedsNodesIsNotRunWithoutThem() {
    tier = ProofTier.APISERVER;
    assertEquals(
        List.of(
            "a passed",
            "b not-run: it needs the tier node; this is apiserver",
            "c not-run: #b before it needs the tier node"),
        told(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "")
                    + run("b", "true")
                    + apply("c", "ConfigMap", "c", ""))));
  }

  @Test
  void withFailFastNoOtherPageIsBegun() {
    settings = new Verifier.Settings(1, true);
    assertEquals(
        List.of("a failed exit-code", "b not-run: a failure ended the run"),
        told(page("a.adoc", run("a", "false")), page("b.adoc", run("b", "true"))));
  }

  // --- the environment
  // -----------------------------------------------------------------------------

  @Test
  void aClusterThatGoesAwayLeavesItUndecided() {
    cluster.before = call -> cluster.away = cluster.away || call.equals("apply ConfigMap b");
    Verifier.Result result =
        run(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "")
                    + apply("b", "ConfigMap", "b", "")
                    + run("c", "false")));
    assertEquals(List.of("a passed", "b undecided environment", "c undecided"), told(result));
    assertEquals("connection refused", result.snippets().get(1).problems().getFirst().what());
    assertEquals(List.of(), result.problems(), "nobody can tell what is left");
  }

  @Test
  void aCommandThatFailsWhileTheClusterIsAwaySaysNothing() throws InterruptedException {
    Thread outage =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  sleep(300);
                  cluster.away = true;
                  sleep(700);
                  cluster.away = false;
                });
    cluster.before =
        call -> {
          if (call.equals("apply ConfigMap a")) {
            outage.start();
          }
        };
    assertEquals(
        List.of("a passed", "b undecided environment"),
        told(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "")
                    + run("b", "sleep 2").replace("verify=run", "verify=run,exit=1"))));
    outage.join();
  }

  @Test
  void aClusterThatWasAwayBeforeASnippetDoesNotExcuseIt() {
    cluster.away = true;
    assertThrows(ClusterUnavailableException.class, () -> run(page("a.adoc", run("a", "false"))));
    cluster.away = false;
    assertEquals(List.of("a failed exit-code"), told(page("a.adoc", run("a", "false"))));
  }

  @Test
  void withoutItsMarkerNothingMoreIsApplied() {
    cluster.before = call -> cluster.marked = cluster.marked && !call.equals("apply ConfigMap a");
    settings = new Verifier.Settings(1, false);
    assertEquals(
        List.of("a passed", "b undecided environment", "t undecided", "c undecided environment"),
        told(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "")
                    + apply("b", "ConfigMap", "b", "")
                    + apply("t", "ConfigMap", "a", "").replace("=apply", "=teardown")),
            page("b.adoc", apply("c", "ConfigMap", "c", ""))));
    assertEquals(
        "apply ConfigMap a", cluster.calls.getLast(), "not even a namespace is made or deleted");
  }

  @Test
  void aClusterWithoutMarkerIsNotBegunWith() {
    cluster.marked = false;
    assertThrows(ForeignClusterException.class, () -> run(page("a.adoc", run("a", "true"))));
    assertEquals(List.of(), cluster.calls);
  }

  @Test
  void whatWasProvenStaysSoWhenTheClusterGoesAwayAtTheEnd() {
    cluster.before = call -> cluster.away = cluster.away || call.startsWith("delete namespace");
    Verifier.Result result = run(page("a.adoc", run("a", "true")));
    assertEquals(List.of("a passed"), told(result));
    assertEquals(
        List.of("nobody can tell whether the run left something behind"),
        result.problems().stream().map(Diagnostic::what).toList());
  }

  // --- fixtures and namespaces
  // ---------------------------------------------------------------------

  @Test
  void fixturesAreAppliedFirstAndRemovedAtTheEnd() {
    String fixture = "apiVersion: v1\nkind: ClusterThing\nmetadata:\n  name: f\n";
    Verifier.Result result =
        run(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "")
                    + apply("b", "ConfigMap", "b", "").replace("=apply", "=fixture"),
                Map.of(),
                Map.of("f.yaml", fixture)));
    assertEquals(List.of("a passed", "b passed"), told(result));
    assertEquals(
        List.of("apply ClusterThing f", "apply ConfigMap b", "apply ConfigMap a"),
        cluster.calls.stream().filter(call -> call.startsWith("apply")).toList());
    assertFalse(cluster.has("ClusterThing", "f"));
    assertEquals(List.of(), result.problems());
  }

  @Test
  void aFixtureThatIsRefusedIsAFailureAndTheRestIsNotRun() {
    assertEquals(
        List.of("a failed fixture-refused", "b not-run: the fixture f.yaml was refused"),
        told(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "") + run("b", "true"),
                Map.of(),
                Map.of("f.yaml", "kind: ConfigMap\n" + REFUSED))));
    assertFalse(cluster.has("ConfigMap", "a"));
  }

  @Test
  void aNamespaceOfItsOwnIsMadeAndRemoved() {
    assertEquals(
        List.of("a passed"),
        told(
            page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "").replace("=apply", "=apply,ns=\\{team}"),
                Map.of("team", "team-a"),
                Map.of())));
    assertTrue(cluster.calls.contains("create namespace team-a"), cluster.calls::toString);
    assertEquals(List.of(), cluster.namespaces());
  }

  @Test
  void commandsFindTheirNamespaceInTheKubeconfig() {
    assertEquals(
        List.of("a passed", "b passed"),
        told(
            page(
                "a.adoc",
                """
                [source#a,console,verify=run,ns=team-a]
                ----
                $ cat $KUBECONFIG
                namespace: team-a
                ----

                [source#b,console,verify=run]
                ----
                $ cat $KUBECONFIG
                namespace: {namespace}
                ----
                """)));
  }

  @Test
  void pagesThatNameTheSameNamespaceNeverOverlap() {
    cluster.before =
        call -> {
          if (call.startsWith("apply")) {
            sleep(200);
          }
        };
    String one = apply("a", "ConfigMap", "a1", "") + apply("b", "ConfigMap", "a2", "");
    String other = apply("c", "ConfigMap", "b1", "") + apply("d", "ConfigMap", "b2", "");
    told(
        page("a.adoc", one.replace("=apply", "=apply,ns=shared")),
        page("b.adoc", other.replace("name: ", "namespace: shared\n  name: ")));
    List<String> applied = cluster.calls.stream().filter(call -> call.startsWith("apply")).toList();
    assertEquals(
        applied.getFirst().contains("a1"), applied.get(1).contains("a2"), applied::toString);

    cluster.calls.clear();
    told(page("c.adoc", one), page("d.adoc", other));
    List<String> apart = cluster.calls.stream().filter(call -> call.startsWith("apply")).toList();
    assertTrue(
        apart.get(1).endsWith("1"),
        () -> "pages with namespaces of their own do overlap: " + apart);
  }

  @Test
  void whatIsLeftBehindIsFoundAtItsLine() {
    cluster.before =
        call -> {
          if (call.equals("apply ConfigMap a") && cluster.litter.isEmpty()) {
            cluster.litter.add("clusterroles/reader");
          }
        };
    List<Diagnostic> problems =
        run(page(
                "a.adoc",
                apply("a", "ConfigMap", "a", "")
                    + run("b", "echo make reader\necho readers\necho pod-reader")))
            .problems();
    assertEquals(
        List.of("a.adoc:11 the run left clusterroles/reader behind"),
        problems.stream()
            .map(d -> d.location().file() + ":" + d.location().line() + " " + d.what())
            .toList());
  }

  @Test
  void whatNoSnippetNamesIsBlamedOnNoPage() {
    cluster.before = call -> cluster.litter.add("clusterthings/of-nobody");
    List<Diagnostic> problems =
        run(page("a.adoc", run("a", "true")), page("b.adoc", run("b", "true"))).problems();
    assertEquals(1, problems.size());
    assertEquals(0, problems.getFirst().location().line());
    assertEquals(
        "no snippet names it, so it may be of any page of this run, or of another program",
        problems.getFirst().why());
    assertEquals(
        "delete it in a snippet with verify=teardown; from a cluster that stays: kubectl delete"
            + " clusterthings/of-nobody",
        problems.getFirst().fix());
  }

  @Test
  void whatTwoPagesNameMayBeOfEither() {
    cluster.before = call -> cluster.litter.add("things/reader in default");
    Diagnostic problem =
        run(page("a.adoc", run("a", "true # reader")), page("b.adoc", run("b", "true # reader")))
            .problems()
            .getFirst();
    assertEquals("a.adoc", problem.location().file());
    assertEquals("it is of this page or of b.adoc, which name it too", problem.why());
    assertTrue(String.valueOf(problem.fix()).endsWith("kubectl delete things/reader -n default"));
  }

  // --- commands in the background
  // ------------------------------------------------------------------

  private static String background(String id, String more, String session) {
    return "[source#%s%%background,console,verify=run%s]\n----\n%s\n----\n\n"
        .formatted(id, more, session);
  }

  private static String output(String more, String text) {
    return "[source#o,text,verify=output" + more + "]\n----\n" + text + "\n----\n\n";
  }

  private static final String COUNTING = "$ seq 3; sleep 1; seq 4 5; sleep 30";

  @Test
  void aBackgroundIsHeldAgainstTheBeginningOfWhatItPrints() {
    assertEquals(
        List.of("a passed", "b passed"),
        told(page("a.adoc", background("a", "", COUNTING + "\n1\n2") + run("b", "true"))));
    assertEquals(
        List.of("a failed other-output", "b not-run: #a before it failed"),
        told(
            page("a.adoc", background("a", ",within=1s", COUNTING + "\n1\n3") + run("b", "true"))));
  }

  @Test
  void anOutputOfABackgroundIsWhatItHasPrintedSoFar() {
    assertEquals(
        List.of("a passed", "o passed"),
        told(page("a.adoc", background("a", "", COUNTING) + output("", "1\n2\n3\n4\n5"))));
    assertEquals(
        List.of("a passed", "b passed", "o passed"),
        told(
            page(
                "a.adoc",
                background("a", "", COUNTING)
                    + run("b", "echo of another")
                    + output(",of=#a,within=10s", "1\n2"))));
    assertEquals(
        List.of("a passed", "o failed other-output"),
        told(page("a.adoc", background("a", "", COUNTING) + output(",within=1s", "2\n3"))));
  }

  @Test
  void aBackgroundThatIsReadyAndThenEndedGoesNoFurther() {
    assertEquals(
        List.of("a passed", "b passed", "c passed"),
        told(
            page(
                "a.adoc",
                background("a", ",ready=go,stop=#b", "$ echo go; sleep 300")
                    + run("b", "pgrep -x sleep")
                    + run("c", "pgrep -x sleep").replace("verify=run", "verify=run,exit=1"))));
    assertEquals(
        List.of("a failed not-ready"),
        told(page("a.adoc", background("a", ",ready=go,within=1s", "$ echo wait; sleep 300"))));
    assertEquals(
        List.of("a failed not-ready"),
        told(page("a.adoc", background("a", ",ready=go", "$ echo ended"))));
  }

  // --- clusters of their own
  // -----------------------------------------------------------------------

  /** Starts clusters that keep what they are given, and counts them. */
  private static final class Starting implements OwnClusters {

    private final List<FakeCluster> started = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int up;

    @Override
    public Optional<String> whyNone() {
      return Optional.empty();
    }

    @Override
    public synchronized OwnCluster start(int nodes) {
      up++;
      calls.add("start " + nodes + ", now " + up);
      FakeCluster cluster = new FakeCluster();
      started.add(cluster);
      return new OwnCluster() {
        @Override
        public Cluster cluster() {
          return cluster;
        }

        @Override
        public AnsweredProgram shirube() {
          return (arguments, said) -> {
            tell(String.join(" ", arguments));
            said.accept("node-2 is stopped\n");
            return 0;
          };
        }

        @Override
        public void close() {
          end();
        }
      };
    }

    private synchronized void tell(String call) {
      calls.add(call);
    }

    private synchronized void end() {
      up--;
      calls.add("end");
    }
  }

  private static final String STOP =
      """
      [source#stop,console,verify=run]
      ----
      $ shirube cluster node stop node-2
      node-2 is stopped
      ----

      """;

  @Test
  void aPageThatAsksForItIsProvenOnAClusterOfItsOwnWhichIsEnded() {
    Starting starting = new Starting();
    own = starting;
    cluster.litter.add("clusterthings/of-another-run");
    Verifier.Result result =
        run(
            withNodes(
                2, page("a.adoc", apply("a", "ClusterThing", "a", "") + STOP + run("b", "true"))),
            page("b.adoc", apply("c", "ConfigMap", "c", "")));
    assertEquals(List.of("a passed", "stop passed", "b passed", "c passed"), told(result));
    assertEquals(List.of(), result.problems());
    assertEquals(List.of("start 2, now 1", "cluster node stop node-2", "end"), starting.calls);
    assertTrue(starting.started.getFirst().calls.contains("apply ClusterThing a"));
    assertFalse(cluster.calls.contains("apply ClusterThing a"), cluster.calls::toString);
  }

  @Test
  void aClusterOfItsOwnIsEndedAlsoAfterAFailure() {
    Starting starting = new Starting();
    own = starting;
    assertEquals(
        List.of("a failed exit-code"), told(withNodes(1, page("a.adoc", run("a", "false")))));
    assertEquals(List.of("start 1, now 1", "end"), starting.calls);
  }

  @Test
  void whereThereAreNoSuchClustersThePageIsNotRunAndSaysWhy() {
    assertEquals(
        List.of("a not-run: nothing starts here", "b passed"),
        told(withNodes(2, page("a.adoc", run("a", "true"))), page("b.adoc", run("b", "true"))));
  }

  @Test
  void aClusterOfItsOwnThatDoesNotStartSaysNothingOfThePage() {
    own =
        new OwnClusters() {
          @Override
          public Optional<String> whyNone() {
            return Optional.empty();
          }

          @Override
          public OwnCluster start(int nodes) {
            throw new ClusterUnavailableException("no room");
          }
        };
    Verifier.Result result =
        run(withNodes(2, page("a.adoc", run("a", "true"))), page("b.adoc", run("b", "true")));
    assertEquals(List.of("a undecided environment", "b passed"), told(result));
    assertEquals("no room", result.snippets().getFirst().problems().getFirst().what());
  }

  @Test
  void thereAreAtMostTwoSuchClustersAtATime() {
    Starting starting = new Starting();
    own = starting;
    settings = new Verifier.Settings(8, false);
    Scenario[] pages = new Scenario[6];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = withNodes(1, page("page-" + i + ".adoc", run("a", "sleep 0.2")));
    }
    assertEquals(6, told(pages).stream().filter("a passed"::equals).count());
    assertTrue(starting.calls.contains("start 1, now 2"), starting.calls::toString);
    assertFalse(starting.calls.contains("start 1, now 3"), starting.calls::toString);
  }

  // --- refusals
  // ------------------------------------------------------------------------------------

  @Test
  void aRefusalIsHeldAgainstWhatTheServerSays() {
    String refused =
        apply("a", "ConfigMap", "a", REFUSED).replace("=apply", "=reject,message=\"%s\"");
    assertEquals(List.of("a passed"), told(page("a.adoc", refused.formatted("not this"))));
    assertEquals(
        List.of("a failed other-refusal"), told(page("a.adoc", refused.formatted("nor that"))));
  }

  // --- cases
  // ---------------------------------------------------------------------------------------

  private static final String CAUSE =
      apply("cause", "ConfigMap", "app", "data:\n  state: broken\n")
          .replace("#cause", "#cause.cause");
  private static final String SYMPTOM =
      apply("symptom", "ConfigMap", "app", "data:\n  state: broken\n")
          .replace("#symptom", "#symptom.symptom")
          .replace("=apply", "=expect,within=1s");
  private static final String SOLUTION =
      apply("solution", "ConfigMap", "app", "data:\n  state: fine\n")
          .replace("#solution", "#solution.solution");

  @Test
  void aGoodCaseIsProvenWithItsCounterparts() {
    assertEquals(
        List.of("cause passed", "symptom passed", "solution passed"),
        told(page("a.adoc", CAUSE + SYMPTOM + SOLUTION)));
    assertEquals(
        List.of("get", "apply", "get", "get", "apply", "get", "get"),
        cluster.calls.stream()
            .map(call -> call.substring(0, call.indexOf(' ')))
            .filter(call -> call.equals("get") || call.equals("apply"))
            .toList(),
        "not there before, there after, still there, gone, and still gone");
  }

  @Test
  void aSymptomThatShowsWithoutItsCauseProvesNothing() {
    cluster.put(
        "ConfigMap",
        "app",
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"app\"},\"data\":{\"state\":\"broken\"}}");
    assertEquals(
        List.of(
            "cause not-run: #symptom before it failed",
            "symptom failed symptom-without-cause",
            "solution not-run: #symptom before it failed"),
        told(page("a.adoc", CAUSE + SYMPTOM + SOLUTION)));
  }

  @Test
  void aControlThatTheClusterDoesNotAnswerIsUndecided() {
    cluster.before = call -> cluster.away = cluster.away || call.startsWith("get");
    assertEquals(
        List.of("cause undecided", "symptom undecided environment", "solution undecided"),
        told(page("a.adoc", CAUSE + SYMPTOM + SOLUTION)));
  }

  @Test
  void aTroubleThatGoesAwayByItselfProvesNoSolution() {
    List<String> gets = new ArrayList<>();
    cluster.before =
        call -> {
          if (call.startsWith("get") && gets.size() == 2) {
            cluster.put("ConfigMap", "app", "{\"kind\":\"ConfigMap\"}");
          }
          if (call.startsWith("get")) {
            gets.add(call);
          }
        };
    assertEquals(
        List.of(
            "cause passed",
            "symptom failed recovered-by-itself",
            "solution not-run: #symptom before it failed"),
        told(page("a.adoc", CAUSE + SYMPTOM + SOLUTION)));
  }

  @Test
  void aSolutionThatDoesNotHelpIsFound() {
    assertEquals(
        List.of("cause passed", "symptom failed symptom-remains", "solution passed"),
        told(page("a.adoc", CAUSE + SYMPTOM + SOLUTION.replace("name: app", "name: other"))));
  }

  @Test
  void aSolutionForOtherVersionsIsNotHeldAgainstTheSymptom() {
    assertEquals(
        List.of(
            "cause passed",
            "symptom passed",
            "solution not-run: it is about Kubernetes ..1.30, not 1.37.2"),
        told(page("a.adoc", CAUSE + SYMPTOM + SOLUTION.replace("=apply", "=apply,k8s=..1.30"))));
  }

  @Test
  void whatCallsAwsIsNotRunWhereThereIsNoDoubleOfIt() {
    assertEquals(
        List.of(
            "before passed",
            "aws not-run: it calls AWS, of which this run has no double",
            "after not-run: #aws before it calls AWS"),
        told(
            page(
                "a.adoc",
                """
                [source#before,console,verify=run]
                ----
                $ true
                ----

                [source#aws,console,verify=run]
                ----
                $ aws --version
                ----

                [source#after,console,verify=run]
                ----
                $ true
                ----
                """)));
  }

  @Test
  void whatAPageShowsBehindPromptsIsTyped() {
    String page =
        """
        [source#ask%prompts,console,verify=run]
        ----
        $ awk 'BEGIN { printf "Name: "; getline name; print "hello, " name }'
        Name: taro
        hello, taro
        ----
        """;
    assertEquals(List.of("ask passed"), told(page("a.adoc", page)));
    assertEquals(
        List.of("ask failed other-output"),
        told(page("a.adoc", page.replace("Name: taro", "Nickname: taro"))));
  }

  @Test
  void aFileOfTheHomeFolderLiesThere() {
    WrittenPage page =
        WrittenPage.of(
            """
            [source#read,console,verify=run]
            ----
            $ cat "$HOME/.notes/config"
            a = 1
            ----
            """);
    assertEquals(
        List.of("read passed"),
        told(
            new Scenario(
                "a.adoc",
                page.snippets(),
                Map.of(),
                new TreeMap<>(Map.of("~/.notes/config", "a = 1\n")),
                new TreeMap<>())));
  }

  @Test
  void aSymptomMayStandBeforeItsCauseAsAReaderMeetsThem() {
    assertEquals(
        List.of("symptom passed", "cause passed", "solution passed"),
        told(page("a.adoc", SYMPTOM + CAUSE + SOLUTION)));
    assertEquals(
        List.of("get", "apply", "get", "get", "apply", "get", "get"),
        cluster.calls.stream()
            .map(call -> call.substring(0, call.indexOf(' ')))
            .filter(call -> call.equals("get") || call.equals("apply"))
            .toList(),
        "the same as where the cause is told first");
  }

  @Test
  void aSymptomWaitsForTheLastOfSeveralCauses() {
    String second =
        CAUSE.replace("#cause", "#second").replace("state: broken", "state: broken\n  more: too");
    assertEquals(
        List.of("symptom passed", "cause passed", "second passed", "solution passed"),
        told(
            page(
                "a.adoc",
                SYMPTOM.replace("state: broken", "more: too") + CAUSE + second + SOLUTION)));
  }

  @Test
  void aSymptomThatComesAndGoesMayComeAgain() {
    comesAndGoes(3, 4);
    assertEquals(
        List.of("cause passed", "symptom passed", "solution passed"),
        told(page("a.adoc", CAUSE + SYMPTOM.replace("within=1s", "within=5s") + SOLUTION)));
  }

  @Test
  void aSymptomThatComesAgainAfterTheSolutionRemains() {
    comesAndGoes(4, 5);
    assertEquals(
        List.of("cause passed", "symptom failed symptom-remains", "solution passed"),
        told(
            page(
                "a.adoc",
                CAUSE
                    + SYMPTOM.replace("within=1s", "within=3s")
                    + SOLUTION.replace("name: app", "name: other"))));
  }

  /**
   * Takes the symptom away before one look, by number from 1, and brings it back before another.
   */
  private void comesAndGoes(int gone, int back) {
    List<String> looks = new ArrayList<>();
    cluster.before =
        call -> {
          if (call.equals("get ConfigMap app")) {
            looks.add(call);
            if (looks.size() == gone) {
              cluster.put("ConfigMap", "app", "{\"kind\":\"ConfigMap\"}");
            } else if (looks.size() == back) {
              cluster.put(
                  "ConfigMap",
                  "app",
                  "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"app\"},\"data\":{\"state\":\"broken\"}}");
            }
          }
        };
  }

  @Test
  void aSolutionMayTakeItsTimeButNoLongerThanWithin() {
    Thread.Builder later = Thread.ofVirtual();
    cluster.before =
        call -> {
          if (call.equals("apply ConfigMap other")) {
            later.start(
                () -> {
                  sleep(1500);
                  cluster.put("ConfigMap", "app", "{\"kind\":\"ConfigMap\"}");
                });
          }
        };
    assertEquals(
        List.of("cause passed", "symptom passed", "solution passed"),
        told(
            page(
                "a.adoc",
                CAUSE
                    + SYMPTOM.replace("within=1s", "within=20s")
                    + SOLUTION.replace("name: app", "name: other"))));
  }

  @Test
  void aSymptomMayBeWhatACommandPrints() {
    assertEquals(
        List.of("cause not-run: #s before it failed", "s failed symptom-without-cause"),
        told(page("a.adoc", CAUSE + run("s", "true").replace("#s", "#s.symptom"))));
  }

  // --- fingerprints ------------------------------------------------------------------------------

  private static final String FINGERPRINT =
      """
      [source#print,yaml,verify=fingerprint,within=1s]
      ----
      object: Pod
      reason: OOMKilled
      ----

      """;

  private static final String OOM_KILLED =
      """
      {"items":[{"kind":"Pod","metadata":{"name":"a"},"status":{"phase":"Running",
       "containerStatuses":[{"name":"a","ready":false,"restartCount":1,
        "state":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]}}]}
      """;

  private static Case caseOf(String page, String fingerprint) {
    return new Case(
        page,
        page,
        FingerprintReader.read(fingerprint, line -> Location.of(page), told -> {}).orElseThrow());
  }

  /** A cluster whose Pod is in trouble from one manifest until another. */
  private void troubleFrom(String broken, String fine) {
    cluster.before =
        call -> {
          if (call.startsWith("apply")) {
            cluster.pods =
                call.endsWith(broken)
                    ? OOM_KILLED
                    : call.endsWith(fine) ? "{\"items\":[]}" : cluster.pods;
          }
        };
  }

  private List<String> toldOfFingerprint() {
    return told(page("a.adoc", FINGERPRINT + CAUSE + SOLUTION.replace("name: app", "name: fixed")));
  }

  @Test
  void aFingerprintIsProvenBetweenCauseAndSolution() {
    cases = List.of(caseOf("a.adoc", "object: Pod\nreason: OOMKilled\n"));
    troubleFrom("app", "fixed");
    assertEquals(List.of("print passed", "cause passed", "solution passed"), toldOfFingerprint());
  }

  @Test
  void aFingerprintThatIsNotSeenIsNotProven() {
    cases = List.of(caseOf("a.adoc", "object: Pod\nreason: Evicted\n"));
    troubleFrom("app", "fixed");
    assertEquals(
        List.of(
            "print failed not-diagnosed",
            "cause passed",
            "solution not-run: #print before it failed"),
        toldOfFingerprint());
  }

  @Test
  void aFingerprintThatIsAnothersTooIsNotProven() {
    cases =
        List.of(
            caseOf("a.adoc", "object: Pod\nreason: OOMKilled\n"),
            caseOf("b.adoc", "object: Pod\nexit: 137\n"));
    troubleFrom("app", "fixed");
    assertEquals("print failed other-case", toldOfFingerprint().getFirst());
  }

  @Test
  void aSolutionThatLeavesTheTroubleIsFoundByTheFingerprint() {
    cases = List.of(caseOf("a.adoc", "object: Pod\nreason: OOMKilled\n"));
    troubleFrom("app", "other");
    assertEquals("print failed case-without-trouble", toldOfFingerprint().getFirst());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoeverListensHearsOfEachSnippetWithWhatATerminalShows() {
    List<String> heard = new ArrayList<>();
    settings =
        new Verifier.Settings(
            1,
            false,
            new SnippetListener() {
              @Override
              public void begins(Snippet snippet) {
                heard.add("begins " + snippet.id());
              }

              @Override
              public void ended(Snippet snippet, SnippetResult result, String shown) {
                heard.add(snippet.id() + " " + result.outcome().id() + " " + shown);
              }
            });
    run(
        page(
            "a.adoc",
            """
            [source#right,console,verify=run]
            ----
            $ echo one
            one
            $ echo two
            ----

            [source#wrong,console,verify=run]
            ----
            $ echo three
            four
            ----

            [source#never,console,verify=run]
            ----
            $ echo five
            ----
            """));
    assertEquals(
        List.of(
            "begins right",
            "right passed $ echo one\none\n$ echo two\ntwo\n",
            "begins wrong",
            "wrong failed $ echo three\nthree\n",
            "never not-run "),
        heard);
  }
}
