package dev.shirube.verify.match;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words in angle brackets that stand for a kind of value. The whole list:
 *
 * <table>
 *   <caption>Tokens</caption>
 *   <tr><td>{@code <age>}</td><td>a duration as kubectl writes it: {@code 5s}, {@code 2m30s},
 *       {@code 3d4h}, {@code 2y100d}; not {@code <unknown>} and not {@code <invalid>}, which a page
 *       that promises an age does not mean</td></tr>
 *   <tr><td>{@code <date>}</td><td>a date and time of RFC 3339, with offset</td></tr>
 *   <tr><td>{@code <hash>}</td><td>5 to 10 letters of the alphabet that Kubernetes makes its
 *       suffixes from</td></tr>
 *   <tr><td>{@code <ip>}</td><td>an IPv4 or IPv6 address</td></tr>
 *   <tr><td>{@code <n>}</td><td>a whole number: digits alone</td></tr>
 *   <tr><td>{@code <quantity>}</td><td>an amount as Kubernetes writes it: {@code 500m}, {@code
 *       1Gi}</td></tr>
 *   <tr><td>{@code <sha256>}</td><td>64 hexadecimal digits, without {@code sha256:}</td></tr>
 *   <tr><td>{@code <uid>}</td><td>a UUID</td></tr>
 *   <tr><td>{@code <version>}</td><td>{@code 1.37}, {@code v1.37.2}, {@code v1.37.2-eks-a1b2c3}
 *       </td></tr>
 *   <tr><td>{@code <any>}</td><td>in a text one word, in a cell or JSON value anything but nothing
 *       </td></tr>
 * </table>
 */
enum Token {
  /** HumanDuration in k8s.io/apimachinery/pkg/util/duration: one unit, or two neighbours. */
  AGE(
      "[0-9smhdy]",
      16,
      "\\d{1,3}s|\\d{1,3}m(?:[1-5]?\\ds)?|\\d{1,2}h(?:[1-5]?\\dm)?"
          + "|\\d{1,4}d(?:(?:1?\\d|2[0-3])h)?|\\d{1,4}y(?:[1-3]?\\d{1,2}d)?"),
  DATE(
      "[0-9TtZz:.+-]",
      40,
      "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:[Zz]|[+-]\\d\\d:\\d\\d)"),
  /** SafeEncodeString in k8s.io/apimachinery: no vowels, and no digits that look like them. */
  HASH("[bcdfghjklmnpqrstvwxz2456789]", 10, "[bcdfghjklmnpqrstvwxz2456789]{5,10}"),
  IP("[0-9A-Fa-f:.]", 45, "[0-9A-Fa-f:.]{2,45}"),
  N("[0-9]", 20, "\\d{1,20}"),
  QUANTITY(
      "[0-9A-Za-z.+-]",
      32,
      "[+-]?(?:\\d{1,20}(?:\\.\\d{0,9})?|\\.\\d{1,9})"
          + "(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d{1,3})?"),
  SHA256("[0-9a-f]", 64, "[0-9a-f]{64}"),
  UID("[0-9a-f-]", 36, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
  VERSION(
      "[0-9A-Za-z.+-]",
      64,
      "v?\\d{1,9}\\.\\d{1,9}(?:\\.\\d{1,9})?(?:-[0-9A-Za-z.-]{1,40})?(?:\\+[0-9A-Za-z.-]{1,40})?"),
  ANY("\\S", Integer.MAX_VALUE, "\\S++");

  /** What kubectl writes in angle brackets itself. */
  static final Set<String> PRINTED_BY_KUBECTL =
      Set.of("none", "pending", "unknown", "unset", "invalid", "nil", "error");

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  private final Pattern character;
  private final int longest;
  private final Pattern shape;

  Token(String character, int longest, String shape) {
    this.character = Pattern.compile(character + "++");
    this.longest = longest;
    this.shape = Pattern.compile(shape);
  }

  /** The word between the angle brackets. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Token> of(String word) {
    return Arrays.stream(values()).filter(token -> token.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Token::word).sorted().toList();
  }

  /**
   * What stands for all values of the kind of an example: a token where it is one's value, {@code
   * <any>} for other words; what is a token already, or nothing, stays.
   */
  static String ofItsKind(String example) {
    if (example.isEmpty() || example.startsWith("<")) {
      return example;
    }
    return "<" + kindOf(example).word() + ">";
  }

  /** The first kind of which an example is; {@link #ANY} for other words. */
  static Token kindOf(String example) {
    return Arrays.stream(values()).filter(token -> token.matches(example)).findFirst().orElse(ANY);
  }

  boolean matches(String value) {
    return value.length() <= longest
        && shape.matcher(value).matches()
        && switch (this) {
          case DATE -> isDate(value);
          case IP -> isAddress(value);
          case AGE, HASH, N, QUANTITY, SHA256, UID, VERSION, ANY -> true;
        };
  }

  /** The end of what could be a value from {@code start} on, by its characters alone. */
  int reach(String text, int start) {
    int end = (int) Math.min((long) start + longest, text.length());
    Matcher run = character.matcher(text).region(start, end);
    return run.lookingAt() ? run.end() : start;
  }

  private static boolean isDate(String value) {
    try {
      OffsetDateTime.parse(value.toUpperCase(Locale.ROOT));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isAddress(String value) {
    if (IPV4.matcher(value).matches()) {
      return true;
    }
    if (value.indexOf(':') == value.lastIndexOf(':')) {
      return false;
    }
    try {
      // With a colon in it, Java reads it as an IPv6 address or refuses it; it asks no server.
      InetAddress.getByName(value);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
