package dev.shirube.html;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.swing.text.Segment;
import org.fife.ui.rsyntaxtextarea.Token;
import org.fife.ui.rsyntaxtextarea.TokenMaker;
import org.fife.ui.rsyntaxtextarea.TokenTypes;
import org.fife.ui.rsyntaxtextarea.modes.DockerTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.GoTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.IniTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.JavaTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.JsonTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PropertiesFileTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PythonTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.SQLTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.UnixShellTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.XMLTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.YamlTokenMaker;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Colours code at build time, with the lexers of RSyntaxTextArea. Elements inside the code, such as
 * callout numbers, stay where they are.
 */
final class CodeHighlighter {

  private static final Map<String, Supplier<TokenMaker>> LEXERS =
      Map.ofEntries(
          Map.entry("json", JsonTokenMaker::new),
          Map.entry("sql", SQLTokenMaker::new),
          Map.entry("ini", IniTokenMaker::new),
          Map.entry("toml", IniTokenMaker::new),
          Map.entry("properties", PropertiesFileTokenMaker::new),
          Map.entry("bash", UnixShellTokenMaker::new),
          Map.entry("sh", UnixShellTokenMaker::new),
          Map.entry("shell", UnixShellTokenMaker::new),
          Map.entry("xml", XMLTokenMaker::new),
          Map.entry("html", XMLTokenMaker::new),
          Map.entry("java", JavaTokenMaker::new),
          Map.entry("python", PythonTokenMaker::new),
          Map.entry("go", GoTokenMaker::new),
          Map.entry("dockerfile", DockerTokenMaker::new));

  private static final Pattern YAML_KEY =
      Pattern.compile("^((?: |- )*)([\\w./-]+|\"[^\"]*\"|'[^']*')(?=:(?: |$))");

  /** The classes of tokens, by their number in {@link TokenTypes}; null where they are plain. */
  private static final @Nullable String[] CLASSES = classes();

  private CodeHighlighter() {}

  static void highlight(Element body) {
    for (Element code : body.select("pre > code[data-lang]")) {
      String language = code.attr("data-lang");
      if (language.equals("console")) {
        console(code);
      } else if (language.equals("yaml") || language.equals("yml")) {
        yaml(code);
      } else {
        Supplier<TokenMaker> lexer = LEXERS.get(language);
        if (lexer != null) {
          rewrite(code, lines(lexer.get()));
        }
      }
    }
  }

  /** A terminal session: {@code $ } and a command, then what it printed. */
  private static void console(Element code) {
    TokenMaker shell = new UnixShellTokenMaker();
    boolean[] continued = {false};
    rewrite(
        code,
        (line, sink) -> {
          boolean prompt = line.startsWith("$ ");
          if (!prompt && !continued[0]) {
            sink.token(line, line.isEmpty() ? null : "tok-output");
            return;
          }
          if (prompt) {
            sink.token("$ ", "tok-prompt");
          }
          lines(shell).line(line.substring(prompt ? 2 : 0), sink);
          continued[0] = line.endsWith("\\");
        });
  }

  /** The lexer for YAML knows strings and comments, but no keys. */
  private static void yaml(Element code) {
    Lexer rest = lines(new YamlTokenMaker());
    rewrite(
        code,
        (line, sink) -> {
          Matcher key = YAML_KEY.matcher(line);
          if (!key.find()) {
            rest.line(line, sink);
            return;
          }
          if (!key.group(1).isEmpty()) {
            sink.token(key.group(1), null);
          }
          sink.token(key.group(2), "tok-key");
          if (key.end() < line.length()) {
            rest.line(line.substring(key.end()), sink);
          }
        });
  }

  private interface Lexer {
    void line(String line, Sink sink);
  }

  private interface Sink {
    void token(String text, @Nullable String cssClass);
  }

