package dev.shirube.html;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.NavigationItem;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Reads the nested list of a converted navigation file. */
public final class NavigationListReader {

  private NavigationListReader() {}

  /** The items of all top-level lists, in order. */
  public static List<NavigationItem> read(ConvertedPage navigation) {
    Element body = Jsoup.parseBodyFragment(navigation.body()).body();
    return body.select("ul, ol").stream()
        .filter(list -> list.closest("li") == null)
        .flatMap(list -> items(list).stream())
        .toList();
  }

  private static List<NavigationItem> items(Element list) {
    return list.select("> li").stream().map(NavigationListReader::item).toList();
  }

  private static NavigationItem item(Element item) {
    Element text = item.selectFirst("> p");
    Element link = text == null ? null : text.selectFirst("a[href]");
    return new NavigationItem(
        text == null ? "" : text.text(),
        link == null ? "" : link.attr("href"),
        item.select("> div > ul, > div > ol").stream()
            .flatMap(nested -> items(nested).stream())
            .toList());
  }
}
