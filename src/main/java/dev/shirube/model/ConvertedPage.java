package dev.shirube.model;

import java.util.List;
import java.util.Map;

/**
 * A page as Asciidoctor left it.
 *
 * @param source the page's own file
 * @param title the document title as inline HTML; the content path where the page has none
 * @param attributes the attributes that the page's header sets, by name
 * @param body the HTML below the title; links to pages still end in {@code .adoc}
 * @param includes the files that the page included, directly or not, in order of first use
 * @param codeBlocks its listings, in order
 */
public record ConvertedPage(
    SourceFile source,
    String title,
    Map<String, String> attributes,
    String body,
    List<SourceFile> includes,
    List<CodeBlock> codeBlocks) {

  public ConvertedPage {
    attributes = Map.copyOf(attributes);
    includes = List.copyOf(includes);
    codeBlocks = List.copyOf(codeBlocks);
  }

  /** A header attribute, or the empty string. */
  public String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }

  /**
   * What the page is: its {@code :kind:}, else what its folder says. An unknown {@code :kind:}
   * counts as a guide.
   */
  public PageKind kind() {
    String declared = attribute("kind");
    if (!declared.isEmpty()) {
      return PageKind.of(declared).orElse(PageKind.GUIDE);
    }
    String path = source.path();
    if (path.equals("index.adoc")) {
      return PageKind.HOME;
    }
    boolean index = path.endsWith("/index.adoc");
    return switch (path.substring(0, path.indexOf('/') + 1)) {
      case "glossary/" -> index ? PageKind.GLOSSARY : PageKind.TERM;
      case "troubleshooting/" -> index ? PageKind.GUIDE : PageKind.CASE;
      default -> PageKind.GUIDE;
    };
  }

  /** A header attribute that lists names, separated by commas. */
  public List<String> list(String name) {
    return java.util.Arrays.stream(attribute(name).split("[,、]"))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
