package dev.shirube.verify.schema;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.regex.Pattern;

/** The spelling of values that are strings on paper and more than that to the server. */
final class Formats {

  /**
   * @see <a
   *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">the
   *     grammar</a>
   */
  private static final Pattern QUANTITY =
      Pattern.compile(
          "[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)" + "(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");

  private static final Pattern LABEL_NAME =
      Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
  private static final int LONGEST_SUBDOMAIN = 253;

  private Formats() {}

  static boolean isQuantity(String value) {
    return QUANTITY.matcher(value).matches();
  }

  /** RFC 3339, as Go reads it. */
  static boolean isTime(String value) {
    try {
      OffsetDateTime.parse(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      return value.length() >= "2026-01-01T00:00:00Z".length();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** As Go reads it: line breaks do not count, padding does. */
  static boolean isBase64(String value) {
    String joined = value.replace("\n", "").replace("\r", "");
    try {
      Base64.getDecoder().decode(joined);
      return joined.length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean isDnsLabel(String value) {
    return DNS_LABEL.matcher(value).matches();
  }

  static boolean isSubdomain(String value) {
    return value.length() <= LONGEST_SUBDOMAIN && SUBDOMAIN.matcher(value).matches();
  }

  static boolean isLabelKey(String value) {
    int slash = value.indexOf('/');
    return (slash < 0 || isSubdomain(value.substring(0, slash)))
        && LABEL_NAME.matcher(value.substring(slash + 1)).matches();
  }

  static boolean isLabelValue(String value) {
    return value.isEmpty() || LABEL_NAME.matcher(value).matches();
  }
}
