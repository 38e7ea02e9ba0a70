package dev.shirube.diagnose;

import java.util.List;
import java.util.TreeSet;

/**
 * What came of it.
 *
 * @param findings those that the wiki knows first
 * @param seen how many objects were looked at
 */
public record Diagnosis(List<Finding> findings, int seen) {

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Whether there is trouble that is no case of the wiki. */
  public boolean hasUnknown() {
    return findings.stream().anyMatch(finding -> !finding.isKnown());
  }

  /** The content paths of the cases, sorted. */
  public List<String> pages() {
    TreeSet<String> pages = new TreeSet<>();
    findings.forEach(finding -> finding.cases().forEach(each -> pages.add(each.page())));
    return List.copyOf(pages);
  }
}
