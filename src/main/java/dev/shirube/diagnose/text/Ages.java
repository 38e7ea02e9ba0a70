package dev.shirube.diagnose.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages as kubectl writes them: {@code 5s}, {@code 2m31s}, {@code 3d4h}. */
final class Ages {

  static final String PATTERN = "(?:\\d{1,6}[smhdy]){1,2}";

  private static final Pattern PART = Pattern.compile("(\\d{1,6})([smhdy])");
  private static final Pattern WHOLE = Pattern.compile(PATTERN);

  private Ages() {}

  static Optional<Duration> of(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration age = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      age =
          age.plus(
              switch (part.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofDays(365 * number);
              });
    }
    return Optional.of(age);
  }

  /** Whether it is at least so long; what is no age is. */
  static boolean isAtLeast(String text, Duration time) {
    return of(text).map(age -> age.compareTo(time) >= 0).orElse(true);
  }
}
