package dev.shirube.site;

import dev.shirube.model.Glossary;
import dev.shirube.model.Navigation;
import dev.shirube.model.SitePath;
import dev.shirube.model.Term;
import dev.shirube.model.Term.Relation;
import dev.shirube.model.Term.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * The glossary as a drawing: terms in layers, what contains or manages above what it contains or
 * manages, each relation a line. The same glossary gives the same drawing.
 *
 * <p>The layout is that of the Eclipse Layout Kernel, after Sugiyama: it keeps lines short, crosses
 * few of them and leads them around the boxes, which a layout by forces does not.
 */
final class ConceptMap {

  /** Where it is on the site. */
  static final String URL = "concept-map.html";

  /** So many groups have a colour of their own; the others share the last one. */
  private static final int COLOURS = 8;

  private static final double HEIGHT = 46;
  private static final double NARROW = 11.6;
  private static final double WIDE = 20.5;
  private static final double MARGIN = 16;

  private record Line(Term from, Verb verb, Term to) {}

  private final Glossary glossary;
  private final Map<String, String> groups = new HashMap<>();
  private final Map<String, Integer> order = new HashMap<>();

  /**
   * @param navigation tells the group of a term: the entry that its page stands below
   */
  ConceptMap(Glossary glossary, Navigation navigation) {
    this.glossary = glossary;
    for (Term term : glossary.terms()) {
      List<Navigation.Entry> trail = navigation.trail(SitePath.ofPage(term.pagePath()));
      groups.put(term.id(), trail.isEmpty() ? "" : trail.getLast().text());
    }
    readingOrder(navigation.entries());
  }

  private void readingOrder(List<Navigation.Entry> entries) {
    for (Navigation.Entry entry : entries) {
      String url = entry.url();
      if (url != null) {
        order.putIfAbsent(url, order.size());
      }
      readingOrder(entry.children());
    }
  }

