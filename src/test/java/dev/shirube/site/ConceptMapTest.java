package dev.shirube.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Glossary;
import dev.shirube.model.Navigation;
import dev.shirube.model.Term;
import dev.shirube.model.Term.Relation;
import dev.shirube.model.Term.Verb;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConceptMapTest {

  private static final Glossary GLOSSARY =
      new Glossary(
          List.of(
              term("cluster", new Relation(Verb.PART_OF, "node", true)),
              term("deployment", new Relation(Verb.MANAGES, "pod", false)),
              term(
                  "node",
                  new Relation(Verb.PART_OF, "cluster", false),
                  new Relation(Verb.SEE_ALSO, "pod", false)),
              term(
                  "pod",
                  new Relation(Verb.MANAGES, "deployment", true),
                  new Relation(Verb.SEE_ALSO, "node", false),
                  // A circle: what a Pod uses would be below it.
                  new Relation(Verb.USES, "cluster", false),
                  new Relation(Verb.RUNS_ON, "node", false))));

  private static final Navigation NAVIGATION =
      new Navigation(
          "Site",
          List.of(
              new Navigation.Entry("Parts", null, List.of(entry("pod"), entry("cluster"))),
              new Navigation.Entry("More", null, List.of(entry("node"), entry("deployment")))));

  private static Term term(String id, Relation... relations) {
    return new Term(id, "glossary/" + id + ".adoc", id, "", "", List.of(), "", List.of(relations));
  }

  private static Navigation.Entry entry(String id) {
    return new Navigation.Entry(id, "glossary/" + id + ".html", List.of());
  }

  private static View.MapView map() {
    return new ConceptMap(GLOSSARY, NAVIGATION).view();
  }

  private static View.MapNode node(String id) {
    return map().nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void eachRelationIsOneLineAsItWasWritten() {
    assertEquals(
        List.of(
            "deployment manages pod",
            "node part-of cluster",
            "pod runs-on node",
            "pod see-also node",
            "pod uses cluster"),
        map().edges().stream()
            .map(edge -> edge.from() + " " + edge.verb() + " " + edge.to())
            .sorted()
            .toList());
  }

  @Test
  void theWholeStandsAboveItsPartsAndACircleGivesWay() {
    List<Double> down =
        Stream.of("cluster", "node", "pod").map(id -> Double.valueOf(node(id).y())).toList();
    assertEquals(down.stream().sorted().distinct().toList(), down);
    assertTrue(Double.parseDouble(node("deployment").y()) < down.getLast());
  }

  @Test
  void noTwoBoxesOverlapAndAllLieWithinTheDrawing() {
    View.MapView map = map();
    for (View.MapNode a : map.nodes()) {
      assertTrue(left(a) >= 0 && right(a) <= Double.parseDouble(map.width()), a.toString());
      assertTrue(top(a) >= 0 && bottom(a) <= Double.parseDouble(map.height()), a.toString());
      for (View.MapNode b : map.nodes()) {
        assertTrue(
            a.id().equals(b.id())
                || right(a) <= left(b)
                || right(b) <= left(a)
                || bottom(a) <= top(b)
                || bottom(b) <= top(a),
            a + " and " + b);
      }
    }
  }

  @Test
  void aColourIsAGroupOfTheNavigation() {
    View.MapView map = map();
    assertEquals(
        List.of("Parts: pod cluster", "More: node deployment"),
        map.groups().stream()
            .map(group -> group.name() + ": " + String.join(" ", group.terms()))
            .toList());
    assertEquals(node("pod").colour(), node("cluster").colour());
    assertTrue(node("pod").colour() != node("node").colour());
  }

  @Test
  void theSameGlossaryGivesTheSameDrawing() {
    assertEquals(map(), map());
  }

  private static double left(View.MapNode node) {
    return Double.parseDouble(node.x());
  }

  private static double right(View.MapNode node) {
    return left(node) + Double.parseDouble(node.width());
  }

  private static double top(View.MapNode node) {
    return Double.parseDouble(node.y());
  }

  private static double bottom(View.MapNode node) {
    return top(node) + Double.parseDouble(node.height());
  }
}
