package dev.shirube.testcluster.provider;

import dev.shirube.model.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a cluster is to come from.
 *
 * @param context of a kubeconfig; empty but for {@link Kind#CONTEXT}
 */
public record ProviderName(Kind kind, String context) {

  /** The first that works of {@link Kind#LOCAL} and {@link Kind#K3S}. */
  public static final ProviderName AUTO = new ProviderName(Kind.AUTO, "");

  public static final ProviderName LOCAL = new ProviderName(Kind.LOCAL, "");
  public static final ProviderName K3S = new ProviderName(Kind.K3S, "");

  /** No cluster: the schema tier is all there is. */
  public static final ProviderName NONE = new ProviderName(Kind.NONE, "");

  private static final String CONTEXT_PREFIX = "context:";

  /** The ways to come by a cluster. */
  public enum Kind {
    AUTO,
    LOCAL,
    K3S,
    CONTEXT,
    NONE
  }

  /** The cluster of a context, which must carry the marker of a test cluster. */
  public static ProviderName ofContext(String context) {
    return new ProviderName(Kind.CONTEXT, context);
  }

  /**
   * Reads a name such as {@code local} or {@code context:kind-tests}.
   *
   * @throws IllegalArgumentException where it is none; the message lists the names
   */
  public static ProviderName parse(String text) {
    if (text.startsWith(CONTEXT_PREFIX) && text.length() > CONTEXT_PREFIX.length()) {
      return ofContext(text.substring(CONTEXT_PREFIX.length()));
    }
    List<ProviderName> names = List.of(AUTO, LOCAL, K3S, NONE);
    return names.stream()
        .filter(name -> name.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no provider is called \"" + text + "\"; " + hint(text, names)));
  }

  private static String hint(String text, List<ProviderName> names) {
    List<String> all =
        Stream.concat(names.stream().map(ProviderName::toString), Stream.of("context:NAME"))
            .toList();
    return Suggestion.nearest(text, all)
        .map(name -> "did you mean " + name + "?")
        .orElseGet(() -> all.stream().collect(Collectors.joining(", ", "there are ", "")));
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return kind == Kind.CONTEXT ? CONTEXT_PREFIX + context : kind.name().toLowerCase(Locale.ROOT);
  }
}