  /** Draws it. */
  View.MapView view() {
    List<Term> terms =
        glossary.terms().stream()
            .sorted(
                Comparator.comparingInt(
                        (Term term) ->
                            order.getOrDefault(SitePath.ofPage(term.pagePath()), Integer.MAX_VALUE))
                    .thenComparing(Term::id))
            .toList();
    List<String> names = terms.stream().map(this::group).distinct().toList();
    Set<Line> lines = lines(terms);
    ElkNode graph = ElkGraphUtil.createGraph();
    Map<String, ElkNode> boxes = new LinkedHashMap<>();
    for (Term term : terms) {
      ElkNode box = ElkGraphUtil.createNode(graph);
      box.setDimensions(width(term.title()), HEIGHT);
      boxes.put(term.id(), box);
    }
    Map<Line, ElkEdge> edges = new LinkedHashMap<>();
    Layers layers = new Layers();
    lines.stream()
        .filter(line -> line.verb() != Verb.SEE_ALSO)
        .sorted(Comparator.comparingInt(line -> -weight(line.verb())))
        .forEach(
            line -> {
              boolean up = layers.isAbove(line);
              ElkNode from = boxes.get(line.from().id());
              ElkNode to = boxes.get(line.to().id());
              if (from != null && to != null) {
                ElkEdge edge =
                    up
                        ? ElkGraphUtil.createSimpleEdge(to, from)
                        : ElkGraphUtil.createSimpleEdge(from, to);
                edge.setProperty(LayeredOptions.PRIORITY_SHORTNESS, weight(line.verb()));
                edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, weight(line.verb()));
                edges.put(line, edge);
              }
            });
    layOut(graph);
    Map<String, Set<String>> near = new HashMap<>();
    for (Line line : lines) {
      near.computeIfAbsent(line.from().id(), id -> new LinkedHashSet<>()).add(line.to().id());
      near.computeIfAbsent(line.to().id(), id -> new LinkedHashSet<>()).add(line.from().id());
    }
    List<View.MapNode> nodes = new ArrayList<>();
    for (Term term : terms) {
      ElkNode box = boxes.get(term.id());
      if (box != null) {
        nodes.add(
            new View.MapNode(
                term.id(),
                term.title(),
                SitePath.ofPage(term.pagePath()),
                term.definition(),
                colour(names, term),
                number(box.getX()),
                number(box.getY()),
                number(box.getWidth()),
                number(box.getHeight()),
                number(box.getX() + box.getWidth() / 2),
                number(box.getY() + box.getHeight() / 2),
                List.copyOf(near.getOrDefault(term.id(), Set.of()))));
      }
    }
    return new View.MapView(
        number(graph.getWidth()),
        number(graph.getHeight()),
        names.stream()
            .map(
                name ->
                    new View.MapGroup(
                        name,
                        Math.min(names.indexOf(name), COLOURS - 1),
                        terms.stream()
                            .filter(term -> group(term).equals(name))
                            .map(Term::id)
                            .toList()))
            .toList(),
        nodes,
        lines.stream()
            .map(
                line ->
                    new View.MapEdge(
                        line.from().id(),
                        line.verb().id(),
                        line.to().id(),
                        isSymmetric(line.verb()),
                        path(line, edges, boxes)))
            .toList());
  }

  private String group(Term term) {
    return groups.getOrDefault(term.id(), "");
  }

  private int colour(List<String> names, Term term) {
    return Math.min(names.indexOf(group(term)), COLOURS - 1);
  }

  /** Each relation once, as it was written. */
  private Set<Line> lines(List<Term> terms) {
    Set<Line> lines = new LinkedHashSet<>();
    for (Term term : terms) {
      for (Relation relation : term.relations()) {
        Term other = glossary.term(relation.target()).orElse(term);
        Line line = new Line(term, relation.verb(), other);
        boolean toldTheOtherWay =
            isSymmetric(relation.verb()) && lines.contains(new Line(other, relation.verb(), term));
        if (!relation.inverse() && !toldTheOtherWay && !other.equals(term)) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private static boolean isSymmetric(Verb verb) {
    return switch (verb) {
      case SEE_ALSO, TALKS_TO -> true;
      case PART_OF, KIND_OF, RUNS_ON, MANAGES, USES, STORES, SELECTS -> false;
    };
  }

  /** What stands above what. */
  private static final class Layers {

    private final Map<Term, Set<Term>> below = new HashMap<>();

    /**
     * Whether the end of a line stands above its start. Relations go in circles: a line that would
     * close one gives way to those that were asked for before.
     */
    boolean isAbove(Line line) {
      boolean wanted =
          switch (line.verb()) {
            case PART_OF, KIND_OF, RUNS_ON, TALKS_TO -> true;
            case MANAGES, USES, STORES, SELECTS, SEE_ALSO -> false;
          };
      Term above = wanted ? line.to() : line.from();
      Term under = wanted ? line.from() : line.to();
      boolean circle = leads(under, above, new HashSet<>());
      below
          .computeIfAbsent(circle ? under : above, term -> new LinkedHashSet<>())
          .add(circle ? above : under);
      return wanted != circle;
    }

    private boolean leads(Term from, Term to, Set<Term> seen) {
      return from.equals(to)
          || (seen.add(from)
              && below.getOrDefault(from, Set.of()).stream()
                  .anyMatch(next -> leads(next, to, seen)));
    }
  }

  /** How much a line has a say in where its ends stand. */
  private static int weight(Verb verb) {
    return switch (verb) {
      case PART_OF, KIND_OF -> 20;
      case MANAGES, RUNS_ON -> 5;
      case USES, STORES, SELECTS, TALKS_TO -> 2;
      case SEE_ALSO -> 1;
    };
  }

  private static void layOut(ElkNode graph) {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    graph.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
    graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
    graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
    graph.setProperty(
        LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
    graph.setProperty(LayeredOptions.THOROUGHNESS, 40);
    graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 16.0);
    graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 9.0);
    graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 6.0);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 56.0);
    graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 12.0);
    new LayeredLayoutProvider().layout(graph, new NullElkProgressMonitor());
  }

  /** About as wide as the browser draws it: the build has no font to measure with. */
  private static double width(String text) {
    double width = 2 * 13;
    for (int c : text.codePoints().toArray()) {
      width += c < 0x2000 ? NARROW : WIDE;
    }
    return Math.ceil(width);
  }

  private static String path(Line line, Map<Line, ElkEdge> edges, Map<String, ElkNode> boxes) {
    ElkNode from = boxes.get(line.from().id());
    ElkNode to = boxes.get(line.to().id());
    ElkEdge edge = edges.get(line);
    if (edge == null) { // it has no say in the layout, and goes below the boxes
      return from == null || to == null ? "" : "M" + middle(from) + "L" + middle(to);
    }
    ElkEdgeSection section = edge.getSections().getFirst();
    boolean reversed = !edge.getSources().getFirst().equals(from);
    List<double[]> points = new ArrayList<>();
    points.add(new double[] {section.getStartX(), section.getStartY()});
    for (ElkBendPoint bend : section.getBendPoints()) {
      points.add(new double[] {bend.getX(), bend.getY()});
    }
    points.add(new double[] {section.getEndX(), section.getEndY()});
    List<double[]> way = reversed ? points.reversed() : points;
    StringBuilder path = new StringBuilder("M").append(point(way.getFirst()));
    // A spline is a chain of cubic curves: each has two control points and an end.
    boolean curves = (way.size() - 1) % 3 == 0;
    for (int i = 1; i < way.size(); i++) {
      path.append(curves ? (i % 3 == 1 ? "C" : " ") : "L").append(point(way.get(i)));
    }
    return path.toString();
  }

  private static String middle(ElkNode box) {
    return number(box.getX() + box.getWidth() / 2) + " " + number(box.getY() + box.getHeight() / 2);
  }

  private static String point(double[] point) {
    return number(point[0]) + " " + number(point[1]);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
