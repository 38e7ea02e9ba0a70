package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.shirube.model.CaseSymptoms;
import dev.shirube.model.CaseSymptoms.Clue;
import dev.shirube.model.CaseSymptoms.Where;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseViewsTest {

  private static final Page INDEX =
      SitePages.page("t/index.adoc", PageKind.GUIDE, Map.of(), "", List.of());
  private static final Page PULL = aCase("t/pull.adoc", "ImagePullBackOff");
  private static final Page READY = aCase("t/ready.adoc", "Running (READY 0/1)");
  private static final Page COMMAND = aCase("t/command.adoc", "Forbidden");
  private static final Page ELSEWHERE = aCase("other/x.adoc", "Pending");

  private static final CaseViews VIEWS =
      new CaseViews(
          List.of(INDEX, PULL, READY, COMMAND, ELSEWHERE),
          List.of(
              new CaseSymptoms(
                  "t/pull.adoc",
                  "Pod",
                  List.of("ErrImagePull", "ImagePullBackOff"),
                  List.of(new Clue(Where.EVENT, "Failed: not found"))),
              new CaseSymptoms("t/ready.adoc", "Pod", List.of("Running"), List.of()),
              new CaseSymptoms("t/command.adoc", "Command", List.of(), List.of()),
              new CaseSymptoms("other/x.adoc", "Pod", List.of("Pending"), List.of())));

  private static Page aCase(String path, String state) {
    return SitePages.page(
        path,
        PageKind.CASE,
        Map.of("case-state", state),
        "<div class=\"sect1 cause\">\n<h2 id=\"why\">",
        List.of(
            new Section("", "", "Lead.", "", ""),
            new Section("why", "Cause", "タグの間違いです。あと一文。三文目。\n次の段落。", "", "")));
  }

  @Test
  void theWayLeadsFromObjectToStateToTheCasesOfThisFolder() {
    assertEquals(
        List.of(
            "Pod ErrImagePull: pull.html",
            "Pod ImagePullBackOff: pull.html",
            "Pod Running (READY 0/1): ready.html",
            "Command Forbidden: command.html"),
        VIEWS.path(INDEX).stream()
            .flatMap(
                group ->
                    group.states().stream()
                        .map(
                            state ->
                                group.object()
                                    + " "
                                    + state.state()
                                    + ": "
                                    + state.cases().getFirst().url()))
            .toList());
  }

  @Test
  void aPageThatIsNotTheFirstOfItsFolderHasNoWay() {
    assertEquals(List.of(), VIEWS.path(PULL));
  }

  @Test
  void aCaseSaysWhatIsSeenAndWhyInShort() {
    View.CaseView summary = VIEWS.summary(PULL);
    assertEquals(
        new View.CaseView(
            List.of("ImagePullBackOff", "ErrImagePull"),
            List.of(new View.ClueView("event", "Failed: not found")),
            "タグの間違いです。あと一文。",
            null),
        summary);
    assertNull(VIEWS.summary(INDEX));
  }
}
