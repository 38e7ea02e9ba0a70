package dev.shirube.glossary;

import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.Glossary;
import dev.shirube.model.PageKind;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import dev.shirube.model.Term;
import dev.shirube.model.Term.Relation;
import dev.shirube.model.Term.Verb;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads the glossary off the pages that define its terms. */
public final class GlossaryReader {

  private final Function<ConvertedPage, String> leadParagraph;
  private final Function<String, String> plainText;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param leadParagraph the first paragraph of a page: the definition
   * @param plainText inline HTML without its markup
   */
  public GlossaryReader(
      Function<ConvertedPage, String> leadParagraph,
      Function<String, String> plainText,
      Consumer<Diagnostic> diagnostics) {
    this.leadParagraph = leadParagraph;
    this.plainText = plainText;
    this.diagnostics = diagnostics;
  }

  /** Reads all pages of kind {@link PageKind#TERM}. */
  public Glossary read(List<ConvertedPage> pages) {
    Map<String, ConvertedPage> sources = new TreeMap<>();
    Map<String, String> names = new HashMap<>();
    List<Term> terms = new ArrayList<>();
    List<ConvertedPage> termPages =
        pages.stream().filter(page -> page.kind() == PageKind.TERM).toList();
    for (ConvertedPage page : termPages) {
      sources.putIfAbsent(id(page), page);
    }
    for (ConvertedPage page : termPages) {
      Term term = term(page, sources.keySet());
      if (unique(term, page.source(), names)) {
        terms.add(term);
      }
    }
    terms.sort(Comparator.comparing(Term::id));
    return withInverses(terms);
  }

  private static String id(ConvertedPage page) {
    String path = page.source().path();
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ".adoc".length());
  }

  private Term term(ConvertedPage page, Set<String> ids) {
    String definition = leadParagraph.apply(page);
    if (definition.isEmpty()) {
      diagnostics.accept(
          Diagnostic.warning(
              "term-definition",
              page.source().location(),
              "the term has no definition",
              "the first paragraph of a term's page is its definition, shown as a tooltip elsewhere",
              "write one sentence below the header"));
    }
    return new Term(
        id(page),
        page.source().path(),
        plainText.apply(page.title()),
        page.attribute("name-ja"),
        page.attribute("name-en"),
        page.list("aliases"),
        definition,
        relations(page, ids));
  }

  private List<Relation> relations(ConvertedPage page, Set<String> ids) {
    List<Relation> relations = new ArrayList<>();
    for (String written : page.list("relations")) {
      String[] words = written.split("\\s+");
      Optional<Verb> verb =
          Arrays.stream(Verb.values()).filter(v -> v.id().equals(words[0])).findFirst();
      if (words.length != 2 || verb.isEmpty()) {
        List<String> verbs = Arrays.stream(Verb.values()).map(Verb::id).toList();
        unknown(page, "unknown-relation", written, words[0], verbs, "a relation is \"verb term\"");
      } else if (!ids.contains(words[1])) {
        unknown(page, "unknown-term", written, words[1], ids, "a term is named by its file name");
      } else {
        relations.add(new Relation(verb.get(), words[1], false));
      }
    }
    return relations;
  }

  private void unknown(
      ConvertedPage page,
      String code,
      String written,
      String wrong,
      java.util.Collection<String> right,
      String why) {
    diagnostics.accept(
        Diagnostic.error(
            code,
            page.source().locationOf(written),
            "cannot read the relation \"" + written + "\"",
            why,
            Suggestion.nearest(wrong, right)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("one of " + String.join(", ", right))));
  }

  private boolean unique(Term term, SourceFile source, Map<String, String> names) {
    Set<String> keys = new LinkedHashSet<>();
    for (String name : term.names()) {
      keys.add(Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    }
    for (String key : keys) {
      String first = names.putIfAbsent(key, source.displayPath());
      if (first != null) {
        diagnostics.accept(
            Diagnostic.error(
                "duplicate-term",
                source.locationOf(term.title()),
                "the term \"" + key + "\" is already defined in " + first,
                "one term has one entry",
                "put both into one page, or give this one another name"));
        return false;
      }
    }
    return true;
  }

  private static Glossary withInverses(List<Term> terms) {
    Map<String, List<Relation>> all = new TreeMap<>();
    terms.forEach(term -> all.put(term.id(), new ArrayList<>(term.relations())));
    for (Term term : terms) {
      for (Relation relation : term.relations()) {
        boolean symmetric =
            switch (relation.verb()) {
              case SEE_ALSO, TALKS_TO -> true;
              case PART_OF, KIND_OF, RUNS_ON, MANAGES, USES, STORES, SELECTS -> false;
            };
        Relation inverse = new Relation(relation.verb(), term.id(), !symmetric);
        List<Relation> others = all.get(relation.target());
        if (others != null && !others.contains(inverse)) {
          others.add(inverse);
        }
      }
    }
    return new Glossary(
        terms.stream()
            .map(
                term ->
                    new Term(
                        term.id(),
                        term.pagePath(),
                        term.title(),
                        term.nameJa(),
                        term.nameEn(),
                        term.aliases(),
                        term.definition(),
                        all.getOrDefault(term.id(), List.of())))
            .toList());
  }
}
