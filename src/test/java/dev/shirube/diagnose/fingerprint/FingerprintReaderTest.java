package dev.shirube.diagnose.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import dev.shirube.verify.match.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintReaderTest {

  private final List<String> problems = new ArrayList<>();

  private Optional<Fingerprint> read(String text) {
    List<String> lines = text.lines().toList();
    return FingerprintReader.read(
        text,
        line -> new Location("page.adoc", line, 0, line <= lines.size() ? lines.get(line - 1) : ""),
        problem -> problems.add(told(problem)));
  }

  private static String told(Diagnostic problem) {
    String fix = problem.fix();
    return "%d:%d %s%s"
        .formatted(
            problem.location().line(),
            problem.location().column(),
            problem.what(),
            fix == null ? "" : "; " + fix);
  }

  private static Fragment fragment(String text) {
    return Fragment.parse(text, new ArrayList<>());
  }

  @Test
  void allKeysAreRead() {
    Fingerprint fingerprint =
        read("""
        object: Pod
        state: [ErrImagePull, ImagePullBackOff]
        reason: OOMKilled
        exit: [1, 137]
        message: "no such host"
        events:
        - reason: Failed
          message: "authorization failed"
        - reason: BackOff
        log: ["one", "two"]
        not:
          state: Running
          log: three
        """)
            .orElseThrow();
    assertEquals(List.of(), problems);
    assertEquals(ObjectKind.POD, fingerprint.object());
    assertEquals(
        new Criteria(
            Set.of("ErrImagePull", "ImagePullBackOff"),
            Set.of("OOMKilled"),
            Set.of(1, 137),
            List.of(fragment("no such host")),
            List.of(
                new EventPattern(
                    Optional.of("Failed"), Optional.of(fragment("authorization failed"))),
                new EventPattern(Optional.of("BackOff"), Optional.empty())),
            List.of(fragment("one"), fragment("two")),
            List.of()),
        fingerprint.required());
    assertEquals(Set.of("Running"), fingerprint.excluded().states());
    assertEquals(List.of(fragment("three")), fingerprint.excluded().logs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          object: Pod\\nstat: Error              | 2:1 there is no key "stat"; did you mean "state"?
          object: Pods\\nstate: Error            | 1:9 there is no object "Pods"; did you mean "Pod"?
          state: Error                           | 1:1 nothing is said of what this is the fingerprint of; begin with "object: Pod"
          object: Pod\\nstate: ImagePullBackoff  | 2:8 a Pod has no state "ImagePullBackoff"; did you mean "ImagePullBackOff"?
          object: Service\\nstate: Pending       | 2:8 a Service has no state "Pending"
          object: Command\\nstate: Error         | 2:1 state: does not hold of a Command
          object: Pod\\noutput: x                | 2:1 output: does not hold of a Pod
          object: Pod\\nexit: 256                | 2:7 "256" is no exit code
          object: Pod\\nlog: "..."               | 2:6 this text is in every text; write what others do not say
          object: Pod                            | 1:1 this fingerprint is that of every Pod; add a state, an event or a text of the log
          object: Pod\\nstate: A\\nstate: B      | 3:1 the key "state" is there twice; make it one list
          object: Pod\\nevents: Failed           | 2:9 an event has a reason or a message; write "- reason: Failed", "- message: text" or both
          object: Pod\\nevents: [{raeson: A}]    | 2:11 there is no key "raeson"; did you mean "reason"?
          object: Pod\\nnot: {objekt: A}         | 2:7 there is no key "objekt"
          [                                      | 1:1 a fingerprint is a mapping
          """)
  void whatIsWrongIsToldAtItsPlace(String text, String problem) {
    Optional<Fingerprint> read = read(text.replace("\\n", "\n"));
    assertEquals(Optional.empty(), read);
    assertTrue(
        problems.stream().anyMatch(each -> each.startsWith(problem)) || text.startsWith("["),
        problems::toString);
    assertTrue(!problems.isEmpty());
  }

  @Test
  void tokensAndDotsStandForWhatVaries() {
    Fragment fragment = fragment("forwarding <n> -> <n>: ... refused");
    assertTrue(
        fragment.isIn("E1124 an error occurred forwarding 8084 -> 81: dial: refused, sorry"));
    assertTrue(!fragment.isIn("an error occurred forwarding x -> 81: dial: refused"));
  }

  @Test
  void aWordThatIsNearlyATokenIsAProblem() {
    assertEquals(Optional.empty(), read("object: Pod\nlog: \"exit <ny> times\"\n"));
    assertTrue(problems.getFirst().contains("unknown token <ny>"), problems::toString);
  }
}
