package dev.shirube.glossary;

import dev.shirube.model.Glossary;
import dev.shirube.model.Mention;
import dev.shirube.model.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the terms that running text names by title or alias. Japanese has no spaces, so the longest
 * name wins; a name that starts or ends with an ASCII letter or with katakana matches only where
 * the text does not go on in the same script: neither {@code Pod} in {@code PodSpec} nor ポッド in
 * ポッドキャスト.
 */
public final class TermMatcher {

  private record Name(String text, Term term) {}

  private final Map<Character, List<Name>> namesByFirstCharacter = new HashMap<>();

  public TermMatcher(Glossary glossary) {
    for (Term term : glossary.terms()) {
      Stream.concat(Stream.of(term.title()), term.aliases().stream())
          .filter(name -> !name.isEmpty())
          .distinct()
          .forEach(
              name ->
                  namesByFirstCharacter
                      .computeIfAbsent(name.charAt(0), c -> new ArrayList<>())
                      .add(new Name(name, term)));
    }
    namesByFirstCharacter
        .values()
        .forEach(names -> names.sort(Comparator.comparingInt((Name n) -> -n.text().length())));
  }

  /** All mentions, from left to right, without overlap. */
  public List<Mention> mentions(String text) {
    List<Mention> mentions = new ArrayList<>();
    for (int start = 0; start < text.length(); start++) {
      for (Name name : namesByFirstCharacter.getOrDefault(text.charAt(start), List.of())) {
        int end = start + name.text().length();
        if (text.startsWith(name.text(), start) && isWord(text, start, end)) {
          mentions.add(new Mention(start, end, name.term()));
          start = end - 1;
          break;
        }
      }
    }
    return List.copyOf(mentions);
  }

  private static boolean isWord(String text, int start, int end) {
    return !(start > 0 && goesOn(text.charAt(start - 1), text.charAt(start)))
        && !(end < text.length() && goesOn(text.charAt(end - 1), text.charAt(end)));
  }

  private static boolean goesOn(char left, char right) {
    return (isIdentifier(left) && isIdentifier(right)) || (isKatakana(left) && isKatakana(right));
  }

  private static boolean isIdentifier(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '/');
  }

  private static boolean isKatakana(char c) {
    return (c >= 'ァ' && c <= 'ヺ') || c == 'ー';
  }
}
