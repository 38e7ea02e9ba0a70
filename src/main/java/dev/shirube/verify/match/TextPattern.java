package dev.shirube.verify.match;

import dev.shirube.model.Suggestion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line, cell or value of an expected text: literals, tokens, and dots for any characters.
 *
 * <p>Matching keeps the set of all places that can be reached after each part, as in Thompson,
 * "Regular expression search algorithm" (1968): no part is ever tried again from the same place, so
 * that the time grows with the parts times the length, whatever the pattern.
 */
final class TextPattern {

  /** Where a text stands, and so how it is read. */
  enum Place {
    /** A line of which every character counts. */
    EXACT_LINE,
    /** A line in which dots stand for any characters. */
    ELIDED_LINE,
    /** A cell of a table or a string in JSON: dots elide, and a token may be all of it. */
    VALUE
  }

  private static final Pattern ANGLES = Pattern.compile("<([a-z][a-z0-9-]{0,30})>");

  private sealed interface Part {
    /** 1-based, within the line of the expected text. */
    int column();
  }

  private record Literal(String text, int column) implements Part {}

  private record Typed(Token token, int column) implements Part {}

  private record Dots(int column) implements Part {}

  /**
   * How far a text matched.
   *
   * @param whole whether all of it did
   * @param expectedColumn 1-based column where the expected text is not met any more
   * @param reached how many characters of the text matched until there
   */
  record Progress(boolean whole, int expectedColumn, int reached) {}

  private final String source;
  private final Place place;
  private final List<Part> parts;
  private final int endColumn;

  private TextPattern(String source, Place place, List<Part> parts, int endColumn) {
    this.source = source;
    this.place = place;
    this.parts = List.copyOf(parts);
    this.endColumn = endColumn;
  }

  /**
   * Reads a text.
   *
   * @param line 1-based line of the expected text
   * @param column 1-based column of the first character
   */
  static TextPattern parse(
      String source, Place place, int line, int column, List<ExpectationProblem> problems) {
    return parse(source, place, line, column, Set.of(), problems);
  }

