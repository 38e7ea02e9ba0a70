package dev.shirube.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.WikiSite;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void theIndexIsBuilt() {
    assertTrue(Files.exists(WikiSite.site()));
  }

  @Test
  void wordsFindPages() {
    assertEquals(0, search("ポッド"));
    assertTrue(out.toString().startsWith("1. Pod"), out.toString());
    assertTrue(out.toString().contains("glossary/pod.html"), out.toString());
    assertFalse(out.toString().contains("matches this error"), out.toString());
  }

  @Test
  void linesOnStandardInputLeadToTheCaseThatTheyMatch() {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              """
              Events:
                Warning  Failed  3s   kubelet  Error: ErrImagePull
              container "web" in pod "web-5d9c7-x2x5k" is waiting to start: trying and failing to \
              pull image
              """
                  .getBytes(StandardCharsets.UTF_8)));
      assertEquals(0, search("--stdin", "--json", "--limit=1"));
    } finally {
      System.setIn(before);
    }
    JsonNode hit = JsonMapper.shared().readTree(out.toString()).get("hits").get(0);
    assertTrue(
        hit.get("url").asString().startsWith("troubleshooting/image-pull-back-off-case-1.html"));
    assertTrue(hit.get("matchesError").asBoolean());
  }

  @Test
  void onlyPagesOfTheKindAreListed() {
    assertEquals(0, search("--json", "--kind=case", "Pod"));
    JsonNode hits = JsonMapper.shared().readTree(out.toString()).get("hits");
    assertFalse(hits.isEmpty());
    hits.forEach(hit -> assertEquals("case", hit.get("kind").asString()));
  }

  @Test
  void nothingFoundIsSaidWithWhatIsNear() {
    assertEquals(0, search("コントロラブル"));
    assertEquals("", out.toString());
    assertTrue(err.toString().contains("nothing found for: コントロラブル"), err.toString());
    assertTrue(err.toString().matches("(?s).*near: .*コントロールプレーン.*"), err.toString());
  }

  @Test
  void aKindThatHidesEverythingIsNamed() {
    assertEquals(0, search("--kind=glossary", "8084"));
    assertTrue(err.toString().contains("try without --kind glossary"), err.toString());
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertEquals(2, search("--stdin", "Pod"));
    assertTrue(err.toString().contains("either WORD... or --stdin"), err.toString());
    assertEquals(2, search());
    assertEquals(2, search("--limit=0", "Pod"));
    assertTrue(err.toString().contains("--limit must be at least 1, not 0"), err.toString());
    assertEquals(2, search("--kind=page", "Pod"));
    assertTrue(err.toString().contains("\"page\" is none of [home, guide"), err.toString());
  }

  private int search(String... arguments) {
    List<String> all = new ArrayList<>(List.of("search", "--index=" + WikiSite.index()));
    all.addAll(List.of(arguments));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }
}
