package dev.shirube.site;

import dev.shirube.model.Coverage;
import dev.shirube.model.Navigation;
import freemarker.template.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What templates printed the last time, for the next time: the same template prints the same of the
 * same variables. Forgets what was not asked for since the time before, and everything when a
 * template has changed.
 */
public final class RenderedTemplates {

  private record Rendering(String template, Map<String, @Nullable Object> variables) {}

  private record Stamp(FileTime modified, long bytes) {}

  private Map<Path, Stamp> templates = Map.of();
  private Map<Rendering, String> before = new HashMap<>();
  private Map<Rendering, String> now = new HashMap<>();
  private @Nullable Configuration configuration;
  private @Nullable CoverageKey coverageKey;
  private View.@Nullable CoverageView coverage;

  private record CoverageKey(Coverage coverage, Navigation navigation) {}

  /** Another rendering of the whole site begins, with the templates of a folder. */
  void begin(Path folder) {
    Map<Path, Stamp> found = stamps(folder);
    boolean same = found.equals(templates);
    before = same ? now : new HashMap<>();
    now = new HashMap<>();
    configuration = same ? configuration : null;
    templates = found;
  }

  /** The templates as they were read before; where they have changed, they are read again. */
  Configuration configuration(Supplier<Configuration> fresh) {
    Configuration known = configuration;
    if (known == null) {
      known = fresh.get();
      configuration = known;
    }
    return known;
  }

  /** The coverage as its template sees it, in the order of the navigation. */
  View.CoverageView coverage(
      Coverage of, Navigation navigation, Supplier<View.CoverageView> fresh) {
    CoverageKey key = new CoverageKey(of, navigation);
    View.CoverageView known = coverage;
    if (known == null || !key.equals(coverageKey)) {
      known = fresh.get();
      coverage = known;
      coverageKey = key;
    }
    return known;
  }

  Optional<String> find(String template, Map<String, @Nullable Object> variables) {
    Rendering rendering = new Rendering(template, variables);
    String html = before.get(rendering);
    if (html != null) {
      now.put(rendering, html);
    }
    return Optional.ofNullable(html);
  }

  String keep(String template, Map<String, @Nullable Object> variables, String html) {
    now.put(new Rendering(template, variables), html);
    return html;
  }

  private static Map<Path, Stamp> stamps(Path folder) {
    Map<Path, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
      }
      return stamps;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the templates in " + folder, e);
    }
  }
}
