package dev.shirube.verify;

import dev.shirube.verify.shell.CommandBlock;
import dev.shirube.verify.shell.CommandLine.Job;
import dev.shirube.verify.shell.CommandLine.Link;
import dev.shirube.verify.shell.CommandLine.SimpleCommand;
import dev.shirube.verify.shell.Position;
import dev.shirube.verify.shell.ShellProblem;
import dev.shirube.verify.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What a page may do with the nodes of its own cluster: {@code shirube cluster node stop node-2},
 * {@code shirube cluster node start node-2} and {@code shirube cluster status}.
 */
public final class NodeCommands {

  /** The program as pages write it. */
  public static final String PROGRAM = "shirube";

  private static final String FORMS =
      "\"shirube cluster node stop NAME\", \"shirube cluster node start NAME\" or \"shirube cluster"
          + " status\"";

  private final int nodes;
  private final boolean background;
  private final UnaryOperator<String> fill;
  private final List<ShellProblem> problems = new ArrayList<>();

  private NodeCommands(int nodes, boolean background, UnaryOperator<String> fill) {
    this.nodes = nodes;
    this.background = background;
    this.fill = fill;
  }

  /** Whether a page may ask for it, whatever the name of the node. */
  public static boolean areAllowed(List<String> arguments) {
    return arguments.equals(List.of("cluster", "status")) || node(arguments).isPresent();
  }

  /** Whether it changes something. */
  static boolean change(List<String> arguments) {
    return node(arguments).isPresent();
  }

  private static Optional<String> node(List<String> arguments) {
    return arguments.size() == 4
            && arguments.subList(0, 2).equals(List.of("cluster", "node"))
            && List.of("stop", "start").contains(arguments.get(2))
            && !arguments.get(3).startsWith("-")
        ? Optional.of(arguments.get(3))
        : Optional.empty();
  }

  /**
   * What is wrong with those of a block.
   *
   * @param nodes of the page's own cluster; 0 where it has none
   * @param background whether the block runs beside those that follow
   * @param fill fills placeholders in
   */
  static List<ShellProblem> problems(
      CommandBlock block, int nodes, boolean background, UnaryOperator<String> fill) {
    NodeCommands check = new NodeCommands(nodes, background, fill);
    block.commands().forEach(line -> check.jobs(line.jobs(), false));
    return List.copyOf(check.problems);
  }

  private void jobs(List<Job> jobs, boolean substituted) {
    for (Job job : jobs) {
      for (Link link : job.chain()) {
        boolean apart = background || substituted || job.background() || link.pipeline().size() > 1;
        link.pipeline().forEach(command -> command(command, apart));
      }
    }
  }

  /**
   * @param apart whether it is no command of its own that is waited for
   */
  private void command(SimpleCommand command, boolean apart) {
    for (Word word : command.words()) {
      for (Word.Part part : word.parts()) {
        if (part instanceof Word.Substitution substitution) {
          jobs(substitution.jobs(), true);
        }
      }
    }
    List<Optional<String>> words = command.words().stream().map(this::text).toList();
    if (words.isEmpty() || !words.getFirst().equals(Optional.of(PROGRAM))) {
      return;
    }
    List<String> arguments =
        words.subList(1, words.size()).stream().map(word -> word.orElse("-")).toList();
    Position place = command.words().getFirst().position();
    if (nodes == 0) {
      report(
          "no-own-cluster",
          place,
          "this page has no cluster of its own that \"shirube\" could act on",
          "the others are proven at the same time on the cluster that it shares with them",
          "write \":" + Scenario.OWN_NODES + ": 2\" into the header of the page");
    } else if (!areAllowed(arguments)) {
      report(
          "unsupported-shirube-command",
          place,
          "a page does not run this command of \"shirube\"",
          "it is for the nodes of the page's own cluster alone, with all words written out",
          "write " + FORMS + ", or verify=skip,because=\"…\"");
    } else if (apart || !command.redirections().isEmpty() || !command.assignments().isEmpty()) {
      report(
          "unsupported-shirube-command",
          place,
          "\"shirube\" takes part in no pipeline, redirection, assignment or background",
          "it runs outside of the page's processes",
          "write it on a line of its own");
    } else {
      node(arguments)
          .filter(name -> !names().contains(name))
          .ifPresent(
              name ->
                  report(
                      "unknown-node",
                      command.words().getLast().position(),
                      "the cluster of this page has no node \"" + name + "\"",
                      "its nodes are " + String.join(", ", names()),
                      "name one of them, or ask for more with :" + Scenario.OWN_NODES + ":"));
    }
  }

  private List<String> names() {
    return IntStream.rangeClosed(1, nodes).mapToObj(number -> "node-" + number).toList();
  }

  private Optional<String> text(Word word) {
    return word.literal().map(fill);
  }

  private void report(String code, Position place, String what, String why, String fix) {
    problems.add(new ShellProblem(code, place, what, why, fix));
  }
}
