package dev.shirube.verify.shell;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a page has set so far, and which of it programs see. */
final class Variables {
  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> exported = new TreeSet<>();

  Variables copy() {
    Variables copy = new Variables();
    copy.values.putAll(values);
    copy.exported.addAll(exported);
    return copy;
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  void export(String name) {
    exported.add(name);
  }

  void unset(String name) {
    values.remove(name);
    exported.remove(name);
  }

  /** Empty where it is not set, as in a shell. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  Set<String> names() {
    return new TreeSet<>(values.keySet());
  }

  /** What a program gets. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (String name : exported) {
      if (values.containsKey(name)) {
        environment.put(name, get(name));
      }
    }
    return environment;
  }
}
