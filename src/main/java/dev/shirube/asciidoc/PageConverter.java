package dev.shirube.asciidoc;

import dev.shirube.model.CodeBlock;
import dev.shirube.model.ConvertedPage;
import dev.shirube.model.Diagnostic;
import dev.shirube.model.SourceFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.StructuralNode;
import org.jspecify.annotations.Nullable;

/**
 * Converts pages one after the other with one Asciidoctor, which takes about a second to start:
 * make one converter and keep it. Not safe for use by several threads.
 */
public final class PageConverter implements AutoCloseable {

  private static final String CAPTIONS =
      """
      appendix-caption=付録 caution-caption=注意 example-caption=例 figure-caption=図 \
      important-caption=重要 note-caption=補足 table-caption=表 tip-caption=ヒント \
      toc-title=目次 untitled-label=無題 version-label=版 warning-caption=警告 \
      section-refsig=節 chapter-refsig=章 appendix-refsig=付録""";

  private static final Pattern UNTRACED =
      Pattern.compile("::?[^\\s\\[]+\\[.*\\b(?:optional|inline)\\b|:data-uri:|:docinfo");

  private final Path root;
  private final Consumer<Diagnostic> diagnostics;
  private final Asciidoctor asciidoctor;
  private final Includes includes;
  private final Map<String, Object> attributesOfAnEmptyPage;
  private @Nullable AsciidoctorMessages messages;

  /**
   * @param root the content folder, absolute and real; nothing outside of it is read
   */
  public PageConverter(Path root, Consumer<Diagnostic> diagnostics) {
    this.root = root;
    this.diagnostics = diagnostics;
    asciidoctor = Asciidoctor.Factory.create();
    includes = new Includes(root, diagnostics);
    asciidoctor.javaExtensionRegistry().includeProcessor(includes);
    asciidoctor.registerLogHandler(
        logRecord -> {
          if (messages != null) {
            messages.add(logRecord);
          }
        });
    attributesOfAnEmptyPage = Map.copyOf(load(new SourceFile("_", "_", "")).getAttributes());
  }

  /** Converts one page; what Asciidoctor complains of becomes diagnostics. */
  public ConvertedPage convert(SourceFile page) {
    includes.start(page);
    AsciidoctorMessages messages = new AsciidoctorMessages(page);
    this.messages = messages;
    Document document = load(page);
    Map<String, String> attributes = headerAttributes(document);
    markTabs(document);
    List<CodeBlock> codeBlocks = new CodeBlocks(page, includes).read(document);
    String body = document.convert();
    this.messages = null;
    List<SourceFile> included = includes.included();
    messages.diagnostics(included).forEach(diagnostics);
    String title = document.getDoctitle();
    return new ConvertedPage(
        page, title == null ? page.path() : title, attributes, body, included, codeBlocks);
  }

  /** Whether the files that a page includes are as they were when it was converted. */
  public boolean isCurrent(ConvertedPage page) {
    return includes.areAsBefore(page.includes());
  }

  /**
   * Whether {@link #isCurrent} tells all there is to tell: not where a page takes in a file without
   * a trace, by an include that may be missing or an image that becomes a part of the page.
   */
  public static boolean isTraced(ConvertedPage page) {
    return Stream.concat(Stream.of(page.source()), page.includes().stream())
        .noneMatch(file -> UNTRACED.matcher(file.text()).find());
  }

  @Override
  public void close() {
    asciidoctor.close();
  }

  private Document load(SourceFile page) {
    Path file = root.resolve(page.path());
    Attributes attributes =
        Attributes.builder()
            .attribute("docfile", file.toString())
            .attribute("lang", "ja@")
            .attribute("icons", "font") // callouts as elements, admonitions without an image
            .attribute("relfilesuffix", ".adoc") // links to pages are resolved by a later stage
            .attribute("attribute-missing", "warn")
            .attribute("experimental", "@")
            .attribute("idprefix", "@")
            .attribute("idseparator", "-@")
            .attribute("stem!", "")
            .attribute("source-highlighter!", "")
            .attribute("toc!", "")
            .attribute("webfonts!", "")
            .build();
    for (String caption : CAPTIONS.split("\\s+")) {
      int equals = caption.indexOf('=');
      attributes.setAttribute(caption.substring(0, equals), caption.substring(equals + 1) + "@");
    }
    return asciidoctor.load(
        page.text(),
        Options.builder()
            .safe(SafeMode.SAFE)
            .sourcemap(true)
            .baseDir(folderOf(file).toFile())
            .attributes(attributes)
            .build());
  }

  private Path folderOf(Path file) {
    Path folder = file.getParent();
    return folder == null ? root : folder;
  }

  private Map<String, String> headerAttributes(Document document) {
    Map<String, String> header = new HashMap<>();
    document
        .getAttributes()
        .forEach(
            (name, value) -> {
              if (value != null && !value.equals(attributesOfAnEmptyPage.get(name))) {
                header.put(name, value.toString());
              }
            });
    return header;
  }

  /**
   * Keeps the style of {@code [tabs]} blocks, which Asciidoctor drops, as a role: the syntax is
   * that of the <a href="https://github.com/asciidoctor/asciidoctor-tabs">tabs extension</a>.
   */
  private static void markTabs(Document document) {
    Map<Object, Object> examples = Map.of("context", ":example");
    for (StructuralNode block : document.findBy(examples)) {
      if ("tabs".equals(block.getStyle())) {
        block.addRole("tabs");
      }
    }
  }
}
