package dev.shirube.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class SitePathTest {

  @Test
  void linksAreRelativeToTheFolderOfThePage() {
    assertEquals("b.html", SitePath.relative("a.html", "b.html"));
    assertEquals("../b.html", SitePath.relative("x/a.html", "b.html"));
    assertEquals("b.html", SitePath.relative("x/a.html", "x/b.html"));
    assertEquals("../y/b.html", SitePath.relative("x/a.html", "y/b.html"));
    assertEquals("y/b.html", SitePath.relative("x/a.html", "x/y/b.html"));
    assertEquals("a.html", SitePath.relative("x/a.html", "x/a.html"));
  }

  @Test
  void aLinkThatLeavesTheSiteLeadsNowhere() {
    assertEquals("b.adoc", SitePath.resolve("x/a.adoc", "../b.adoc"));
    assertEquals("x/b.adoc", SitePath.resolve("x/a.adoc", "./b.adoc"));
    assertNull(SitePath.resolve("x/a.adoc", "../../b.adoc"));
  }
}
