package dev.shirube.testcluster.install;

import java.time.Duration;

/**
 * Where an install is, told at the start of each step and about once a second while it lasts.
 *
 * @param what e.g. {@code building kubelet}
 * @param number of this file among those to download, or of this command among those to build, from
 *     1; 0 where nothing is counted
 * @param total how many are to be downloaded or built
 * @param elapsed since the install began
 * @param detail what Go is compiling or downloading just now, or how much of a file has come; may
 *     be empty
 */
public record InstallStep(String what, int number, int total, Duration elapsed, String detail) {}
