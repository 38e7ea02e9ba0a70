package dev.shirube.report;

import java.nio.file.Path;
import java.util.List;

/** Writes a large file of receipts again and again, until it is killed. */
final class EndlessWriter {

  private static final int LINES = 2_000;

  private EndlessWriter() {}

  public static void main(String[] args) {
    ReceiptFolder folder = new ReceiptFolder(Path.of(args[0]));
    for (int i = 0; ; i++) {
      String[] lines = new String[LINES];
      java.util.Arrays.fill(lines, "line " + i);
      folder.write(
          Receipts.of(
              Samples.receipts(
                  Samples.page(Samples.POD, Samples.part("endless", "apply", List.of(), lines)))));
    }
  }
}
