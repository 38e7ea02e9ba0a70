package dev.shirube.verify.schema;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Severity;
import java.util.List;

/**
 * What the check says of a block.
 *
 * @param diagnostics in the order in which they are printed
 * @param documents in the order in which they stand there
 */
public record SchemaReport(List<Diagnostic> diagnostics, List<ManifestDocument> documents) {

  public SchemaReport {
    diagnostics = List.copyOf(diagnostics);
    documents = List.copyOf(documents);
  }

  /** Whether nothing in it is wrong; it may still not be {@link #isProven proven}. */
  public boolean hasNoErrors() {
    return diagnostics.stream().noneMatch(each -> each.severity() == Severity.ERROR);
  }

  /** Whether each of its documents was checked and is right. */
  public boolean isProven() {
    return hasNoErrors()
        && !documents.isEmpty()
        && documents.stream()
            .allMatch(each -> each.standing() == ManifestDocument.Standing.CHECKED);
  }
}
