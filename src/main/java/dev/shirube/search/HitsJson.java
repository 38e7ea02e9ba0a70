package dev.shirube.search;

import dev.shirube.model.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Hits as a program reads them, on the command line and over HTTP: {@code {"hits": [...]}}. */
public final class HitsJson {

  private HitsJson() {}

  /** In the order given, on one line. */
  public static String render(List<Hit> hits) {
    return JsonMapper.shared()
        .writeValueAsString(Map.of("hits", hits.stream().map(HitsJson::row).toList()));
  }

  private static Map<String, Object> row(Hit hit) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("url", hit.url());
    row.put("title", hit.title());
    row.put("section", hit.section());
    row.put("kind", hit.kind().id());
    row.put("score", hit.score());
    row.put("matchesError", hit.matchesError());
    row.put(
        "excerpt",
        hit.excerpt()
            .replace(String.valueOf(Hit.MARK_START), "")
            .replace(String.valueOf(Hit.MARK_END), ""));
    return row;
  }
}
