package dev.shirube.verify;

import dev.shirube.diagnose.Case;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.model.Outcome;
import dev.shirube.model.ProofTier;
import dev.shirube.model.SnippetResult;
import dev.shirube.verify.OwnClusters.OwnCluster;
import dev.shirube.verify.aws.AwsDouble;
import dev.shirube.verify.aws.AwsDoubleException;
import dev.shirube.verify.aws.AwsSupport;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.shell.AllowedPrograms;
import dev.shirube.verify.shell.Confinement;
import dev.shirube.verify.shell.Limits;
import dev.shirube.verify.shell.ScenarioShell;
import dev.shirube.verify.shell.ShellException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Proves scenarios on a cluster, several at a time, each in a namespace of its own; those that ask
 * for it on a cluster of their own, beside the others.
 */
public final class Verifier {

  private static final String NAMESPACE_PREFIX = "shirube-";
  private static final int LONGEST_SLUG = 40;
  private static final int SUFFIX_LENGTH = 5;
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final Duration CLEAN_PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** How many clusters of their own there are at a time: each takes a gigabyte with its nodes. */
  private static final int OWN_CLUSTERS = 2;

  private static final String ENDED = "a failure ended the run";

  private static final AwsSupport NO_AWS =
      new AwsSupport.Missing("a cluster of the page's own asks no double of AWS for tokens");

  private final Cluster cluster;
  private final ProofTier tier;
  private final AllowedPrograms programs;
  private final OwnClusters own;
  private final AwsSupport aws;
  private final Settings settings;
  private final List<Case> cases;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Lock> names = new ConcurrentHashMap<>();
  private volatile boolean ended;

  /**
   * How it is done.
   *
   * @param jobs how many scenarios at a time
   * @param failFast whether the first failure ends it
   * @param listener hears of each snippet
   */
  public record Settings(int jobs, boolean failFast, SnippetListener listener) {

    /** Nobody listens. */
    public Settings(int jobs, boolean failFast) {
      this(jobs, failFast, SnippetListener.NONE);
    }
  }

