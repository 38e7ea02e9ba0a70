package dev.shirube.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The questions of a command, as a page shows them with the answers that the reader types.
 *
 * @param questions in order
 */
record Prompts(List<Question> questions) {

  private static final Pattern QUESTION = Pattern.compile("(.*?: )(.*)");

  Prompts {
    questions = List.copyOf(questions);
  }

  /**
   * One of them.
   *
   * @param prompt with the colon and the space that it ends with
   */
  record Question(String prompt, String answer) {}

  /** Those of the text below a command; lines without a colon are what it prints. */
  static Prompts of(String text) {
    List<Question> questions = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher question = QUESTION.matcher(line);
      if (question.matches()) {
        questions.add(new Question(question.group(1), question.group(2)));
      }
    }
    return new Prompts(questions);
  }

  /** What is typed. */
  String answers() {
    return questions.stream().map(each -> each.answer() + "\n").collect(Collectors.joining());
  }

  /**
   * What a terminal shows: each answer, with its line end, behind the question that was asked. A
   * question that was not asked, or another one, stays without an answer.
   *
   * @param printed what the command has printed
   */
  String transcript(String printed) {
    StringBuilder shown = new StringBuilder();
    String rest = printed;
    for (Question each : questions) {
      int asked = rest.indexOf(each.prompt());
      if (asked < 0) {
        break;
      }
      int end = asked + each.prompt().length();
      shown.append(rest, 0, end).append(each.answer()).append('\n');
      rest = rest.substring(end);
    }
    return shown.append(rest).toString();
  }
}
