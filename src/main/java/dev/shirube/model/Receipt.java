package dev.shirube.model;

import java.time.Duration;
import java.time.LocalDate;

/**
 * That a snippet was proven.
 *
 * @param tier what it was proven against, which may be more than the subject needs
 * @param kubernetes the version, e.g. {@code 1.37.2}; for the schema tier the minors that it was
 *     held against, e.g. {@code 1.37}
 * @param date the day, UTC
 * @param duration how long the proof took
 */
public record Receipt(
    ProofSubject subject, ProofTier tier, String kubernetes, LocalDate date, Duration duration) {}
