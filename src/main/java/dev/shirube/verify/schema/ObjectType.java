package dev.shirube.verify.schema;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A type of Kubernetes' API, such as {@code io.k8s.api.core.v1.Container}.
 *
 * @param name as the OpenAPI document has it
 * @param fields by their names
 */
record ObjectType(String name, SortedMap<String, Field> fields) {

  /** One of its fields. */
  record Field(Shape shape, boolean required) {}

  ObjectType {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** The last part of its name, such as {@code Container}: what people call it. */
  String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
