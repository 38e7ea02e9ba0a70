package dev.shirube.preview;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as the preview shows it: with the preview's script, and with leave to hear from the
 * preview. The rest of the page's policy stays: nothing runs inline, nothing comes from elsewhere.
 */
final class PreviewMarkup {

  private static final Pattern POLICY =
      Pattern.compile(
          "(<meta http-equiv=\"Content-Security-Policy\" content=\")([^\"]*)(\")",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CONNECT = Pattern.compile("connect-src[^;]*");

  private static final Pattern THEME =
      Pattern.compile("((?:href|src)=\"(?:\\.\\./|/)*_theme/[^\"?#]+\\.(?:css|js))\"");

  private PreviewMarkup() {}

  /**
   * Adds it to the head; a text without one is left alone.
   *
   * @param version of the page, which the script compares with the newest
   * @param shared version of the theme: its files have other addresses once one has changed, so
   *     that the browser need not ask for each of them when it shows a page again
   */
  static String add(String html, String version, String shared) {
    int head = html.indexOf("</head>");
    if (head < 0) {
      return html;
    }
    String start =
        THEME
            .matcher(POLICY.matcher(html.substring(0, head)).replaceFirst(PreviewMarkup::policy))
            .replaceAll("$1?v=" + shared + "\"");
    return start
        + "<link rel=\"stylesheet\" href=\"/_preview/preview.css\">\n"
        + "<script src=\"/_preview/preview.js\" data-version=\""
        + version
        + "\" defer></script>\n"
        + html.substring(head);
  }

  private static String policy(java.util.regex.MatchResult meta) {
    String policy = meta.group(2);
    String open =
        CONNECT.matcher(policy).find()
            ? CONNECT.matcher(policy).replaceFirst("connect-src 'self'")
            : policy + "; connect-src 'self'";
    return Matcher.quoteReplacement(meta.group(1) + open + meta.group(3));
  }
}
