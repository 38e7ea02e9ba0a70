package dev.shirube.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something a writer got wrong: what, why it is wrong and how to put it right.
 *
 * @param severity whether it stops publication
 * @param code a stable kebab-case name, e.g. {@code unresolved-xref}
 * @param location where
 * @param what one line, lower case, no full stop
 * @param why the rule that was broken; null where {@code what} says it all
 * @param fix what to do, with the nearest suggestion; null where nothing better than the rule is
 *     known
 */
public record Diagnostic(
    Severity severity,
    String code,
    Location location,
    String what,
    @Nullable String why,
    @Nullable String fix) {

  /** File, then line, then column, then code: the order in which diagnostics are printed. */
  public static final Comparator<Diagnostic> ORDER =
      Comparator.comparing((Diagnostic d) -> d.location().file())
          .thenComparingInt(d -> d.location().line())
          .thenComparingInt(d -> d.location().column())
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::what);

  /** An error. */
  public static Diagnostic error(
      String code, Location location, String what, @Nullable String why, @Nullable String fix) {
    return new Diagnostic(Severity.ERROR, code, location, what, why, fix);
  }

  /** A warning. */
  public static Diagnostic warning(
      String code, Location location, String what, @Nullable String why, @Nullable String fix) {
    return new Diagnostic(Severity.WARNING, code, location, what, why, fix);
  }
}
