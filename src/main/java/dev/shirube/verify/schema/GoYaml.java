package dev.shirube.verify.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * What plain scalars mean to Kubernetes, which reads YAML with sigs.k8s.io/yaml, a YAML 1.1 reader
 * in this: {@code yes}, {@code on} and {@code y} are booleans, {@code 010} is eight, {@code 1_000}
 * is a thousand; but dates stay strings, and numbers of base 60 do too.
 *
 * @see <a href="https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/goyaml.v2/resolve.go">its
 *     rules</a>
 */
final class GoYaml implements Schema {

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern FLOAT_WORD =
      Pattern.compile("\\.(?:nan|NaN|NAN)|[-+]?\\.(?:inf|Inf|INF)");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(?:0|[1-9][0-9]*|0[0-7]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger SMALLEST = BigInteger.ONE.shiftLeft(63).negate();

  @Override
  public ScalarResolver getScalarResolver() {
    return GoYaml::resolve;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return Map.of(); // nothing is constructed: the checks read nodes
  }

  private static Tag resolve(String value, Boolean plain) {
    if (!plain) {
      return Tag.STR;
    }
    if (NULLS.contains(value)) {
      return Tag.NULL;
    }
    if (TRUE.contains(value) || FALSE.contains(value)) {
      return Tag.BOOL;
    }
    char first = value.charAt(0);
    if (first != '.' && first != '-' && first != '+' && (first < '0' || first > '9')) {
      return Tag.STR;
    }
    String digits = value.replace("_", "");
    if (INTEGER.matcher(digits).matches() && integer(digits).bitLength() <= 64) {
      BigInteger number = integer(digits);
      return number.compareTo(LARGEST) < 0 && number.compareTo(SMALLEST) >= 0 ? Tag.INT : Tag.FLOAT;
    }
    return FLOAT_WORD.matcher(value).matches()
            || (FLOAT.matcher(digits).matches() && !Double.isInfinite(Double.parseDouble(digits)))
        ? Tag.FLOAT
        : Tag.STR;
  }

  /** The value of a scalar that was resolved to {@link Tag#BOOL}. */
  static boolean bool(String scalar) {
    return TRUE.contains(scalar);
  }

  /** The value of a scalar that was resolved to {@link Tag#INT}. */
  static BigInteger integer(String scalar) {
    String digits = scalar.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger number;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      number =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
            case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
            case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
            default -> new BigInteger(digits, 8);
          };
    } else {
      number = new BigInteger(digits);
    }
    return negative ? number.negate() : number;
  }

  /** Whether a node is an infinite number or none at all, which no JSON can say. */
  static boolean isBeyondJson(Node node) {
    return node.getTag().equals(Tag.FLOAT)
        && node instanceof ScalarNode scalar
        && FLOAT_WORD.matcher(scalar.getValue()).matches();
  }

  /** The whole number that a node is, though it may be written as {@code 3.0}; empty else. */
  static Optional<BigInteger> whole(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return Optional.empty();
    }
    if (node.getTag().equals(Tag.INT)) {
      return Optional.of(integer(scalar.getValue()));
    }
    if (!node.getTag().equals(Tag.FLOAT) || isBeyondJson(node)) {
      return Optional.empty();
    }
    double number = Double.parseDouble(scalar.getValue().replace("_", ""));
    return number == Math.rint(number)
        ? Optional.of(new BigDecimal(number).toBigInteger())
        : Optional.empty();
  }
}
