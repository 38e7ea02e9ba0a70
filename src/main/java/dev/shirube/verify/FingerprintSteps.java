package dev.shirube.verify;

import dev.shirube.diagnose.Case;
import dev.shirube.diagnose.Diagnosis;
import dev.shirube.diagnose.Diagnostician;
import dev.shirube.diagnose.Finding;
import dev.shirube.diagnose.fingerprint.ObjectKind;
import dev.shirube.diagnose.live.LiveReader;
import dev.shirube.diagnose.live.UnreadableClusterException;
import dev.shirube.diagnose.object.ObjectReader;
import dev.shirube.diagnose.observed.Observation;
import dev.shirube.diagnose.text.PasteReader;
import dev.shirube.model.Diagnostic;
import dev.shirube.verify.grammar.Snippet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The verb fingerprint: a diagnosis names the case, or none. */
final class FingerprintSteps {

  private final Cluster cluster;
  private final List<Case> cases;
  private final Diagnostician diagnostician;

  /**
   * @param cases of the whole wiki
   */
  FingerprintSteps(Cluster cluster, List<Case> cases) {
    this.cluster = cluster;
    this.cases = cases;
    diagnostician = new Diagnostician(cases);
  }

  /**
   * Makes a diagnosis once.
   *
   * @param named whether it is to name the case of the page, and no other; else it is to name none
   * @param printed what the commands of the symptom print; asked for where that is what is
   *     diagnosed
   */
  Step diagnose(Snippet fingerprint, boolean named, String namespace, Supplier<String> printed) {
    Diagnosis diagnosis =
        diagnostician.diagnose(
            isOfCommand(fingerprint.page()) ? readText(printed.get()) : readNamespace(namespace));
    List<String> wanted = named ? List.of(fingerprint.page()) : List.of();
    if (diagnosis.pages().equals(wanted)) {
      return Step.DONE;
    }
    String found =
        diagnosis.pages().isEmpty() ? "no case" : String.join(" and ", diagnosis.pages());
    return new Step(
        List.of(
            named
                ? Diagnostic.error(
                    diagnosis.pages().isEmpty() ? "not-diagnosed" : "other-case",
                    fingerprint.location(),
                    "the diagnosis names " + found,
                    "while the trouble is there, it names this case and no other",
                    "compare the fingerprint with what was seen, below")
                : Diagnostic.error(
                    "case-without-trouble",
                    fingerprint.location(),
                    "the diagnosis names " + found + " though the trouble is not there",
                    "before the cause and after the solution it names none",
                    null)),
        diagnosis.findings().stream().map(FingerprintSteps::shown).collect(Collectors.joining()));
  }

  private boolean isOfCommand(String page) {
    return cases.stream()
        .filter(each -> each.page().equals(page))
        .anyMatch(each -> each.fingerprint().object() == ObjectKind.COMMAND);
  }

  private static List<Observation> readText(String text) {
    return new PasteReader(Instant.now()).read(text);
  }

  private List<Observation> readNamespace(String namespace) {
    try {
      return new LiveReader(
              cluster::read, new ObjectReader.Settings(Instant.now(), Duration.ZERO, true))
          .read(Optional.of(namespace))
          .observations();
    } catch (UnreadableClusterException e) {
      throw new ClusterUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String shown(Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append("+ ").append(String.join(", ", finding.objects()));
    text.append(": ").append(finding.trouble()).append('\n');
    finding
        .evidence()
        .forEach(
            each ->
                text.append("+   %s: %s %s\n".formatted(each.sort(), each.reason(), each.text())));
    return text.toString();
  }
}
