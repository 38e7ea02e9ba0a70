package dev.shirube.verify.schema;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import dev.shirube.model.Severity;
import dev.shirube.verify.schema.SchemaChecker.Completeness;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Which manifest works with which minor version of Kubernetes, and what is wrong where it fails.
 */
public record DriftMatrix(List<KubernetesMinor> minors, List<Row> rows) {

  /**
   * A block with manifests.
   *
   * @param text YAML or JSON
   * @param places from a 1-based line of the text to where that line was written
   */
  public record Manifest(String text, IntFunction<Location> places, Completeness completeness) {}

  /** A manifest, and what each minor version has against it. */
  public record Row(Manifest manifest, SortedMap<KubernetesMinor, SchemaReport> reports) {

    public Row {
      reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
    }

    /** Whether the manifest works with a minor version of the matrix. */
    public boolean works(KubernetesMinor minor) {
      return Optional.ofNullable(reports.get(minor)).orElseThrow().hasNoErrors();
    }

    /** Whether it works with some of the minor versions and fails with others. */
    public boolean drifts() {
      return reports.values().stream().map(SchemaReport::hasNoErrors).distinct().count() > 1;
    }

    /** The first minor version that no longer takes it, where an older one did. */
    public Optional<KubernetesMinor> breaksAt() {
      boolean worked = false;
      for (KubernetesMinor minor : reports.keySet()) {
        boolean works = works(minor);
        if (worked && !works) {
          return Optional.of(minor);
        }
        worked |= works;
      }
      return Optional.empty();
    }

    /** What is wrong with it on a minor version, errors only. */
    public List<Diagnostic> errors(KubernetesMinor minor) {
      return Optional.ofNullable(reports.get(minor)).orElseThrow().diagnostics().stream()
          .filter(each -> each.severity() == Severity.ERROR)
          .toList();
    }
  }

  public DriftMatrix {
    minors = List.copyOf(minors);
    rows = List.copyOf(rows);
  }

  /**
   * Checks each manifest against each minor version.
   *
   * @throws IllegalArgumentException where there is no snapshot of one of them
   */
  public static DriftMatrix of(List<Manifest> manifests, List<KubernetesMinor> minors) {
    List<SchemaChecker> checkers = minors.stream().map(DriftMatrix::checker).toList();
    return new DriftMatrix(
        minors, manifests.stream().map(manifest -> row(manifest, checkers)).toList());
  }

  private static SchemaChecker checker(KubernetesMinor minor) {
    return SchemaChecker.of(minor)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no snapshot of Kubernetes " + minor + ", but of " + Snapshots.minors()));
  }

  private static Row row(Manifest manifest, List<SchemaChecker> checkers) {
    SortedMap<KubernetesMinor, SchemaReport> reports = new TreeMap<>();
    for (SchemaChecker checker : checkers) {
      reports.put(
          checker.kubernetes(),
          checker.check(manifest.text(), manifest.places(), manifest.completeness()));
    }
    return new Row(manifest, reports);
  }
}
