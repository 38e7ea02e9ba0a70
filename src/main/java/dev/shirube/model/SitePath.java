package dev.shirube.model;

/** Paths below the site's root, with {@code /}, as they stand in links. */
public final class SitePath {

  private SitePath() {}

  /**
   * The path of the page that a content path becomes: {@code eks/setup.adoc} is {@code
   * eks/setup.html}.
   */
  public static String ofPage(String contentPath) {
    return contentPath.substring(0, contentPath.length() - ".adoc".length()) + ".html";
  }

  /** The same page as Markdown: {@code eks/setup.html} is also {@code eks/setup.md}. */
  public static String markdownTwin(String url) {
    return url.endsWith(".html") ? url.substring(0, url.length() - ".html".length()) + ".md" : url;
  }

  /**
   * The shortest way from the folder of one path to another path. Every link of the site is made by
   * this, so that the site works under any prefix and from disk.
   */
  public static String relative(String from, String to) {
    String[] start = from.split("/");
    String[] end = to.split("/");
    int same = 0;
    while (same < start.length - 1 && same < end.length - 1 && start[same].equals(end[same])) {
      same++;
    }
    StringBuilder way = new StringBuilder("../".repeat(start.length - 1 - same));
    for (int i = same; i < end.length; i++) {
      way.append(i == same ? "" : "/").append(end[i]);
    }
    return way.toString();
  }

  /** Resolves a relative link on the page at {@code from}; null where it leaves the root. */
  public static @org.jspecify.annotations.Nullable String resolve(String from, String link) {
    java.util.ArrayList<String> parts =
        new java.util.ArrayList<>(java.util.List.of(from.split("/")));
    parts.removeLast();
    for (String part : link.split("/")) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return null;
        }
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
