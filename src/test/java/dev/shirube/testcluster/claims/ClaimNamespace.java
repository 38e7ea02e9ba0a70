package dev.shirube.testcluster.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.local.ClusterUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The namespace of one claim, as kubectl sees it.
 *
 * @param name unlike any other in the cluster: also a fit name for what lies in no namespace
 */
public record ClaimNamespace(TestCluster cluster, String name) {

  private static final Duration DEADLINE = Duration.ofSeconds(100);

  /** Each look is a process of its own, and the machine has something better to do. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(400);

  void create() {
    ClusterUnderTest.answer(cluster, "create", "namespace", name);
    // Without it no Pod is admitted, as it is for a person who types fast.
    await(
        found -> found.equals("default"),
        "get",
        "serviceaccounts",
        "-o",
        field("{.items[*].metadata.name}"));
  }

  /** Does not wait until it is gone. */
  void delete() {
    ClusterUnderTest.answer(cluster, "delete", "namespace", name, "--wait=false");
  }

  /** What kubectl says and how it ends. */
  public Command.Result kubectl(String... words) {
    return kubectlReading("", words);
  }

  /** The same, with standard input. */
  public Command.Result kubectlReading(String input, String... words) {
    List<String> all = new ArrayList<>(List.of("--namespace", name));
    all.addAll(List.of(words));
    return ClusterUnderTest.kubectl(cluster, input, all.toArray(String[]::new));
  }

  /** What kubectl says, which must succeed. */
  public String answer(String... words) {
    Command.Result result = kubectl(words);
    assertEquals(0, result.exitCode(), () -> said(result.output(), words));
    return result.output().strip();
  }

  /** What kubectl says, which must fail. */
  public String refusal(String... words) {
    Command.Result result = kubectl(words);
    assertNotEquals(0, result.exitCode(), () -> said(result.output(), words));
    return result.output().strip();
  }

  /** Applies a manifest, with strict validation, and returns what kubectl says. */
  public String apply(String manifest) {
    Command.Result result = applied(manifest);
    assertEquals(0, result.exitCode(), () -> result.output() + "\n" + manifest);
    return result.output().strip();
  }

  /** What kubectl says when it applies a manifest, with strict validation and these options. */
  public Command.Result applied(String manifest, String... options) {
    List<String> words = new ArrayList<>(List.of("apply", "--validate=strict", "-f", "-"));
    words.addAll(List.of(options));
    return kubectlReading(manifest, words.toArray(String[]::new));
  }

  /** Runs a command in the first container of a Pod; it must succeed. */
  public String exec(String pod, String... command) {
    List<String> words = new ArrayList<>(List.of("exec", pod, "--"));
    words.addAll(List.of(command));
    return answer(words.toArray(String[]::new));
  }

  /** Waits for a Pod, and whatever else has this condition. */
  public void awaitReady(String resource) {
    awaitCondition("Ready", resource);
  }

  /** Waits until a condition of a resource, such as {@code job/hello}, is true. */
  public void awaitCondition(String condition, String resource) {
    answer("wait", "--for=condition=" + condition, resource, timeout());
  }

  /**
   * Waits until the container of the Pods with a label is said to be in CrashLoopBackOff.
   *
   * <p>By a watch: since 1.35 the kubelet looks again when the time to wait is over, and no sooner.
   * So it says it for a moment, just before it starts the container again; until then it says
   * Error.
   */
  public void awaitCrashLoop(String app) {
    await(pods -> !pods.isEmpty(), "get", "pods", "-l", "app=" + app, "-o", "name");
    answer(
        "wait",
        "--for=jsonpath={.status.containerStatuses[*].state.waiting.reason}=CrashLoopBackOff",
        "pods",
        "-l",
        "app=" + app,
        timeout());
  }

  /** Waits until all Pods of a resource, such as {@code deployment/web}, are the new ones. */
  public void awaitRollout(String resource) {
    answer("rollout", "status", resource, timeout());
  }

  private static String timeout() {
    return "--timeout=" + DEADLINE.toSeconds() + "s";
  }

  /** Asks kubectl again and again until it says what is awaited, and returns that. */
  public String await(Predicate<String> awaited, String... words) {
    return await(DEADLINE, awaited, words);
  }

  /** The same. */
  public String await(Duration deadline, Predicate<String> awaited, String... words) {
    Pause pause = new Pause(deadline, LOOK_EVERY);
    String said = kubectl(words).output().strip();
    while (!awaited.test(said)) {
      if (!pause.next()) {
        return fail("after " + deadline.toSeconds() + " s " + said(said, words));
      }
      said = kubectl(words).output().strip();
    }
    return said;
  }

  /** Waits until an event about an object, such as a Pod, has a reason and says something. */
  public void awaitEvent(String object, String reason, String says) {
    await(
        messages -> messages.contains(says),
        "get",
        "events",
        "--field-selector=involvedObject.name=" + object + ",reason=" + reason,
        "-o",
        field("{.items[*].message}"));
  }

  /** What a resource has at a path, for example {@code {.spec.nodeName}}. */
  public String get(String resource, String path) {
    return answer("get", resource, "-o", field(path));
  }

  /** For {@code -o}. */
  public static String field(String path) {
    return "jsonpath=" + path;
  }

  /** The Pods of an application, each with its node: {@code node-1/web-x4k2p}. */
  public List<String> podsWithNodes(String app) {
    String found =
        answer(
            "get",
            "pods",
            "-l",
            "app=" + app,
            "-o",
            field("{range .items[*]}{.spec.nodeName}/{.metadata.name}{\"\\n\"}{end}"));
    List<String> pods = found.lines().sorted().toList();
    assertTrue(!pods.isEmpty(), () -> "there is no Pod of " + app);
    return pods;
  }

  /** For whoever reads of a failure. */
  String state() {
    return String.join(
        "\n\n",
        "namespace " + name,
        kubectl("get", "all,persistentvolumeclaims", "-o", "wide").output(),
        kubectl("describe", "pods").output(),
        kubectl("get", "events", "--sort-by=.metadata.creationTimestamp").output(),
        ClusterUnderTest.kubectl(cluster, "", "get", "nodes", "-o", "wide").output());
  }

  private static String said(String output, String... words) {
    return "\"kubectl " + String.join(" ", words) + "\" said: " + output;
  }
}
