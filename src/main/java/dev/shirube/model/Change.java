package dev.shirube.model;

import java.time.Instant;

/**
 * That a file of the content was changed.
 *
 * @param path the content path
 * @param when when that was committed
 */
public record Change(String path, Instant when) {}
