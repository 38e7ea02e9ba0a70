package dev.shirube.verify.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets by {@link #REPLACEMENT}: what looks like one wherever it stands, and the values
 * that the caller knows. Immutable. Redacting twice changes nothing more.
 *
 * <p>The time grows with the length of the text: each pattern starts with a literal or at the start
 * of a word or line, and none ever gives back what it has taken.
 */
public final class Redactor {

  /** What stands in place of a secret. */
  public static final String REPLACEMENT = "[redacted]";

  /** Shorter values would be found everywhere. */
  private static final int SHORTEST_VALUE = 4;

  /**
   * A shorter value is found as a whole word only: {@code admin}, but not in {@code admin-role}.
   */
  private static final int SHORTEST_PART_OF_WORD = 8;

  /** "-----BEGIN", in Base64. */
  private static final String ENCODED_PEM = "LS0tLS1CRUdJTi";

  private static final Pattern PEM_START =
      Pattern.compile("-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----");

  private static final Pattern PEM_END =
      Pattern.compile("-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----");

  /** A line of a key that was cut off, with its line break as such or as in JSON. */
  private static final Pattern PEM_LINE =
      Pattern.compile("(?:\\r?\\n|\\\\n)[ \\t]{0,40}[A-Za-z0-9+/=]{1,100}(?=\\r?\\n|\\\\n|\"|$)");

  /** Keys of kubeconfigs, Docker configurations and AWS credentials, in YAML, INI or JSON. */
  private static final String SECRET_KEYS =
      "client-key-data|token|password|identitytoken|registrytoken|id-token|refresh-token"
          + "|access-token|client-secret|aws_secret_access_key|aws_session_token"
          + "|\\.dockerconfigjson|\\.dockercfg|tls\\.key|ssh-privatekey";

  /**
   * At the start of a line, as in {@code password: x} and {@code - token: x}; but {@code kubectl
   * describe secret} prints {@code password: 8 bytes}.
   */
  private static final Pattern KEY_AT_LINE_START =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:- ){0,1}(?:"
              + SECRET_KEYS
              + ")[ \\t]{0,8}[:=][ \\t]{0,40}+"
              + "(?!\\d{1,10} bytes$)(?=\\S)");

  private static final Pattern QUOTED_KEY =
      Pattern.compile(
          "\"(?:"
              + SECRET_KEYS
              + "|auth|SecretAccessKey|SessionToken)\"[ \\t]{0,8}:\\s{0,8}(?=\")");

  /**
   * As a shell, a container or a command line has them; but {@code kubectl describe pod} prints
   * {@code <set to the key …>}.
   */
  private static final Pattern KEY_IN_WORDS =
      Pattern.compile(
          "(?:\\b(?i:AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)"
              + "(?:[ \\t]{0,8}[=:][ \\t]{0,40}+|\"?,?\\s{1,40}\"?value\"?:[ \\t]{0,8}+)"
              + "|(?<!\\S)--(?:token|password|docker-password|client-secret)[= ])(?=[^\\s<])");

  /** What is a secret by its own look. The first group, where there is one, is kept. */
  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile(
              "((?i:\\bauthorization[\"']{0,2}[ \\t]{0,8}[:=][ \\t]{0,8}[\"']?"
                  + "(?:bearer|basic|digest|negotiate|token|aws4-hmac-sha256)[ \\t]{1,8}))"
                  + "[^\\s\"'\\[][^\\r\\n\"']*+"),
          Pattern.compile("(\\b(?i:bearer)[ \\t]{1,8})[A-Za-z0-9._~+/-]{16,}+=*+"),
          Pattern.compile("(?<![\\w-])eyJ[\\w-]{5,}+\\.[\\w-]{5,}+(?:\\.[\\w-]*+)?+"),
          Pattern.compile("(?<![\\w-])k8s-aws-v1\\.[\\w=-]++"),
          Pattern.compile("(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
          Pattern.compile("(?i)(\\bX-Amz-(?:Signature|Security-Token)(?:=|%3D))[\\w%+/=.-]++"),
          Pattern.compile("(?<![\\w+/-])eyJhdXRocyI6[\\w+/-]*+=*+"),
          Pattern.compile("(://[^\\s/:@\"'\\[\\]]{1,200}:)[^\\s/@\"'\\[]{1,500}(?=@)"));

  private static final Pattern ENCODED_KEY =
      Pattern.compile("(?<![A-Za-z0-9+/])" + ENCODED_PEM + "[A-Za-z0-9+/]*+=*+");

  private final List<String> values;
  private final @Nullable Pattern known;

  /** Knows no values of its own: redacts what looks like a secret. */
  public Redactor() {
    this(List.of());
  }

  private Redactor(Collection<String> values) {
    this.values = List.copyOf(values);
    this.known = known(this.values);
  }

  /**
   * Hides values as well, as they are and in Base64. Values of fewer than four characters are not
   * hidden, and values of fewer than eight as whole words only.
   */
  public Redactor hiding(Collection<String> secrets) {
    List<String> all = new ArrayList<>(values);
    all.addAll(secrets);
    return new Redactor(all);
  }

  /** Hides the values of a Secret's {@code data}, which are in Base64. */
  public Redactor hidingSecretData(Map<String, String> data) {
    List<String> secrets = new ArrayList<>();
    for (String encoded : data.values()) {
      secrets.add(encoded);
      try {
        byte[] decoded = Base64.getMimeDecoder().decode(encoded);
        secrets.add(new String(decoded, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        // Not Base64 after all; as it stands it is hidden already.
      }
    }
    return hiding(secrets);
  }

  private static @Nullable Pattern known(List<String> secrets) {
    TreeSet<String> forms =
        new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));
    for (String secret : secrets) {
      String trimmed = secret.strip();
      for (String form : List.of(secret, trimmed)) {
        if (form.length() >= SHORTEST_VALUE) {
          forms.add(form);
          String encoded =
              Base64.getEncoder().encodeToString(form.getBytes(StandardCharsets.UTF_8));
          forms.add(encoded);
          forms.add(encoded.replaceAll("=++$", ""));
          forms.add(form.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        }
      }
    }
    if (forms.isEmpty()) {
      return null;
    }
    return Pattern.compile(forms.stream().map(Redactor::literal).collect(Collectors.joining("|")));
  }

  private static String literal(String form) {
    String quoted = Pattern.quote(form);
    return form.length() < SHORTEST_PART_OF_WORD ? "(?<![\\w-])" + quoted + "(?![\\w-])" : quoted;
  }

  /** The text without secrets. */
  public String redact(String text) {
    String redacted = text;
    if (known != null) {
      redacted = known.matcher(redacted).replaceAll(Matcher.quoteReplacement(REPLACEMENT));
    }
    redacted = withoutPrivateKeys(redacted);
    redacted = ENCODED_KEY.matcher(redacted).replaceAll(Redactor::unlessPublic);
    redacted = withoutValues(redacted, KEY_AT_LINE_START, Redactor::endOfLineValue);
    redacted = withoutValues(redacted, QUOTED_KEY, Redactor::endOfQuoted);
    redacted = withoutValues(redacted, KEY_IN_WORDS, Redactor::endOfWord);
    for (Pattern shape : SHAPES) {
      redacted =
          shape
              .matcher(redacted)
              .replaceAll(
                  match ->
                      Matcher.quoteReplacement(
                          (match.groupCount() > 0 ? match.group(1) : "") + REPLACEMENT));
    }
    return redacted;
  }

  private static String withoutPrivateKeys(String text) {
    Matcher start = PEM_START.matcher(text);
    Matcher end = PEM_END.matcher(text);
    StringBuilder redacted = new StringBuilder();
    int kept = 0;
    // Asked once only: a text full of starts without an end is not searched again and again.
    boolean ends = true;
    while (start.find(kept)) {
      int stop;
      ends = ends && end.find(start.end());
      if (ends) {
        stop = end.end();
      } else {
        stop = start.end();
        Matcher line = PEM_LINE.matcher(text).region(stop, text.length());
        while (line.lookingAt()) {
          stop = line.end();
          line.region(stop, text.length());
        }
      }
      redacted.append(text, kept, start.start()).append(REPLACEMENT);
      kept = stop;
    }
    return redacted.append(text, kept, text.length()).toString();
  }

  private static String unlessPublic(MatchResult match) {
    String run = match.group();
    // 64 characters of Base64 are 48 bytes: enough for the longest name of a private key.
    String start = run.substring(0, Math.min(run.length() / 4 * 4, 64));
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(start), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      decoded = "";
    }
    return decoded.contains("PRIVATE KEY") ? REPLACEMENT : Matcher.quoteReplacement(run);
  }

  /** Replaces the value behind each key; {@code end} finds where a value ends. */
  private static String withoutValues(
      String text, Pattern key, BiFunction<String, Integer, Integer> end) {
    Matcher matcher = key.matcher(text);
    StringBuilder redacted = new StringBuilder();
    int kept = 0;
    while (matcher.find(kept)) {
      int start = matcher.end();
      int stop = end.apply(text, start);
      boolean quoted =
          stop - start >= 2
              && isQuote(text.charAt(start))
              && text.charAt(stop - 1) == text.charAt(start);
      redacted.append(text, kept, quoted ? start + 1 : start).append(REPLACEMENT);
      kept = quoted ? stop - 1 : stop;
    }
    return redacted.append(text, kept, text.length()).toString();
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** A quoted string, a block of lines behind a bar, or the rest of the line. */
  private static int endOfLineValue(String text, int start) {
    char first = text.charAt(start);
    if (isQuote(first)) {
      return endOfQuoted(text, start);
    }
    return first == '|' || first == '>' ? endOfBlock(text, start) : endOfLine(text, start);
  }

  /** The end of the lines that are indented more than the line of the key. */
  private static int endOfBlock(String text, int start) {
    int indent = indent(text, text.lastIndexOf('\n', start) + 1);
    int end = endOfLine(text, start);
    int next = text.indexOf('\n', start) + 1;
    while (next > 0 && next < text.length()) {
      int lineEnd = endOfLine(text, next);
      boolean blank = text.substring(next, lineEnd).isBlank();
      if (!blank && indent(text, next) <= indent) {
        break;
      }
      end = blank ? end : lineEnd;
      next = text.indexOf('\n', next) + 1;
    }
    return end;
  }

  private static int indent(String text, int lineStart) {
    int indent = lineStart;
    while (indent < text.length() && text.charAt(indent) == ' ') {
      indent++;
    }
    return indent - lineStart;
  }

  private static int endOfLine(String text, int start) {
    int end = text.indexOf('\n', start);
    if (end < 0) {
      end = text.length();
    }
    return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Behind the closing quote; the end of the text where there is none. */
  private static int endOfQuoted(String text, int start) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && quote == '"') {
        i++;
      } else if (text.charAt(i) == quote) {
        if (quote == '"' || !text.startsWith("'", i + 1)) {
          return i + 1;
        }
        // YAML doubles a single quote inside single quotes.
        i++;
      }
    }
    return text.length();
  }

  private static int endOfWord(String text, int start) {
    if (isQuote(text.charAt(start))) {
      return endOfQuoted(text, start);
    }
    int end = start;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && !isQuote(text.charAt(end))) {
      end++;
    }
    return Math.max(end, start + 1);
  }
}
