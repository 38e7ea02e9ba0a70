package dev.shirube.testcluster.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code go.mod} file, as far as it is needed here.
 *
 * @param file where it lies
 * @param goVersion the oldest Go that builds it, e.g. {@code 1.26.0}
 * @param godebug its {@code godebug} settings, e.g. {@code default=go1.26}
 * @param tools the packages of the commands that it makes
 * @param versions the required version of each module, e.g. {@code v1.37.2}
 * @param replacements what each replaced module is replaced by, e.g. {@code
 *     ./staging/src/k8s.io/api}
 * @see <a href="https://go.dev/ref/mod#go-mod-file-grammar">the grammar</a>
 */
record GoModule(
    Path file,
    String goVersion,
    List<String> godebug,
    List<String> tools,
    Map<String, String> versions,
    Map<String, String> replacements) {

  private static final Pattern BLOCK_START = Pattern.compile("(\\w+)\\s*\\(");
  private static final Pattern REPLACE = Pattern.compile("(\\S+)(?: v\\S+)?\\s+=>\\s+(.+)");

  GoModule {
    godebug = List.copyOf(godebug);
    tools = List.copyOf(tools);
    versions = Map.copyOf(versions);
    replacements = Map.copyOf(replacements);
  }

  /** Reads {@code go.mod}. */
  static GoModule read(Path file) {
    try {
      return parse(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The module that some lines describe, whether or not a file has them. */
  static GoModule parse(Path file, List<String> lines) {
    String goVersion = "1.16"; // what Go assumes where a file says nothing
    List<String> godebug = new ArrayList<>();
    List<String> tools = new ArrayList<>();
    Map<String, String> versions = new LinkedHashMap<>();
    Map<String, String> replacements = new LinkedHashMap<>();
    String block = "";
    for (String written : lines) {
      String line = written.replaceFirst("\\s*//.*", "").strip();
      Matcher start = BLOCK_START.matcher(line);
      if (start.matches()) {
        block = start.group(1);
        continue;
      }
      if (line.equals(")")) {
        block = "";
        continue;
      }
      String[] words = (block + " " + line).strip().split("\\s+", 2);
      if (words.length < 2) {
        continue;
      }
      String rest = words[1];
      switch (words[0]) {
        case "go" -> goVersion = rest;
        case "godebug" -> godebug.add(rest);
        case "tool" -> tools.add(rest);
        case "require" -> {
          String[] module = rest.split("\\s+", 2);
          versions.put(module[0], module[1]);
        }
        case "replace" -> {
          Matcher replace = REPLACE.matcher(rest);
          if (replace.matches()) {
            replacements.put(replace.group(1), replace.group(2));
          }
        }
        default -> {} // module, exclude, retract, toolchain
      }
    }
    return new GoModule(file, goVersion, godebug, tools, versions, replacements);
  }

  /** The folder of the module. */
  Path folder() {
    return java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  /** The required version of a module. */
  String version(String module) {
    return Optional.ofNullable(versions.get(module))
        .orElseThrow(() -> new IllegalStateException(file + " does not require " + module));
  }

  /** The required version of the module that a package belongs to. */
  String versionOf(String packagePath) {
    return versions.keySet().stream()
        .filter(module -> packagePath.equals(module) || packagePath.startsWith(module + "/"))
        .max(java.util.Comparator.comparingInt(String::length))
        .map(this::version)
        .orElseThrow(() -> new IllegalStateException(file + " requires no " + packagePath));
  }
}
