package dev.shirube.verify;

import dev.shirube.diagnose.live.ReadOnlyApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what it is given, and goes away when it is told to: what a real cluster does only by
 * accident. The real one is tested where clusters are. A manifest may say what is to come of it:
 * {@code refuse: REASON}, {@code warn: TEXT}, {@code leave: NAME} for something that stays, {@code
 * goAway: true}.
 */
final class FakeCluster implements Cluster {

  private final Map<String, String> objects = Collections.synchronizedMap(new LinkedHashMap<>());
  private final SortedSet<String> namespaces = Collections.synchronizedSortedSet(new TreeSet<>());

  /** What was asked of it: {@code apply ConfigMap a}, without dry runs. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** Hears of each call before it is answered. */
  volatile Consumer<String> before = call -> {};

  volatile boolean away;
  volatile boolean marked = true;

  /** What a list of Pods is answered with. */
  volatile String pods = "{\"items\":[]}";

  /** Names that turn up beside what was applied. */
  final List<String> litter = new CopyOnWriteArrayList<>();

  private void call(String call) {
    calls.add(call);
    before.accept(call);
    if (away) {
      throw new ClusterUnavailableException("connection refused");
    }
  }

  /** As another client would. */
  void put(String kind, String name, String json) {
    objects.put(kind + " " + name, json);
  }

  boolean has(String kind, String name) {
    return objects.containsKey(kind + " " + name);
  }

  /** All but {@code default}. */
  List<String> namespaces() {
    return List.copyOf(namespaces);
  }

  @Override
  public String version() {
    return "1.37.2";
  }

  @Override
  public void requireMarker() {
    if (away) {
      throw new ClusterUnavailableException("connection refused");
    }
    if (!marked) {
      throw new ForeignClusterException("the cluster is not marked as one for tests");
    }
  }

  @Override
  public boolean isReady(Duration within) {
    return !away;
  }

  @Override
  public Answer apply(Manifest manifest, String namespace, boolean dryRun) {
    String name = manifest.kind() + " " + manifest.name();
    if (dryRun) {
      if (away) {
        throw new ClusterUnavailableException("connection refused");
      }
    } else {
      call("apply " + name);
    }
    Map<?, ?> root = manifest(manifest);
    if (root.get("refuse") instanceof String reason) {
      return new Answer.Refused(422, reason, List.of("refuse"));
    }
    if (root.get("leave") instanceof String left && !dryRun) {
      litter.add(left);
    }
    if (root.containsKey("goAway")) {
      away = true;
      throw new ClusterUnavailableException("connection refused");
    }
    boolean created = !objects.containsKey(name);
    if (!dryRun) {
      objects.put(name, JsonMapper.shared().writeValueAsString(root));
    }
    return new Answer.Accepted(
        new ObjectName(
            manifest.apiVersion(),
            manifest.kind(),
            manifest.kind().startsWith("Cluster") ? Optional.empty() : Optional.of(namespace),
            manifest.name()),
        created,
        root.get("warn") instanceof String warning ? List.of(warning) : List.of());
  }

  private static Map<?, ?> manifest(Manifest manifest) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(manifest.text());
  }

  @Override
  public Optional<String> get(Manifest manifest, String namespace) {
    call("get " + manifest.kind() + " " + manifest.name());
    return Optional.ofNullable(objects.get(manifest.kind() + " " + manifest.name()));
  }

  /** Lists of Pods are asked for as {@code GET PATH}; all other lists are empty. */
  @Override
  public ReadOnlyApi.Answer read(String path) {
    call("GET " + path);
    return new ReadOnlyApi.Answer(200, path.contains("/pods?") ? pods : "{\"items\":[]}");
  }

  @Override
  public void delete(ObjectName object) {
    call("delete " + object);
    objects.remove(object.toString());
  }

  @Override
  public void createNamespace(String name) {
    call("create namespace " + name);
    namespaces.add(name);
  }

  @Override
  public boolean hasNamespace(String name) {
    return namespaces.contains(name);
  }

  @Override
  public void removeAbandoned() {
    calls.add("remove abandoned");
  }

  @Override
  public void deleteNamespace(String name) {
    call("delete namespace " + name);
    namespaces.remove(name);
  }

  @Override
  public SortedSet<String> inventory() {
    if (away) {
      throw new ClusterUnavailableException("connection refused");
    }
    SortedSet<String> names = new TreeSet<>(litter);
    namespaces().forEach(name -> names.add("namespaces/" + name));
    new ArrayList<>(objects.keySet())
        .stream()
            .filter(name -> name.startsWith("Cluster"))
            .forEach(name -> names.add("clusters/" + name.substring(name.indexOf(' ') + 1)));
    return names;
  }

  @Override
  public String kubeconfig(String namespace) {
    return "namespace: " + namespace + "\n";
  }

  @Override
  public void close() {}
}
