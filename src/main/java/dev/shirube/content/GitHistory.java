package dev.shirube.content;

import dev.shirube.model.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What git knows of a content folder; knows nothing, quietly, where there is no git. */
public final class GitHistory {

  private final Path root;

  public GitHistory(Path root) {
    this.root = root;
  }

  /**
   * The day of the last commit that changed each file, as {@code yyyy-mm-dd} in the committer's
   * zone, by path relative to the content folder.
   */
  public Map<String, String> lastChanged() {
    Map<String, String> days = new HashMap<>();
    String day = "";
    for (String line :
        git(
            "-c",
            "core.quotePath=false",
            "log",
            "--format=%x01%cs",
            "--name-only",
            "--relative",
            "--",
            ".")) {
      if (line.startsWith("\u0001")) {
        day = line.substring(1);
      } else if (!line.isEmpty()) {
        days.putIfAbsent(line, day); // the log starts with the newest commit
      }
    }
    return days;
  }

  /** Each change of each file that a commit tells of, by path relative to the content folder. */
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    Instant when = Instant.EPOCH;
    for (String line :
        git(
            "-c",
            "core.quotePath=false",
            "log",
            "--format=%x01%cI",
            "--name-only",
            "--relative",
            "--",
            ".")) {
      if (line.startsWith("\u0001")) {
        when = OffsetDateTime.parse(line.substring(1)).toInstant();
      } else if (!line.isEmpty()) {
        changes.add(new Change(line, when));
      }
    }
    return changes;
  }

  /**
   * The address at which a file of the folder can be edited on its forge; {@code {path}} stands for
   * the file's path relative to the content folder. Known for GitHub and GitLab.
   */
  public Optional<String> editUrl() {
    List<String> remote = git("remote", "get-url", "origin");
    List<String> prefix = git("rev-parse", "--show-prefix");
    List<String> branch = git("symbolic-ref", "--short", "HEAD");
    if (remote.isEmpty() || branch.isEmpty()) {
      return Optional.empty();
    }
    String address =
        remote.getFirst().replaceFirst("^git@([^:]+):", "https://$1/").replaceFirst("\\.git$", "");
    String edit =
        address.startsWith("https://github.com/")
            ? "/edit/"
            : address.startsWith("https://gitlab.") ? "/-/edit/" : "";
    if (edit.isEmpty()) {
      return Optional.empty();
    }
    String below = prefix.isEmpty() ? "" : prefix.getFirst();
    return Optional.of(address + edit + branch.getFirst() + "/" + below + "{path}");
  }

  private List<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      List<String> lines;
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        lines = out.lines().toList();
      }
      return process.waitFor() == 0 ? lines : List.of();
    } catch (IOException e) {
      return List.of(); // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
