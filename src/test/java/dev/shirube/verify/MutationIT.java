package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Outcome;
import dev.shirube.model.SnippetResult;
import dev.shirube.model.VerificationResult;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One right page, and many copies with one fault each: every fault is found where it is, and the
 * right page is clean each time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationIT {

  /** How often the right page is proven, several at a time. */
  private static final int COPIES = 20;

  private static final int FIRST_PORT = 20_100;

  /** Most of the time a page waits: for Pods, and mutants for what never comes. */
  private static final int JOBS = 8;

  /** In the order of their names: the mutants wait longest, and the copies fill the time. */
  private static final String MUTANT = "a-mutant-";

  private static final String COPY = "copy-";

  @TempDir static Path folder = Path.of("unset");

  private LocalCluster cluster;
  private String page = "";
  private VerificationResult result;

  /**
   * A fault.
   *
   * @param find what stands in the right page once
   * @param replace what stands there instead
   * @param code of the diagnostic that tells of it
   * @param at a part of the line that it names; the first line that has it
   */
  private record Mutation(String name, String find, String replace, String code, String at) {}

  private static Mutation of(String name, String find, String replace, String code, String at) {
    return new Mutation(name, find, replace, code, at);
  }

  private static final List<Mutation> MUTATIONS =
      List.of(
          // Manifests
          of("misspelt field", "replicas: 1", "replica: 1", "unknown-field", "replica: 1"),
          of("quoted number", "replicas: 1", "replicas: \"1\"", "wrong-type", "replicas: \"1\""),
          of(
              "case of a field",
              "containerPort: 80",
              "containerport: 80",
              "unknown-field",
              "containerport"),
          of("misspelt image", "image: nginx:1.29", "imge: nginx:1.29", "unknown-field", "imge"),
          of(
              "removed API",
              "apiVersion: apps/v1 # web",
              "apiVersion: extensions/v1beta1",
              "removed-api",
              "extensions/v1beta1"),
          of(
              "unknown kind",
              "kind: Deployment # web",
              "kind: Deploymant",
              "unknown-kind",
              "Deploymant"),
          of(
              "unknown version",
              "apiVersion: v1 # service",
              "apiVersion: v2",
              "unknown-kind",
              "apiVersion: v2"),
          of(
              "missing selector",
              "  selector: # pods\n    matchLabels:\n      app: web\n",
              "",
              "missing-field",
              "spec:"),
          of(
              "duplicate key",
              "  name: web # deployment",
              "  name: web\n  name: web2",
              "duplicate-key",
              "name: web2"),
          of("misspelt list item", "- name: nginx", "- nam: nginx", "unknown-field", "nam: nginx"),
          of(
              "list for a scalar",
              "targetPort: 80",
              "targetPort: [80]",
              "wrong-type",
              "targetPort: [80]"),
          of("quoted port", "port: 8080", "port: \"8080\"", "wrong-type", "port: \"8080\""),
          of("invalid name", "  name: web # service", "  name: Web_1", "invalid-name", "Web_1"),
          of("tab", "  replicas: 1", "\treplicas: 1", "invalid-yaml", "replicas: 1"),
          of(
              "selector mismatch",
              """
                  matchLabels:
                    app: web
                template:
                  metadata:
                    labels:
                      app: web
                  spec:
                    containers:
                      - name: nginx
                        image: nginx:1.29\
              """,
              """
                  matchLabels:
                    app: wep
                template:
                  metadata:
                    labels:
                      app: web
                  spec:
                    containers:
                      - name: nginx
                        image: nginx:1.29\
              """,
              "selector-mismatch",
              "app: wep"),
          of(
              "enum",
              "      containers:\n",
              "      restartPolicy: Allways\n      containers:\n",
              "unknown-enum-value",
              "Allways"),
          of(
              "quantity",
              "          image: nginx:1.29",
              "          image: nginx:1.29\n          resources: {limits: {memory: 64MB}}",
              "invalid-value",
              "64MB"),
          of(
              "wrong level",
              "replicas: 1",
              "replicas: 1\n  image: nginx",
              "unknown-field",
              "  image: nginx"),
          // Grammar
          of("unknown verb", "verify=apply", "verify=aply", "unknown-verb", "verify=aply"),
          of("unknown key", "within=5s", "withn=5s", "unknown-key", "withn"),
          of("bad duration", "within=5s", "within=5sec", "bad-value", "within=5sec"),
          of("bad match", "match=json", "match=jsn", "bad-value", "match=jsn"),
          of(
              "misspelt verify",
              "[source#config,console,verify=run]",
              "[source#config,console,verfy=run]",
              "unknown-key",
              "verfy"),
          of(
              "nothing said",
              "[source#config,console,verify=run]",
              "[source#config,console]",
              "unproven-commands",
              "source#config"),
          of("run of a manifest", "verify=expect", "verify=run", "wrong-language", "source#ready"),
          of("unknown reference", "stop=curl", "stop=crul", "unknown-reference", "stop=crul"),
          of(
              "ready in the foreground",
              "#forward%background",
              "#forward",
              "missing-key",
              "source#forward"),
          of(
              "skip without a reason",
              "verify=reject,message=\"spec.replicas\"",
              "verify=skip",
              "missing-key",
              "verify=skip"),
          of(
              "key of another verb",
              "verify=reject,message=\"spec.replicas\"",
              "verify=apply,message=\"spec.replicas\"",
              "unknown-key",
              "verify=apply,message"),
          of(
              "refusal without a reason",
              "verify=reject,message=\"spec.replicas\"",
              "verify=reject",
              "missing-key",
              "verify=reject"),
          of(
              "what varies stands nowhere",
              "verify=run,vary=CLUSTER-IP",
              "verify=run,vary=CLUSTERIP",
              "bad-value",
              "vary=CLUSTERIP"),
          of(
              "exit code too large",
              "verify=run,vary=CLUSTER-IP",
              "verify=run,exit=300,vary=CLUSTER-IP",
              "bad-value",
              "exit=300"),
          of(
              "bad version",
              "verify=run,vary=CLUSTER-IP",
              "verify=run,k8s=new,vary=CLUSTER-IP",
              "bad-value",
              "k8s=new"),
          of("output of nothing", "of=#config", "of=#conf", "unknown-reference", "of=#conf"),
          // Commands
          of(
              "open quote",
              "--from-literal=color=blue",
              "--from-literal='color=blue",
              "unfinished-command",
              "'color"),
          of("glob", "rm page.html", "rm *.html", "unsupported-shell-syntax", "*.html"),
          of("backticks", "rm page.html", "rm `ls`", "unsupported-shell-syntax", "`ls`"),
          of(
              "unknown program",
              "$ kubectl get service web\n",
              "$ kubctl get service web\n",
              "unknown-program",
              "kubctl"),
          of("unset variable", "rm page.html", "rm $PAGE", "unset-variable", "$PAGE"),
          of(
              "another machine",
              "http://localhost:FREEPORT/",
              "http://example.com:FREEPORT/",
              "address-outside",
              "example.com"),
          of(
              "file outside",
              "$ rm page.html",
              "$ echo x > /etc/motd",
              "redirection-outside",
              "/etc/motd"),
          of(
              "unknown token",
              "web    ClusterIP   10.96.0.10   <none>",
              "web    ClusterIP   10.96.0.10   <ipp>",
              "bad-expectation",
              "<ipp>"),
          of(
              "undeclared placeholder",
              "labels={team}",
              "labels={teem}",
              "placeholder-without-value",
              "{teem}"),
          // What only the cluster knows
          of(
              "wrong name",
              "rollout status deployment/web",
              "rollout status deployment/wep",
              "exit-code",
              "deployment/wep"),
          of(
              "wrong command",
              "kubectl get deployment web",
              "kubectl gett deployment web",
              "exit-code",
              "gett"),
          of("wrong flag", "--timeout=60s", "--timeuot=60s", "exit-code", "--timeuot"),
          of("wrong cell", "web    1/1     1", "web    2/2     1", "other-output", "2/2"),
          of("wrong column", "NAME   READY   UP", "NAME   REDY    UP", "other-output", "REDY"),
          of("wrong port in a table", "8080/TCP", "80/TCP  ", "other-output", "80/TCP"),
          of(
              "wrong type in a table",
              "web    ClusterIP   10",
              "web    NodePort    10",
              "other-output",
              "NodePort"),
          of(
              "a row too many",
              "web    1/1     1            1           5s",
              "web    1/1     1            1           5s\n"
                  + "wep    1/1     1            1           5s",
              "other-output",
              "wep    1/1"),
          of("wrong target port", "targetPort: 80", "targetPort: 81", "exit-code", "$ curl"),
          of("forward to no port", "FREEPORT:8080", "FREEPORT:8081", "not-ready", "FREEPORT:8081"),
          of("wrong status", "\n200\n", "\n404\n", "other-output", "404"),
          of(
              "missing image",
              "image: nginx:1.29",
              "image: nginx:9.99",
              "exit-code",
              "rollout status"),
          of(
              "never ready",
              "readyReplicas: 1",
              "readyReplicas: 2",
              "not-as-expected",
              "readyReplicas: 2"),
          of(
              "no such object",
              "  name: web # expected",
              "  name: wep",
              "no-such-object",
              "apiVersion: apps/v1 # expected"),
          of(
              "taken after all",
              "replicas: -1",
              "replicas: 0",
              "not-refused",
              "apiVersion: apps/v1 # refused"),
          of(
              "refused for another reason",
              "message=\"spec.replicas\"",
              "message=\"spec.paused\"",
              "other-refusal",
              "apiVersion: apps/v1 # refused"),
          of(
              "no unknown field after all",
              "minReadySecs: 5",
              "minReadySeconds: 5",
              "not-refused",
              "apiVersion: apps/v1 # misspelt"),
          of(
              "another unknown field",
              "minReadySecs: 5",
              "minReadySec: 5",
              "other-refusal",
              "apiVersion: apps/v1 # misspelt"),
          of(
              "wrong line of a JSONPath",
              "labelled in {namespace}",
              "labelled in default",
              "other-output",
              "labelled in default"),
          of("wrong output", "\nblue\n", "\ncrimson\n", "other-output", "crimson"),
          of(
              "wrong order",
              """
              $ kubectl create configmap settings --from-literal=color=blue
              configmap/settings created
              $ kubectl get configmap settings -o jsonpath={.data.color}
              blue
              """,
              """
              $ kubectl get configmap settings -o jsonpath={.data.color}
              blue
              $ kubectl create configmap settings --from-literal=color=blue
              configmap/settings created
              """,
              "exit-code",
              "$ kubectl get configmap settings"),
          of(
              "deleted twice",
              "kubectl delete configmap settings",
              "kubectl delete configmap setting",
              "exit-code",
              "delete configmap setting"),
          of("wrong JSON", "{\"port\": 8080}", "{\"port\": 8081}", "other-output", "8081"),
          of(
              "missing fixture",
              "configmap/from-fixture",
              "configmap/from-nowhere",
              "other-output",
              "configmap/from-nowhere"),
          of(
              "selects nothing",
              "    app: web # service",
              "    app: wep",
              "not-ready",
              "port-forward"),
          of(
              "wrong exit code",
              "verify=run,vary=CLUSTER-IP",
              "verify=run,exit=1,vary=CLUSTER-IP",
              "exit-code",
              "$ kubectl get service web"),
          of("too slow", "$ rm page.html", "$ sleep 30", "timeout", "$ sleep 30"),
          of(
              "not allowed",
              "kubectl get deployment web",
              "kubectl get deployment web --as=nobody",
              "exit-code",
              "--as=nobody"),
          of(
              "output of other commands",
              "\nconfigmap \"settings\" deleted by the page\n",
              "\nconfigmap \"settings\" created by the page\n",
              "other-output",
              "created by the page"),
          of(
              "wrong label",
              "-l team=team-a -o name",
              "-l team=team-b -o name",
              "other-output",
              "pod/labelled"),
          of(
              "wrong apiVersion for the server",
              "apiVersion: v1 # service",
              "apiVersion: core/v1",
              "unknown-kind",
              "core/v1"));

  @BeforeAll
  void run() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.NODE);
    page = Files.readString(Path.of("src/test/verify/mutation/page.adoc"));
    cluster =
        ClusterUnderTest.start(new RunFolder(folder.resolve("cluster")), "mutation", Tier.NODE, 1);
    Path content = folder.resolve("content");
    for (int i = 0; i < MUTATIONS.size(); i++) {
      Mutation mutation = MUTATIONS.get(i);
      assertEquals(
          2,
          page.split(java.util.regex.Pattern.quote(mutation.find()), -1).length,
          mutation.name());
      write(content, mutant(i), page.replace(mutation.find(), mutation.replace()), i);
    }
    for (int i = 0; i < COPIES; i++) {
      write(content, COPY + i + ".adoc", page, MUTATIONS.size() + i);
    }
    // All at once: what they leave has to be waited for but once, and a mutant must not make a
    // right page look wrong.
    result = verify(content);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private static String mutant(int index) {
    return MUTANT + index + ".adoc";
  }

  private static void write(Path content, String name, String text, int index) throws IOException {
    Files.createDirectories(content);
    Files.writeString(content.resolve(name), text.replace("FREEPORT", "" + (FIRST_PORT + index)));
    Path fixtures = content.resolveSibling(content.getFileName() + "-fixtures");
    Path own = fixtures.resolve(name.replace(".adoc", ""));
    Files.createDirectories(own);
    Files.writeString(
        own.resolve("config.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-fixture\n");
  }

  private VerificationResult verify(Path content) {
    return new Proving(
            cluster, content, content.resolveSibling(content.getFileName() + "-fixtures"))
        .run(JOBS);
  }

  @Test
  void theRightPageIsCleanEachTime() {
    List<SnippetResult> copies =
        result.snippets().stream().filter(snippet -> snippet.page().startsWith(COPY)).toList();
    assertEquals(COPIES, copies.stream().map(SnippetResult::page).distinct().count());
    List<String> unclean =
        copies.stream()
            .filter(snippet -> snippet.outcome() != Outcome.PASSED)
            .map(snippet -> snippet + "\n" + snippet.difference())
            .toList();
    assertEquals(List.of(), unclean);
    assertEquals(
        List.of(),
        result.problems().stream()
            .filter(problem -> !problem.location().file().contains("/" + MUTANT))
            .toList());
  }

  @Test
  void thereAreEnoughFaults() {
    assertTrue(MUTATIONS.size() >= 60, () -> MUTATIONS.size() + " faults");
  }

  @TestFactory
  Stream<DynamicTest> everyFaultIsFoundAtItsLine() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < MUTATIONS.size(); i++) {
      int index = i;
      tests.add(DynamicTest.dynamicTest(MUTATIONS.get(i).name(), () -> assertFound(index)));
    }
    return tests.stream();
  }

  private void assertFound(int index) throws IOException {
    Mutation mutation = MUTATIONS.get(index);
    Path file = folder.resolve("content").resolve(mutant(index));
    List<String> lines = Files.readAllLines(file);
    String at = mutation.at().replace("FREEPORT", "" + (FIRST_PORT + index));
    int line = 1;
    while (line <= lines.size() && !lines.get(line - 1).contains(at)) {
      line++;
    }
    String expected = line + " " + mutation.code();
    List<String> found =
        Stream.concat(
                result.problems().stream(),
                result.snippets().stream().map(SnippetResult::problems).flatMap(List::stream))
            .filter(problem -> problem.location().file().endsWith("/" + mutant(index)))
            .map(MutationIT::place)
            .toList();
    assertTrue(
        found.contains(expected),
        () ->
            String.format(
                Locale.ROOT, "%s: expected \"%s\" among %s", mutation.name(), expected, found));
  }

  private static String place(Diagnostic problem) {
    return problem.location().line() + " " + problem.code();
  }
}
