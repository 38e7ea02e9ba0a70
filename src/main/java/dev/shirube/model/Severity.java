package dev.shirube.model;

/** How much a diagnostic matters: an error stops publication, a warning is only printed. */
public enum Severity {
  ERROR,
  WARNING
}
