package dev.shirube.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.live.ContextApi;
import dev.shirube.diagnose.live.LiveReader;
import dev.shirube.diagnose.object.ObjectReader;
import dev.shirube.model.CodeBlock;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.SourceFile;
import dev.shirube.pipeline.Cases;
import dev.shirube.pipeline.ConvertedContent;
import dev.shirube.testcluster.Pause;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many troubles at the same time, each in a namespace of its own: each is diagnosed live as what it
 * is. The causes are those of the pages, as far as they are manifests alone.
 */
class DiagnoseIT {

  /** What brings a case about by a manifest, or only looks. */
  private static final Pattern PLAIN =
      Pattern.compile("^\\$ kubectl -n \\{namespace} (?:apply -f|get|wait|rollout status) ");

  private static final Pattern FILE = Pattern.compile(" -f ([a-z0-9.-]+\\.yaml)");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Troubles of other software, as manifests. */
  private static final Map<String, String> UNRELATED = new LinkedHashMap<>();

  static {
    UNRELATED.put("other-exit", pod("sh, -c, 'echo fatal: no configuration; exit 3'", ""));
    UNRELATED.put("other-selector", pod("sleep, '3600'", "  nodeSelector: {disk: none-such}\n"));
    UNRELATED.put(
        "other-volume",
        pod("sleep, '3600'", "  volumes: [{name: v, secret: {secretName: none-such}}]\n")
            .replace("image: busybox", "image: busybox, volumeMounts: [{name: v, mountPath: /v}]"));
    UNRELATED.put(
        "other-name", pod("sleep, '3600'", "").replace("image: busybox", "image: 'BUSY box'"));
    UNRELATED.put(
        "other-job",
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: other}
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: c, image: busybox, command: [sh, -c, 'echo out of range; exit 4']}
        """);
    UNRELATED.put(
        "other-port",
        pod("sleep, '3600'", "")
            + """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: other}
            spec:
              selector: {app: other}
              ports: [{port: 80, targetPort: none-such}]
            """);
  }

  @TempDir Path folder = Path.of("unset");

  private static String pod(String command, String more) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: other, labels: {app: other}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - {name: c, image: busybox, command: [%s]}
    %s\
    """
        .formatted(command, more);
  }

  @Test
  void troublesAtTheSameTimeAreToldApartAndOthersAreNoCase() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.NODE);
    ConvertedContent content = ConvertedContent.of(Path.of("content"), (what, done, total) -> {});
    Map<String, String> pages = new TreeMap<>();
    try (LocalCluster cluster =
        ClusterUnderTest.start(new RunFolder(folder.resolve("run")), "diagnose", Tier.NODE, 1)) {
      Set<String> ofObjects =
          Cases.of(content).cases().stream()
              .filter(each -> each.fingerprint().object() != ObjectKind.COMMAND)
              .map(Case::page)
              .collect(Collectors.toSet());
      for (ConvertedPage page : content.pages()) {
        List<String> causes = ofObjects.contains(page.source().path()) ? causes(page) : List.of();
        if (!causes.isEmpty()) {
          String namespace = "case-" + pages.size();
          pages.put(namespace, page.source().path());
          apply(cluster, namespace, causes);
        }
      }
      assertTrue(pages.size() >= 5, pages::toString);
      for (Map.Entry<String, String> other : UNRELATED.entrySet()) {
        apply(cluster, other.getKey(), List.of(other.getValue()));
      }
      Diagnostician diagnostician = new Diagnostician(Cases.of(content).cases());
      try (ContextApi api =
          ContextApi.of(cluster.context(), Optional.of(cluster.kubeconfig()), Map.of())) {
        Map<String, List<String>> wanted = new TreeMap<>();
        pages.forEach((namespace, page) -> wanted.put(namespace + " " + page, List.of(page)));
        Map<String, List<String>> found = new TreeMap<>();
        Pause pause = new Pause(PATIENCE, Duration.ofSeconds(2));
        while (!found.equals(wanted) && pause.next()) {
          pages.forEach(
              (namespace, page) ->
                  found.put(
                      namespace + " " + page, diagnose(api, diagnostician, namespace).pages()));
        }
        assertEquals(wanted, found);
        for (String other : UNRELATED.keySet()) {
          Diagnosis diagnosis = diagnose(api, diagnostician, other);
          Pause unknown = new Pause(PATIENCE, Duration.ofSeconds(2));
          while (!diagnosis.hasUnknown() && unknown.next()) {
            diagnosis = diagnose(api, diagnostician, other);
          }
          assertEquals(List.of(), diagnosis.pages(), other);
          assertTrue(diagnosis.hasUnknown(), other);
        }
      }
    }
  }

  private static Diagnosis diagnose(ContextApi api, Diagnostician diagnostician, String namespace) {
    return diagnostician.diagnose(
        new LiveReader(api, new ObjectReader.Settings(Instant.now(), Duration.ofSeconds(5), true))
            .read(Optional.of(namespace))
            .observations());
  }

  /** The manifests that bring a case about; none where it takes more than to apply them. */
  private static List<String> causes(ConvertedPage page) {
    List<CodeBlock> commands =
        page.codeBlocks().stream().filter(block -> block.language().equals("console")).toList();
    boolean more =
        commands.stream()
                .takeWhile(block -> !block.roles().contains("solution"))
                .filter(block -> !block.roles().contains("cause"))
                .anyMatch(block -> block.text().contains(" apply "))
            || page.codeBlocks().stream()
                .anyMatch(block -> "fixture".equals(block.attributes().get("verify")));
    List<String> typed =
        commands.stream()
            .filter(block -> block.roles().contains("cause"))
            .flatMap(block -> block.lines().stream())
            .filter(line -> line.startsWith("$ "))
            .toList();
    if (more || !typed.stream().allMatch(line -> PLAIN.matcher(line).find())) {
      return List.of();
    }
    return typed.stream()
        .flatMap(line -> FILE.matcher(line).results())
        .map(
            file ->
                page.includes().stream()
                    .filter(each -> each.path().endsWith("/" + file.group(1)))
                    .map(SourceFile::text)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  private static void apply(LocalCluster cluster, String namespace, List<String> manifests) {
    ClusterUnderTest.answer(cluster, "create", "namespace", namespace);
    for (String manifest : manifests) {
      dev.shirube.testcluster.Command.Result result =
          ClusterUnderTest.kubectl(
              cluster,
              manifest.replace("{namespace}", namespace),
              "-n",
              namespace,
              "apply",
              "-f",
              "-");
      assertEquals(0, result.exitCode(), () -> namespace + ": " + result.output());
    }
  }
}
