package dev.shirube.verify.shell;

/**
 * How output is caught. Two pipes lose the order between them, and one loses which was which, so
 * the caller says what counts.
 */
public enum Streams {
  /** One pipe for both: the order is exact. For output that is compared with the page's. */
  AS_A_TERMINAL,
  /** Two pipes: for output that is parsed, in which a warning would be a syntax error. */
  SEPARATE
}
