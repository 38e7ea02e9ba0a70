package dev.shirube.cli;

/** What a command's exit code means; picocli itself exits with 2 on wrong usage. */
final class ExitCode {

  static final int OK = 0;
  static final int CONTENT = 1;
  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;

  /** {@code EX_USAGE} of sysexits.h: what diagnose finds needs the other codes. */
  static final int WRONG_USAGE_OF_DIAGNOSE = 64;

  private ExitCode() {}
}
