package dev.shirube.verify.match;

/**
 * Why an expected text cannot be compared with anything.
 *
 * @param line 1-based line of the expected text
 * @param column 1-based column in UTF-16 units
 * @param what one line, lower case, no full stop
 * @param why the rule that was broken
 * @param fix what to write instead
 */
public record ExpectationProblem(int line, int column, String what, String why, String fix) {}