  /**
   * Reads a text.
   *
   * @param line 1-based line of the expected text
   * @param column 1-based column of the first character
   * @param examples words in it that stand for others of their kind
   */
  static TextPattern parse(
      String source,
      Place place,
      int line,
      int column,
      Set<String> examples,
      List<ExpectationProblem> problems) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int literalColumn = column;
    Matcher angles = ANGLES.matcher(source);
    int i = 0;
    while (i < source.length()) {
      if (literal.isEmpty()) {
        literalColumn = column + i;
      }
      int escaped = escaped(source, i, place);
      int dots = place == Place.EXACT_LINE ? 0 : dots(source, i);
      Part part = null;
      int next = i + 1;
      Optional<String> example = example(source, i, examples);
      if (example.isPresent()) {
        part = new Typed(Token.kindOf(example.get()), column + i);
        next = i + example.get().length();
      } else if (escaped > 0) {
        literal.append(source, i + 1, i + 1 + escaped);
        next += escaped;
      } else if (dots > 0) {
        part = new Dots(column + i);
        next = i + dots;
      } else if (source.charAt(i) == '<' && angles.region(i, source.length()).lookingAt()) {
        String word = angles.group(1);
        boolean all = place == Place.VALUE && word.length() + 2 == source.length();
        Optional<Token> token = token(word, all, line, column + i, problems);
        next = angles.end();
        if (token.isPresent()) {
          part = new Typed(token.get(), column + i);
        } else {
          literal.append(source, i, next);
        }
      } else {
        literal.append(source.charAt(i));
      }
      if (part != null) {
        if (!literal.isEmpty()) {
          parts.add(new Literal(literal.toString(), literalColumn));
          literal.setLength(0);
        }
        parts.add(part);
      }
      i = next;
    }
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString(), literalColumn));
    }
    return new TextPattern(source, place, parts, column + source.length());
  }

  /** The longest of the examples that stands at a place as a word of its own. */
  private static Optional<String> example(String source, int at, Set<String> examples) {
    if (at > 0 && Character.isLetterOrDigit(source.charAt(at - 1))) {
      return Optional.empty();
    }
    return examples.stream()
        .filter(word -> source.startsWith(word, at))
        .filter(
            word ->
                at + word.length() == source.length()
                    || !Character.isLetterOrDigit(source.charAt(at + word.length())))
        .max(Comparator.comparingInt(String::length));
  }

  /** How many characters after a backslash are meant as they stand; 0 where it is one itself. */
  private static int escaped(String source, int at, Place place) {
    if (source.charAt(at) != '\\') {
      return 0;
    }
    Matcher angles = ANGLES.matcher(source).region(at + 1, source.length());
    if (angles.lookingAt()) {
      return angles.end() - at - 1;
    }
    if (place == Place.VALUE && source.startsWith("|", at + 1)) {
      return 1;
    }
    return place == Place.EXACT_LINE ? 0 : dots(source, at + 1);
  }

  private static int dots(String source, int at) {
    if (source.startsWith("…", at)) {
      return 1;
    }
    return source.startsWith("...", at) ? 3 : 0;
  }

  private static Optional<Token> token(
      String word, boolean all, int line, int column, List<ExpectationProblem> problems) {
    Optional<Token> token = Token.of(word);
    if (token.isPresent() || Token.PRINTED_BY_KUBECTL.contains(word)) {
      return token;
    }
    Optional<String> near = Suggestion.nearest(word, Token.words());
    if (near.isPresent() || all) {
      problems.add(
          new ExpectationProblem(
              line,
              column,
              "unknown token <" + word + ">",
              "the tokens are <" + String.join(">, <", Token.words()) + ">",
              near.map(right -> "did you mean <" + right + ">? The text itself is written ")
                      .orElse("the text itself is written ")
                  + "\\<"
                  + word
                  + ">"));
    }
    return Optional.empty();
  }

  /** The text as it stands in the page. */
  String source() {
    return source;
  }

  /** The token that is all of this; null where there is more, or none. */
  @Nullable Token onlyToken() {
    return parts.size() == 1 && parts.get(0) instanceof Typed typed ? typed.token() : null;
  }

  boolean matches(String text) {
    return progress(text).whole();
  }

  /** Whether some part of a text is this. */
  boolean isIn(String text) {
    BitSet places = from(0, text);
    for (Part part : parts) {
      places =
          switch (part) {
            case Literal literal -> after(literal, text, places);
            case Typed typed -> after(typed.token(), text, places);
            case Dots dots -> from(places.nextSetBit(0), text);
          };
      if (places.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** What is said of it as it stands: no text without all of these is it, or has it. */
  List<String> literals() {
    return parts.stream()
        .filter(Literal.class::isInstance)
        .map(part -> ((Literal) part).text())
        .toList();
  }

  /** Matches as far as it goes. */
  Progress progress(String text) {
    BitSet places = new BitSet(text.length() + 1);
    places.set(0);
    for (Part part : parts) {
      BitSet next =
          switch (part) {
            case Literal literal -> after(literal, text, places);
            case Typed typed -> after(typed.token(), text, places);
            case Dots dots -> from(places.nextSetBit(0), text);
          };
      if (next.isEmpty()) {
        return failure(part, text, places);
      }
      places = next;
    }
    int end = places.length() - 1;
    return new Progress(end == text.length(), endColumn, end);
  }

  private static BitSet after(Literal literal, String text, BitSet places) {
    BitSet next = new BitSet();
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      if (text.startsWith(literal.text(), at)) {
        next.set(at + literal.text().length());
      }
    }
    return next;
  }

  private BitSet after(Token token, String text, BitSet places) {
    BitSet next = new BitSet();
    if (token == Token.ANY) {
      if (place == Place.VALUE) {
        int first = places.nextSetBit(0);
        next.set(first + 1, Math.max(first, text.length()) + 1);
        return next;
      }
      int at = places.nextSetBit(0);
      while (at >= 0) {
        int end = token.reach(text, at);
        next.set(at + 1, end + 1);
        // What starts later in the same word reaches nothing new.
        at = places.nextSetBit(end + 1);
      }
      return next;
    }
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      for (int end = token.reach(text, at); end > at; end--) {
        if (token.matches(text.substring(at, end))) {
          next.set(end);
        }
      }
    }
    return next;
  }

  private static BitSet from(int first, String text) {
    BitSet all = new BitSet();
    all.set(first, text.length() + 1);
    return all;
  }

  private static Progress failure(Part part, String text, BitSet places) {
    int best = 0;
    int reached = places.length() - 1;
    if (part instanceof Literal literal) {
      for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
        int common = commonLength(literal.text(), text, at);
        if (common > best) {
          best = common;
          reached = at + common;
        }
      }
    }
    return new Progress(false, part.column() + best, reached);
  }

  private static int commonLength(String literal, String text, int at) {
    int length = 0;
    while (length < literal.length()
        && at + length < text.length()
        && literal.charAt(length) == text.charAt(at + length)) {
      length++;
    }
    return length;
  }
}