  /**
   * What came of it.
   *
   * @param snippets in the order of the scenarios; only those that need a cluster
   * @param problems what was left behind
   * @param confinement of the commands; empty where none ran
   */
  public record Result(
      List<SnippetResult> snippets, List<Diagnostic> problems, Optional<Confinement> confinement) {
    public Result {
      snippets = List.copyOf(snippets);
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param tier of the cluster
   * @param programs what commands may name
   * @param own clusters for scenarios that ask for one of their own
   * @param aws what commands of AWS call
   * @param cases of the whole wiki, which fingerprints are told apart from
   */
  public Verifier(
      Cluster cluster,
      ProofTier tier,
      AllowedPrograms programs,
      OwnClusters own,
      AwsSupport aws,
      Settings settings,
      List<Case> cases) {
    this.cluster = cluster;
    this.tier = tier;
    this.programs = programs;
    this.own = own;
    this.aws = aws;
    this.settings = settings;
    this.cases = List.copyOf(cases);
  }

  /**
   * Runs all of them.
   *
   * @param progress hears of each scenario with its results once it is done
   * @throws ClusterUnavailableException where the cluster does not answer from the beginning
   * @throws ForeignClusterException where it is not marked as one for tests
   */
  public Result run(List<Scenario> scenarios, Consumer<List<SnippetResult>> progress) {
    cluster.requireMarker();
    if (scenarios.isEmpty()) {
      return new Result(List.of(), List.of(), Optional.empty());
    }
    cluster.removeAbandoned();
    SortedSet<String> before = cluster.inventory();
    Map<String, List<SnippetResult>> results = new ConcurrentHashMap<>();
    Map<String, Confinement> confinement = new ConcurrentHashMap<>();
    SortedMap<String, String> namespaces = new TreeMap<>();
    try (Heartbeat heartbeat = new Heartbeat(cluster);
        ExecutorService pool = Executors.newFixedThreadPool(settings.jobs());
        ExecutorService apart = Executors.newFixedThreadPool(OWN_CLUSTERS)) {
      Place shared = new Place(cluster, tier, heartbeat, programs, aws);
      List<Future<?>> running = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        String namespace = namespace(scenario);
        if (!scenario.hasOwnCluster()) {
          namespaces.put(namespace, scenario.page());
        }
        running.add(
            (scenario.hasOwnCluster() ? apart : pool)
                .submit(
                    () -> {
                      List<SnippetResult> done =
                          scenario.hasOwnCluster()
                              ? proveApart(scenario, namespace, confinement)
                              : proveBesideOthers(scenario, namespace, shared, confinement);
                      results.put(scenario.page(), done);
                      synchronized (progress) {
                        progress.accept(done);
                      }
                    }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailableException("interrupted", e);
    }
    List<SnippetResult> all = new ArrayList<>();
    scenarios.forEach(scenario -> all.addAll(results.getOrDefault(scenario.page(), List.of())));
    List<Scenario> together = scenarios.stream().filter(each -> !each.hasOwnCluster()).toList();
    boolean undecided =
        together.stream()
            .flatMap(scenario -> results.getOrDefault(scenario.page(), List.of()).stream())
            .anyMatch(each -> each.outcome() == Outcome.UNDECIDED);
    return new Result(
        all,
        undecided || together.isEmpty() ? List.of() : leftovers(before, namespaces, together),
        confinement.values().stream().max(Comparator.naturalOrder()));
  }

  private String namespace(Scenario scenario) {
    String slug =
        scenario
            .page()
            .replaceAll("\\.adoc$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    slug = slug.length() > LONGEST_SLUG ? slug.substring(slug.length() - LONGEST_SLUG) : slug;
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return NAMESPACE_PREFIX + slug.replaceAll("^-", "") + "-" + suffix;
  }

  /** Where a scenario is proven. */
  private record Place(
      Cluster cluster,
      ProofTier tier,
      Heartbeat heartbeat,
      AllowedPrograms programs,
      AwsSupport aws) {}

  private List<SnippetResult> proveBesideOthers(
      Scenario scenario, String namespace, Place shared, Map<String, Confinement> confinement) {
    List<Lock> held = lock(scenario);
    try {
      return prove(scenario, namespace, shared, confinement);
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  /** On a cluster that is ended afterwards, whatever has become of it. */
  private List<SnippetResult> proveApart(
      Scenario scenario, String namespace, Map<String, Confinement> confinement) {
    Optional<String> whyNone = own.whyNone();
    if (whyNone.isPresent() || ended) {
      return notRun(scenario, ended ? ENDED : whyNone.get());
    }
    try (OwnCluster its = own.start(scenario.ownNodes());
        Heartbeat heartbeat = new Heartbeat(its.cluster())) {
      AllowedPrograms more = programs.answering(NodeCommands.PROGRAM, its.shirube());
      return prove(
          scenario,
          namespace,
          new Place(its.cluster(), ProofTier.NODE, heartbeat, more, NO_AWS),
          confinement);
    } catch (ClusterUnavailableException e) {
      return undecided(scenario, e);
    }
  }

  private static List<SnippetResult> notRun(Scenario scenario, String why) {
    return scenario.snippets().stream()
        .filter(Scenario::needsCluster)
        .map(snippet -> snippet.without(Outcome.NOT_RUN, why))
        .toList();
  }

  private static List<SnippetResult> undecided(Scenario scenario, RuntimeException trouble) {
    return scenario.snippets().stream()
        .filter(Scenario::needsCluster)
        .map(snippet -> snippet.undecided(String.valueOf(trouble.getMessage()), Duration.ZERO))
        .toList();
  }

  private List<SnippetResult> prove(
      Scenario scenario, String namespace, Place place, Map<String, Confinement> confinement) {
    if (ended) {
      return notRun(scenario, ENDED);
    }
    try {
      place.cluster().requireMarker();
      place.cluster().createNamespace(namespace);
      List<SnippetResult> results = proveIn(scenario, namespace, place, confinement);
      if (settings.failFast()
          && results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED)) {
        ended = true;
      }
      return results;
    } catch (ClusterUnavailableException
        | ForeignClusterException
        | ShellException
        | AwsDoubleException e) {
      return undecided(scenario, e);
    }
  }

  private List<SnippetResult> proveIn(
      Scenario scenario, String namespace, Place place, Map<String, Confinement> confinement) {
    Optional<AwsDouble> served = Optional.empty();
    if (scenario.usesAws() && place.aws() instanceof AwsSupport.Ready ready) {
      served =
          Optional.of(
              AwsDouble.open(
                  new EksConnection(place.cluster()), ready.webhook(), Clock.systemUTC()));
    }
    try (ScenarioShell shell =
        ScenarioShell.open(
            place.programs(),
            Limits.USUAL,
            scenario.placeholdersIn(namespace),
            served.map(AwsDouble::environment).orElse(Map.of()))) {
      confinement.put(scenario.page(), shell.confinement());
      served.ifPresent(
          each ->
              shell.put(
                  shell.home() + "/.aws/credentials",
                  each.credentials().getBytes(StandardCharsets.UTF_8)));
      ScenarioRun run =
          new ScenarioRun(
              scenario,
              place.cluster(),
              place.tier(),
              place.aws(),
              place.heartbeat(),
              namespace,
              shell,
              cases,
              settings.listener());
      try {
        return run.run();
      } finally {
        run.clean();
      }
    } finally {
      served.ifPresent(AwsDouble::close);
    }
  }

  /** Scenarios that name the same namespace, or AWS, run one after the other. */
  private List<Lock> lock(Scenario scenario) {
    Set<String> fixed = new TreeSet<>();
    if (scenario.usesAws()) {
      fixed.add(Scenario.AWS);
    }
    for (Snippet snippet : scenario.snippets()) {
      snippet.options().namespace().ifPresent(fixed::add);
      if (!snippet.isCommands()) {
        fixed.addAll(namespaces(snippet.text()));
      }
    }
    scenario.fixtures().values().forEach(text -> fixed.addAll(namespaces(text)));
    fixed.remove("{" + Scenario.NAMESPACE + "}");
    List<Lock> held =
        fixed.stream()
            .map(name -> names.computeIfAbsent(name, any -> (Lock) new ReentrantLock()))
            .toList();
    held.forEach(Lock::lock); // sorted by name, so that no two wait for each other
    return held;
  }

  private static List<String> namespaces(String manifests) {
    return Manifest.split(manifests).stream()
        .map(Manifest::namespace)
        .flatMap(Optional::stream)
        .toList();
  }

  private List<Diagnostic> leftovers(
      SortedSet<String> before, SortedMap<String, String> namespaces, List<Scenario> scenarios) {
    try {
      return leftovers(before, namespaces.keySet(), scenarios);
    } catch (ClusterUnavailableException e) {
      // What was proven before it went away stays proven.
      return List.of(
          Diagnostic.warning(
              "environment",
              Location.of(scenarios.getLast().snippets().getLast().location().file()),
              "nobody can tell whether the run left something behind",
              e.getMessage(),
              null));
    }
  }

  private List<Diagnostic> leftovers(
      SortedSet<String> before, Set<String> namespaces, List<Scenario> scenarios) {
    long end = System.nanoTime() + CLEAN_PATIENCE.toNanos();
    while (true) {
      SortedSet<String> left = new TreeSet<>(cluster.inventory());
      left.removeAll(before);
      if (left.isEmpty()) {
        return List.of();
      }
      boolean onlyOurs =
          left.stream()
              .allMatch(
                  name ->
                      name.startsWith("namespaces/")
                          && namespaces.contains(name.substring("namespaces/".length())));
      if (System.nanoTime() > end || (!onlyOurs && isSettled(left))) {
        return left.stream()
            .filter(name -> !name.startsWith("namespaces/" + NAMESPACE_PREFIX))
            .map(name -> leftover(name, scenarios))
            .toList();
      }
      Waiting.pause(LOOK_EVERY);
    }
  }

  /** Whether looking again after a while shows the same. */
  private boolean isSettled(SortedSet<String> left) {
    for (int i = 0; i < 8; i++) {
      Waiting.pause(LOOK_EVERY);
      if (!cluster.inventory().containsAll(left)) {
        return false;
      }
    }
    return true;
  }

  /**
   * At the line that names it. What no snippet names may be of any page, or of somebody else who
   * works on the cluster: then no page is blamed.
   */
  private static Diagnostic leftover(String what, List<Scenario> scenarios) {
    String name = what.replaceFirst(" in default$", "");
    String bare = name.substring(name.indexOf('/') + 1);
    Pattern named = Pattern.compile("(?<![\\w.-])" + Pattern.quote(bare) + "(?![\\w-])");
    List<Location> places =
        scenarios.stream()
            .map(scenario -> naming(named, scenario))
            .flatMap(Optional::stream)
            .toList();
    String left = "the run left " + what + " behind";
    String fix =
        "delete it in a snippet with verify=teardown; from a cluster that stays: kubectl delete "
            + name
            + (what.equals(name) ? "" : " -n default");
    if (places.isEmpty() && scenarios.size() > 1) {
      return Diagnostic.error(
          "left-over",
          contentOf(scenarios.getFirst()),
          left,
          "no snippet names it, so it may be of any page of this run, or of another program",
          fix);
    }
    return Diagnostic.error(
        "left-over",
        places.isEmpty() ? page(scenarios.getFirst()) : places.getFirst(),
        left,
        places.size() > 1
            ? "it is of this page or of "
                + String.join(
                    ", ", places.subList(1, places.size()).stream().map(Location::file).toList())
                + ", which name it too"
            : "a page that leaves something behind changes the proof of others",
        fix);
  }

  /** The last line of a scenario that a pattern is found in; its page where a fixture has it. */
  private static Optional<Location> naming(Pattern name, Scenario scenario) {
    Optional<Location> place =
        scenario.fixtures().values().stream().anyMatch(text -> name.matcher(text).find())
            ? Optional.of(page(scenario))
            : Optional.empty();
    for (Snippet snippet : scenario.snippets()) {
      for (int i = 0; i < snippet.block().lines().size(); i++) {
        if (name.matcher(snippet.block().lines().get(i)).find()) {
          place = Optional.of(snippet.block().location(i + 1));
        }
      }
    }
    return place;
  }

  private static Location page(Scenario scenario) {
    return Location.of(scenario.snippets().getFirst().block().attributeLocation().file());
  }

  /** The folder of all pages: what is printed of a page's path, without the page. */
  private static Location contentOf(Scenario scenario) {
    String file = page(scenario).file();
    String folder =
        file.endsWith("/" + scenario.page())
            ? file.substring(0, file.length() - scenario.page().length() - 1)
            : file;
    return Location.of(folder);
  }
}