  /** A lexer that carries its state, such as an open string, from line to line. */
  private static Lexer lines(TokenMaker maker) {
    int[] state = {TokenTypes.NULL};
    return (line, sink) -> {
      char[] chars = line.toCharArray();
      Token token = maker.getTokenList(new Segment(chars, 0, chars.length), state[0], 0);
      int painted = 0;
      for (; token != null && token.isPaintable(); token = token.getNextToken()) {
        sink.token(token.getLexeme(), CLASSES[token.getType()]);
        painted += token.length();
      }
      if (painted < line.length()) {
        sink.token(line.substring(painted), null);
      }
      Segment whole = new Segment(chars, 0, chars.length);
      state[0] = Math.max(maker.getLastTokenTypeOnLine(whole, state[0]), TokenTypes.NULL);
    };
  }

  private static void rewrite(Element code, Lexer lexer) {
    Element result = new Element("code");
    StringBuilder text = new StringBuilder();
    // Lexers see whole lines; the elements within are put back at their offsets afterwards.
    java.util.TreeMap<Integer, Node> elements = new java.util.TreeMap<>();
    for (Node child : code.childNodesCopy()) {
      if (child instanceof TextNode textNode) {
        text.append(textNode.getWholeText());
      } else if (child instanceof Element element && !element.hasClass("conum")) {
        text.append(element.wholeText());
      } else {
        elements.merge(text.length(), child, CodeHighlighter::together);
      }
    }
    int[] offset = {0};
    Sink sink =
        (token, cssClass) -> {
          int start = offset[0];
          int end = start + token.length();
          int from = start;
          for (var inside : elements.subMap(start, end).entrySet()) {
            append(result, text.substring(from, inside.getKey()), cssClass);
            result.appendChild(inside.getValue());
            from = inside.getKey();
          }
          elements.subMap(start, end).clear();
          append(result, text.substring(from, end), cssClass);
          offset[0] = end;
        };
    String[] lines = text.toString().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isEmpty()) {
        lexer.line(lines[i], sink);
      }
      if (i < lines.length - 1) {
        sink.token("\n", null);
      }
    }
    elements.values().forEach(result::appendChild);
    code.empty().appendChildren(result.childNodesCopy());
  }

  private static Node together(Node first, Node second) {
    return new Element("span").appendChild(first).appendChild(second);
  }

  private static void append(Element parent, String text, @Nullable String cssClass) {
    if (text.isEmpty()) {
      return;
    }
    if (cssClass == null || text.isBlank()) {
      parent.appendText(text);
    } else {
      parent.appendElement("span").addClass(cssClass).text(text);
    }
  }

  private static @Nullable String[] classes() {
    @Nullable String[] classes = new @Nullable String[TokenTypes.DEFAULT_NUM_TOKEN_TYPES];
    for (int type = TokenTypes.COMMENT_EOL; type <= TokenTypes.COMMENT_MARKUP; type++) {
      classes[type] = "tok-comment";
    }
    classes[TokenTypes.MARKUP_COMMENT] = "tok-comment";
    classes[TokenTypes.RESERVED_WORD] = "tok-keyword";
    classes[TokenTypes.RESERVED_WORD_2] = "tok-key";
    classes[TokenTypes.FUNCTION] = "tok-function";
    classes[TokenTypes.LITERAL_BOOLEAN] = "tok-keyword";
    classes[TokenTypes.LITERAL_NUMBER_DECIMAL_INT] = "tok-number";
    classes[TokenTypes.LITERAL_NUMBER_FLOAT] = "tok-number";
    classes[TokenTypes.LITERAL_NUMBER_HEXADECIMAL] = "tok-number";
    classes[TokenTypes.LITERAL_STRING_DOUBLE_QUOTE] = "tok-string";
    classes[TokenTypes.LITERAL_CHAR] = "tok-string";
    classes[TokenTypes.LITERAL_BACKQUOTE] = "tok-string";
    classes[TokenTypes.DATA_TYPE] = "tok-type";
    classes[TokenTypes.VARIABLE] = "tok-variable";
    classes[TokenTypes.PREPROCESSOR] = "tok-preprocessor";
    classes[TokenTypes.ANNOTATION] = "tok-preprocessor";
    classes[TokenTypes.MARKUP_TAG_NAME] = "tok-key";
    classes[TokenTypes.MARKUP_TAG_ATTRIBUTE] = "tok-variable";
    classes[TokenTypes.MARKUP_TAG_ATTRIBUTE_VALUE] = "tok-string";
    classes[TokenTypes.OPERATOR] = "tok-operator";
    return classes;
  }
}
