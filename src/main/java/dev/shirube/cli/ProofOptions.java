package dev.shirube.cli;

import dev.shirube.pipeline.DocsVerification;
import dev.shirube.report.ReceiptFolder;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The options of every command that has to do with proofs. */
final class ProofOptions {

  @Option(
      names = "--fixtures",
      paramLabel = "DIR",
      defaultValue = "verify/fixtures",
      description = "manifests that pages begin with (default: ${DEFAULT-VALUE})")
  private Path fixtures = Path.of("verify/fixtures");

  @Option(
      names = "--receipts",
      paramLabel = "DIR",
      defaultValue = "verify/receipts",
      description = "what was proven, to be committed (default: ${DEFAULT-VALUE})")
  private Path receipts = Path.of("verify/receipts");

  @Option(
      names = "--reports",
      paramLabel = "DIR",
      defaultValue = "target/reports",
      description = "where reports go (default: ${DEFAULT-VALUE})")
  private Path reports = Path.of("target/reports");

  DocsVerification verification() {
    return new DocsVerification(new DocsVerification.Settings(fixtures, Clock.systemUTC()));
  }

  Path fixtures() {
    return fixtures;
  }

  ReceiptFolder receipts() {
    return new ReceiptFolder(receipts);
  }

  Path receiptsFolder() {
    return receipts;
  }

  Path reports() {
    return reports;
  }
}
