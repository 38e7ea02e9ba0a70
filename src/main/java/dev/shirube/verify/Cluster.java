package dev.shirube.verify;

import dev.shirube.diagnose.live.ReadOnlyApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The cluster that snippets are proven on. Every method throws {@link ClusterUnavailableException}
 * where the cluster does not answer: that proves nothing of a snippet.
 */
public interface Cluster extends AutoCloseable {

  /** An object as an API server names it. */
  record ObjectName(String apiVersion, String kind, Optional<String> namespace, String name) {

    /** For people, e.g. {@code Deployment web}. */
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  /** What the server says of a manifest. */
  sealed interface Answer {

    /**
     * It took it.
     *
     * @param created whether the object was not there before
     * @param warnings the texts of its {@code Warning} headers
     */
    record Accepted(ObjectName object, boolean created, List<String> warnings) implements Answer {
      public Accepted {
        warnings = List.copyOf(warnings);
      }
    }

    /**
     * It refused it.
     *
     * @param fields the paths of the fields that it names, e.g. {@code spec.containers[0].image}
     */
    record Refused(int status, String message, List<String> fields) implements Answer {
      public Refused {
        fields = List.copyOf(fields);
      }
    }
  }

  /** The version of the API server, e.g. {@code 1.37.2}. */
  String version();

  /** The minor of {@link #version()}, e.g. 37. */
  default int minor() {
    return Integer.parseInt(version().split("\\.")[1]);
  }

  /**
   * Makes sure that this still is the cluster that was marked for tests.
   *
   * @throws ForeignClusterException where it is not
   */
  void requireMarker();

  /** Whether the server answers now, within a time. Never throws. */
  boolean isReady(Duration within);

  /**
   * Applies one document, as the bytes that the page shows, by server-side apply with strict field
   * validation.
   *
   * @param namespace where it goes if it names none
   * @param dryRun whether nothing is kept of it
   */
  Answer apply(Manifest manifest, String namespace, boolean dryRun);

  /** The object as JSON; empty where there is none. */
  Optional<String> get(Manifest manifest, String namespace);

  /**
   * Reads whatever else the server has.
   *
   * @param path with its query, from the root of the server
   */
  ReadOnlyApi.Answer read(String path);

  /** Deletes an object; without effect where there is none. */
  void delete(ObjectName object);

  /** Makes a namespace and waits until Pods can be made in it. */
  void createNamespace(String name);

  /** Whether there is a namespace of that name, also one that is being deleted. */
  boolean hasNamespace(String name);

  /** Deletes the namespaces of runs on this machine that have been killed; does not wait. */
  void removeAbandoned();

  /** Deletes a namespace, its Pods at once; does not wait. */
  void deleteNamespace(String name);

  /**
   * The names of what a page could leave behind: objects without a namespace, namespaces, and
   * objects in the namespace {@code default}, but for what the cluster itself makes and removes.
   */
  SortedSet<String> inventory();

  /** A kubeconfig for kubectl, with this namespace as the default of its only context. */
  String kubeconfig(String namespace);

  @Override
  void close();
}
