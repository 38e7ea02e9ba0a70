package dev.shirube.search.query;

/**
 * Takes the plural from English words: the S-stemmer of Harman, "How effective is suffixing?"
 * (1991), the same rules as Lucene's EnglishMinimalStemmer.
 *
 * <p>Unlike there, words of three letters stay as they are: DNS, AWS, EKS, TLS.
 */
final class EnglishStem {
  private EnglishStem() {}

  static String of(String word) {
    int length = word.length();
    if (length < 4 || word.charAt(length - 1) != 's') {
      return word;
    }
    char second = word.charAt(length - 2);
    if (second == 'u' || second == 's') {
      return word;
    }
    if (second == 'e') {
      char third = word.charAt(length - 3);
      char fourth = word.charAt(length - 4);
      if (third == 'i' && fourth != 'a' && fourth != 'e') {
        return word.substring(0, length - 3) + "y";
      }
      if (third == 'i' || third == 'a' || third == 'o' || third == 'e') {
        return word;
      }
    }
    return word.substring(0, length - 1);
  }
}
