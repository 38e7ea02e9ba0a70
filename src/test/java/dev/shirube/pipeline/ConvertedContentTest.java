package dev.shirube.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.shirube.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertedContentTest {

  @TempDir Path folder = Path.of("unset");

  private final List<String> progress = new ArrayList<>();

  private ConvertedContent read() {
    return ConvertedContent.of(
        folder, (what, done, total) -> progress.add(what + " " + done + "/" + total));
  }

  @Test
  void pagesStandInOrderAndTheNavigationFileApart() throws IOException {
    Files.createDirectories(folder.resolve("eks"));
    Files.writeString(folder.resolve("index.adoc"), "= Home\n");
    Files.writeString(folder.resolve("eks/a.adoc"), "= A\n\ninclude::missing.adoc[]\n");
    Files.writeString(
        folder.resolve("nav.adoc"), "= Wiki\n:placeholder-pod: a Pod; verify=web-0\n\n* a\n");
    ConvertedContent content = read();
    assertEquals(
        List.of("eks/a.adoc", "index.adoc"),
        content.pages().stream().map(page -> page.source().path()).toList());
    assertEquals("a Pod; verify=web-0", content.site().get("placeholder-pod"));
    assertEquals(
        List.of("missing-include"), content.diagnostics().stream().map(Diagnostic::code).toList());
    assertEquals(List.of("converting 0/2", "converting 1/2"), progress);
  }

  @Test
  void withoutPagesAsciidoctorIsNotStarted() {
    ConvertedContent content = read();
    assertEquals(List.of(), content.pages());
    assertNull(content.navigationFile());
    assertEquals(
        List.of("empty-content"), content.diagnostics().stream().map(Diagnostic::code).toList());
    assertEquals(List.of(), progress);
  }
}
