package dev.shirube.verify.schema;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a value of a manifest may be. */
sealed interface Shape {

  /** A value without parts. */
  enum Scalar implements Shape {
    STRING("string"),
    INT32("int32"),
    INT64("int64"),
    NUMBER("number"),
    BOOLEAN("boolean"),
    TIME("time"),
    BYTES("bytes"),
    INT_OR_STRING("int-or-string"),
    QUANTITY("quantity"),
    /** Anything at all, for example the default of a custom resource's field. */
    ANY("any"),
    /** A mapping with whatever keys, for example a whole resource within another. */
    OBJECT("object");

    private final String word;

    Scalar(String word) {
      this.word = word;
    }

    /** Its name in a snapshot. */
    String word() {
      return word;
    }

    /** Null where no scalar is called so. */
    static @Nullable Scalar of(String word) {
      for (Scalar scalar : values()) {
        if (scalar.word.equals(word)) {
          return scalar;
        }
      }
      return null;
    }

    @Override
    public String toString() {
      return word.toLowerCase(Locale.ROOT);
    }
  }

  /** A string out of a few. */
  record OneOf(List<String> values) implements Shape {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /**
   * A list.
   *
   * @param keys the fields that tell its items apart, which no two items may share; empty where
   *     items may be alike
   */
  record ListOf(Shape item, List<ItemKey> keys) implements Shape {
    public ListOf {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A field that tells an item of a list from its neighbours.
   *
   * @param fallback what the server takes where the item has no such field; null where it must have
   */
  record ItemKey(String field, @Nullable String fallback) {}

  /** A mapping from names that the writer chooses. */
  record MapOf(Shape value) implements Shape {}

  /** A mapping with the fields of an {@link ObjectType}. */
  record Ref(String type) implements Shape {}
}
