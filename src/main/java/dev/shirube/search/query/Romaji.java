package dev.shirube.search.query;

import org.jspecify.annotations.Nullable;

/** Kana in Latin letters, roughly as Hepburn writes it, without long vowels and doubled letters. */
final class Romaji {
  private static final String SYLLABLES =
      "アaイiウuエeオoカkaキkiクkuケkeコkoガgaギgiグguゲgeゴgoサsaシsiスsuセseソsoザzaジjiズzuゼzeゾzo"
          + "タtaチciツtuテteトtoダdaヂjiヅzuデdeドdoナnaニniヌnuネneノnoハhaヒhiフfuヘheホho"
          + "バbaビbiブbuベbeボboパpaピpiプpuペpeポpoマmaミmiムmuメmeモmoヤyaユyuヨyo"
          + "ラraリriルruレreロroワwaヲoンnヴbu";

  /** Small kana take the vowel of the syllable before: フォ is fo. */
  private static final String SMALL = "ァィゥェォャュョ";

  private static final String SMALL_VOWELS = "aiueoauo";

  private Romaji() {}

  /** The word in Latin letters; null where it holds anything but kana and ASCII. */
  static @Nullable String of(String word) {
    StringBuilder romaji = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = toKatakana(word.charAt(i));
      if (c < 0x80) {
        romaji.append(c);
      } else if (c != CharKind.LONG_VOWEL && c != 'ッ' && !appendKana(c, romaji)) {
        return null;
      }
    }
    return romaji.toString();
  }

  private static boolean appendKana(char c, StringBuilder romaji) {
    int small = SMALL.indexOf(c);
    if (small >= 0) {
      if (romaji.length() > 0) {
        romaji.setLength(romaji.length() - 1);
      }
      romaji.append(SMALL_VOWELS.charAt(small));
      return true;
    }
    int at = SYLLABLES.indexOf(c);
    if (at < 0) {
      return false;
    }
    for (int i = at + 1; i < SYLLABLES.length() && SYLLABLES.charAt(i) < 0x80; i++) {
      romaji.append(SYLLABLES.charAt(i));
    }
    return true;
  }

  private static char toKatakana(char c) {
    return CharKind.of(c) == CharKind.HIRAGANA ? (char) (c + 0x60) : c;
  }
}
