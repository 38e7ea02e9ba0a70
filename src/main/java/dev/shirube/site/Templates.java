package dev.shirube.site;

import dev.shirube.model.Diagnostic;
import dev.shirube.model.Location;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.ParseException;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The templates of a theme, read from its folder at every build; what they print is escaped. */
final class Templates {

  /** What is the same each time is one object, so that what templates see can be compared. */
  private static final Map<String, WeakReference<TemplateHTMLOutputModel>> MARKUP =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Path folder;
  private final Configuration configuration;
  private final RenderedTemplates memory;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * @param folder holds the {@code .ftlh} files
   * @param memory of what they printed before
   */
  Templates(Path folder, RenderedTemplates memory, Consumer<Diagnostic> diagnostics) {
    this.folder = folder;
    this.memory = memory;
    this.diagnostics = diagnostics;
    configuration = memory.configuration(() -> configuration(folder));
  }

  private static Configuration configuration(Path folder) {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    try {
      configuration.setDirectoryForTemplateLoading(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the templates in " + folder, e);
    }
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setFallbackOnNullLoopVariable(false);
    return configuration;
  }

  /** Renders a template; empty, with a diagnostic, where the template is wrong. */
  Optional<String> render(String name, Map<String, @Nullable Object> variables) {
    Optional<String> before = memory.find(name, variables);
    if (before.isPresent()) {
      return before;
    }
    try {
      Template template = configuration.getTemplate(name);
      StringWriter out = new StringWriter();
      template.process(variables, out);
      return Optional.of(memory.keep(name, variables, out.toString()));
    } catch (TemplateNotFoundException e) {
      report(
          name,
          0,
          0,
          "there is no template \"" + e.getTemplateName() + "\"",
          "add the file to the theme");
    } catch (ParseException e) {
      report(
          e.getTemplateName(), e.getLineNumber(), e.getColumnNumber(), e.getEditorMessage(), null);
    } catch (TemplateException e) {
      report(
          e.getTemplateSourceName(),
          e.getLineNumber() == null ? 0 : e.getLineNumber(),
          e.getColumnNumber() == null ? 0 : e.getColumnNumber(),
          e.getMessageWithoutStackTop(),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the template " + folder.resolve(name), e);
    }
    return Optional.empty();
  }

  /** Marks HTML as ready, so that it is not escaped again. */
  static TemplateHTMLOutputModel html(String markup) {
    WeakReference<TemplateHTMLOutputModel> known = MARKUP.get(markup);
    TemplateHTMLOutputModel before = known == null ? null : known.get();
    if (before != null) {
      return before;
    }
    try {
      TemplateHTMLOutputModel html = HTMLOutputFormat.INSTANCE.fromMarkup(markup);
      MARKUP.put(markup, new WeakReference<>(html));
      return html;
    } catch (TemplateModelException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void report(
      @Nullable String template,
      int line,
      int column,
      @Nullable String message,
      @Nullable String fix) {
    Path file = folder.resolve(template == null ? "" : template);
    String text = message == null ? "the template is wrong" : message;
    int end = text.indexOf("\n\n");
    diagnostics.accept(
        Diagnostic.error(
            "template-error",
            new Location(
                file.toString(),
                Math.max(line, 0),
                line > 0 ? Math.max(column, 0) : 0,
                sourceLine(file, line)),
            (end < 0 ? text : text.substring(0, end)).strip().replaceAll("\\s*\\n\\s*", " "),
            null,
            fix));
  }

  private static @Nullable String sourceLine(Path file, int line) {
    try {
      return line < 1 ? null : Files.readAllLines(file).get(line - 1);
    } catch (IOException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
