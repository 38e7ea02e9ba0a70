package dev.shirube.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.model.Glossary;
import dev.shirube.model.Navigation;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.model.SiteFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The browser's side of the format is tested by SearchParityIT. */
class BrowserExportTest {
  private static final Navigation NO_NAVIGATION = new Navigation("Wiki", List.of());

  @TempDir private Path folder = Path.of("unset");

  @Test
  void theManifestNamesTheFolderOfTheEdition() {
    SortedMap<String, String> files = export(TestPages.pages());
    JsonNode manifest = content(files, "manifest.js");
    assertEquals(TestPages.pages().size(), manifest.get("pages").asInt());
    assertEquals(
        List.of("manifest.js", "search.js"),
        files.keySet().stream().filter(name -> !name.contains("/")).toList());
    files.keySet().stream()
        .filter(name -> name.contains("/"))
        .forEach(name -> assertTrue(name.startsWith(manifest.get("edition").asString() + "/")));
    assertEquals(
        manifest.get("shards").asInt(),
        files.keySet().stream().filter(name -> name.contains("/t")).count());
  }

  @Test
  void theSamePagesMakeTheSameEditionAndOthersAnother() {
    SortedMap<String, String> first = export(TestPages.pages());
    assertEquals(first, export(TestPages.pages()));
    List<Page> changed = new ArrayList<>(TestPages.pages());
    changed.add(
        TestPages.page(
            "more", PageKind.GUIDE, "More", List.of(), new Section("", "More", "x", "", "")));
    assertNotEquals(
        content(first, "manifest.js").get("edition"),
        content(export(changed), "manifest.js").get("edition"));
  }

  @Test
  void textIsNoScript() {
    String hostile = "\"); alert(1); (\"</script>\u2028 \\";
    SortedMap<String, String> files =
        export(
            List.of(
                TestPages.page(
                    "x",
                    PageKind.GUIDE,
                    hostile,
                    List.of(),
                    new Section("", "", hostile, "", ""))));
    String edition = content(files, "manifest.js").get("edition").asString();
    assertEquals(hostile, content(files, edition + "/p0.js").get(0).get(1).asString());
    assertEquals(hostile, content(files, edition + "/x0.js").get(1).get(0).get(2).asString());
  }

  @Test
  void aLargeWikiKeepsItsBoundariesInFilesOfTheirOwn() {
    List<Page> pages = new ArrayList<>();
    for (int page = 0; page < 150; page++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 600; word++) {
        text.append(letters(word)).append(letters(page)).append("wording ");
      }
      pages.add(
          TestPages.page(
              "p" + page,
              PageKind.GUIDE,
              "p",
              List.of(),
              new Section("", "", text.toString(), "", "")));
    }
    SortedMap<String, String> files = export(pages);
    JsonNode manifest = content(files, "manifest.js");
    assertFalse(manifest.has("boundaries"));
    int blocks = manifest.get("blocks").size();
    assertTrue(blocks > 1);
    String edition = manifest.get("edition").asString();
    int boundaries = 0;
    for (int block = 0; block < blocks; block++) {
      JsonNode some = content(files, edition + "/b" + block + ".js");
      assertEquals(manifest.get("blocks").get(block), some.get(0));
      boundaries += some.size();
    }
    assertEquals(manifest.get("shards").asInt(), boundaries);
  }

  @Test
  void aMissingIndexIsNamed() {
    Path missing = folder.resolve("missing");
    UncheckedIOException failure =
        assertThrows(UncheckedIOException.class, () -> BrowserExport.of(missing, NO_NAVIGATION));
    assertTrue(String.valueOf(failure.getMessage()).contains(missing.toString()));
  }

  private static String letters(int number) {
    return "" + (char) ('a' + number % 26) + (char) ('a' + number / 26);
  }

  private SortedMap<String, String> export(List<Page> pages) {
    new Indexer(folder).index(pages, new Glossary(List.of()));
    SortedMap<String, String> files = new TreeMap<>();
    for (SiteFile file : BrowserExport.of(folder, NO_NAVIGATION)) {
      SiteFile.Text text = (SiteFile.Text) file;
      files.put(text.path().substring(BrowserExport.FOLDER.length()), text.content());
    }
    return files;
  }

  /** What a script hands over. */
  private static JsonNode content(SortedMap<String, String> files, String name) {
    String script = String.valueOf(files.get(name));
    assertTrue(script.startsWith("shirube(") && script.endsWith(")\n"), script);
    return JsonMapper.shared().readTree(script.substring(8, script.length() - 2));
  }
}
