package dev.shirube.verify.shell;

/**
 * A reason why a block is not run; becomes a diagnostic once the caller knows the file.
 *
 * @param code a stable kebab-case name, e.g. {@code unsupported-shell-syntax}
 * @param position where in the block
 * @param what one line, lower case, no full stop
 * @param why the rule that was broken
 * @param fix what to write instead
 */
public record ShellProblem(String code, Position position, String what, String why, String fix) {}
