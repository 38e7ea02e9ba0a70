package dev.shirube.search;

import dev.shirube.search.query.CharKind;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes one spelling of many: NFKC, lower case outside ASCII, no invisible characters, and the bars
 * that are typed for ー. ASCII keeps its capitals, which tell where an identifier's parts begin.
 *
 * <p>The JDK's normaliser, not ICU's: it gives the same for the text of a page, and a query that
 * needs it pays for no 3 MB of tables.
 */
final class TextNormalizer {
  private static final String BARS = "―─━";

  private TextNormalizer() {}

  static String normalize(String text) {
    if (isNormal(text)) {
      return text;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder normal = new StringBuilder(composed.length());
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      if (c < 0x80) {
        normal.append(c);
      } else if (BARS.indexOf(c) >= 0) {
        normal.append(afterKatakana(normal) ? CharKind.LONG_VOWEL : c);
      } else if (Character.getType(c) != Character.FORMAT) {
        normal.append(String.valueOf(c).toLowerCase(Locale.ROOT));
      }
    }
    return normal.toString();
  }

  /** Most text is: ASCII, kana, common kanji. */
  private static boolean isNormal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean normal =
          c < 0x80 || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC) || isKanji(c);
      if (!normal && c != '、' && c != '。') {
        return false;
      }
    }
    return true;
  }

  private static boolean isKanji(char c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || c == '々';
  }

  private static boolean afterKatakana(StringBuilder text) {
    return text.length() > 0 && CharKind.of(text.charAt(text.length() - 1)) == CharKind.KATAKANA;
  }
}
