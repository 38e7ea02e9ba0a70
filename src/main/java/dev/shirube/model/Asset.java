package dev.shirube.model;

import java.nio.file.Path;

/**
 * A file of the content folder that is published as it is: an image, a manifest, a download.
 *
 * @param path relative to the content folder, with {@code /}
 * @param file where it lies
 */
public record Asset(String path, Path file) {}
