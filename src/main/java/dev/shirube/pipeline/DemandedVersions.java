package dev.shirube.pipeline;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.KubernetesMinor;
import dev.shirube.model.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** On which versions a site wants its snippets proven: {@code :kubernetes: 1.37, 1.35}. */
final class DemandedVersions {

  private static final String ATTRIBUTE = "kubernetes";
  private static final Pattern MINOR = Pattern.compile("1\\.\\d{1,4}");

  private DemandedVersions() {}

  /**
   * The newest first; none where the site says nothing.
   *
   * @param site the attributes of the navigation file
   */
  static List<KubernetesMinor> of(
      Map<String, String> site,
      @Nullable ConvertedPage navigationFile,
      Consumer<Diagnostic> diagnostics) {
    List<KubernetesMinor> minors = new ArrayList<>();
    for (String written : site.getOrDefault(ATTRIBUTE, "").split("[,\\s]+", -1)) {
      if (written.isEmpty()) {
        continue;
      }
      if (MINOR.matcher(written).matches()) {
        minors.add(KubernetesMinor.parse(written).orElseThrow());
      } else {
        diagnostics.accept(
            Diagnostic.error(
                "unknown-version",
                navigationFile == null
                    ? Location.of("nav.adoc")
                    : navigationFile.source().locationOf(":" + ATTRIBUTE + ":"),
                "\"" + written + "\" is no minor version of Kubernetes",
                "the site says with :kubernetes: on which minor versions its snippets are proven",
                "write for example \":kubernetes: 1.37, 1.35\""));
      }
    }
    return minors.stream().distinct().sorted(Comparator.reverseOrder()).toList();
  }
}
