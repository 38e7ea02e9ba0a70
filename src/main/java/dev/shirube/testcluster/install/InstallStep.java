package dev.shirube.testcluster.install;

import java.time.Duration;

/**
 * Where an install is, told at the start of each step and about once a second while it lasts.
 *
 * @param what e.g. {@code building kubelet}
 * @param number of this command among those to build, from 1; 0 where nothing is counted
 * @param total how many commands are to be built
 * @param elapsed since the install began
 * @param detail what Go is compiling or downloading just now; may be empty
 */
public record InstallStep(String what, int number, int total, Duration elapsed, String detail) {}
