package dev.shirube.report;

import dev.shirube.model.Location;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * One pass over the tokens of a JSON file, which know their places; what is not expected is wrong.
 */
final class StrictJson implements AutoCloseable {

  private final SourceFile source;
  private final JsonParser json;

  StrictJson(SourceFile source) {
    this.source = source;
    json =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(source.text());
  }

  @Override
  public void close() {
    json.close();
  }

  /** Reads a value; the parser stands at its first token. */
  interface ValueReader {
    void read() throws Broken;
  }

  /** Reads the value of a field of that name; the parser stands at its first token. */
  interface FieldReader {
    void read(String name) throws Broken;
  }

  /** The file is not as expected. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Location location;
    private final String what;

    Broken(Location location, String what) {
      super(what);
      this.location = location;
      this.what = what;
    }

    Location location() {
      return location;
    }

    String what() {
      return what;
    }
  }

  /**
   * Reads the whole file.
   *
   * @param value the only one of the file
   */
  void file(ValueReader value) throws Broken {
    try {
      next();
      value.read();
      if (next() != null) {
        throw new Broken(here(), "more after the end of the file");
      }
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new Broken(
          at == null ? source.location() : source.location(at.getLineNr(), at.getColumnNr()),
          "no valid JSON: " + Texts.oneLine(e.getOriginalMessage()));
    }
  }

  /**
   * Reads an object whose fields are known.
   *
   * @param required the fields that it must have
   */
  void object(Map<String, ValueReader> readers, List<String> required) throws Broken {
    Location start = here();
    Set<String> seen = new HashSet<>();
    fields(
        name -> {
          ValueReader reader = readers.get(name);
          if (reader == null) {
            String near =
                Suggestion.nearest(name, readers.keySet())
                    .map(right -> "; did you mean \"" + right + "\"?")
                    .orElse("");
            throw new Broken(here(), "unknown field \"" + Texts.oneLine(name) + "\"" + near);
          }
          reader.read();
          seen.add(name);
        });
    for (String name : required) {
      if (!seen.contains(name)) {
        throw new Broken(start, "no field \"" + name + "\"");
      }
    }
  }

  /** Reads an object whose fields have names of their own. */
  void fields(FieldReader reader) throws Broken {
    expect(JsonToken.START_OBJECT, "an object");
    while (next() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      next();
      reader.read(name);
    }
  }

  /** Reads the elements of an array. */
  void array(ValueReader element) throws Broken {
    expect(JsonToken.START_ARRAY, "an array");
    while (next() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  List<String> strings() throws Broken {
    List<String> strings = new ArrayList<>();
    array(() -> strings.add(string()));
    return strings;
  }

  String string() throws Broken {
    expect(JsonToken.VALUE_STRING, "a string");
    return json.getString();
  }

  long number() throws Broken {
    expect(JsonToken.VALUE_NUMBER_INT, "a number");
    return json.getLongValue();
  }

  /** That the value is not what it should be. */
  Broken notA(String what) {
    return new Broken(here(), "not " + what);
  }

  /** Where the parser stands. */
  Location here() {
    TokenStreamLocation at = json.currentTokenLocation();
    return source.location(at.getLineNr(), at.getColumnNr());
  }

  private JsonToken next() {
    return json.nextToken();
  }

  private void expect(JsonToken token, String what) throws Broken {
    if (json.currentToken() != token) {
      throw notA(what);
    }
  }
}
