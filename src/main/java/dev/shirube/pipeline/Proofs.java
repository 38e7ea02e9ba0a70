package dev.shirube.pipeline;

import dev.shirube.model.Badge;
import dev.shirube.model.Receipt;
import dev.shirube.model.SiteFile;
import dev.shirube.model.SitePath;
import dev.shirube.report.Freshness;
import dev.shirube.report.ReceiptFolder;
import dev.shirube.verify.grammar.Snippet;
import dev.shirube.verify.grammar.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the site says of the proofs.
 *
 * @param badges by content path, then by the id of the snippet
 * @param files the receipts, which badges link to
 */
public record Proofs(Map<String, Map<String, Badge>> badges, List<SiteFile> files) {

  /** Nothing is known, and nothing is said. */
  public static final Proofs NONE = new Proofs(Map.of(), List.of());

  private static final String FOLDER = "_receipts/";

  public Proofs {
    badges = Map.copyOf(badges);
    files = List.copyOf(files);
  }

  /** Of all snippets of the content. */
  static Proofs of(List<Snippet> snippets, List<Freshness> freshness, ReceiptFolder receipts) {
    Map<String, Map<String, Badge>> badges = new HashMap<>();
    for (Freshness each : freshness) {
      badge(each).ifPresent(badge -> put(badges, each.page(), each.id(), badge));
    }
    TreeSet<String> pages = new TreeSet<>();
    for (Snippet snippet : snippets) {
      pages.add(snippet.page());
      if (snippet.verb() == Verb.SKIP) {
        put(badges, snippet.page(), snippet.id(), new Badge.Skipped(snippet.options().because()));
      }
    }
    List<SiteFile> files = new ArrayList<>();
    for (String page : pages) {
      Path file = receipts.file(page);
      if (Files.exists(file)) {
        files.add(new SiteFile.Copy(path(page), "the receipts of " + page, file));
      }
    }
    return new Proofs(badges, files);
  }

  private static void put(
      Map<String, Map<String, Badge>> badges, String page, String id, Badge badge) {
    badges.computeIfAbsent(page, any -> new HashMap<>()).put(id, badge);
  }

  private static Optional<Badge> badge(Freshness freshness) {
    return switch (freshness.state()) {
      case FRESH -> freshness.receipt().map(receipt -> proven(freshness.page(), receipt));
      case STALE ->
          freshness
              .receipt()
              .map(receipt -> new Badge.Stale(proven(receipt.subject().page(), receipt)));
      case MISSING -> Optional.of(new Badge.Unproven());
      case SUPERFLUOUS -> Optional.empty();
    };
  }

  private static Badge.Proven proven(String page, Receipt receipt) {
    return new Badge.Proven(receipt.tier(), receipt.kubernetes(), receipt.date(), path(page));
  }

  private static String path(String page) {
    return FOLDER + SitePath.ofPage(page).replaceFirst("\\.html$", ".json");
  }
}
