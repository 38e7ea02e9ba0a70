package dev.shirube.verify.schema;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.verify.schema.ManifestReader.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Checks manifests against what one minor version of Kubernetes knows, without a cluster. */
public final class SchemaChecker {

  /** Whether a manifest says all. */
  public enum Completeness {
    /** It is meant to be applied: what is required must be there. */
    WHOLE,
    /** It names the fields that matter to it. */
    PARTIAL
  }

  private final Snapshot snapshot;

  private SchemaChecker(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** A checker for a minor version; empty where {@link Snapshots#minors} does not have it. */
  public static Optional<SchemaChecker> of(KubernetesMinor minor) {
    return Snapshots.of(minor).map(SchemaChecker::new);
  }

  /** A checker against any snapshot, for example an API server's. */
  public static SchemaChecker of(Snapshot snapshot) {
    return new SchemaChecker(snapshot);
  }

  public KubernetesMinor kubernetes() {
    return snapshot.minor();
  }

  /**
   * Checks a block.
   *
   * @param text YAML, with any number of documents, or JSON
   * @param places from a 1-based line of the text to where that line was written
   */
  public SchemaReport check(String text, IntFunction<Location> places, Completeness completeness) {
    BlockText block = new BlockText(text, places);
    List<Diagnostic> diagnostics = new ArrayList<>();
    List<ManifestDocument> documents = new ArrayList<>();
    for (Document document : ManifestReader.read(block.lines())) {
      new DocumentCheck(snapshot, block, document.firstLine(), completeness, diagnostics, documents)
          .check(document);
    }
    return new SchemaReport(
        diagnostics.stream().sorted(Diagnostic.ORDER).distinct().toList(), documents);
  }
}
