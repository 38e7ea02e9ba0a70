package dev.shirube.model;

import java.util.List;
import java.util.Map;

/**
 * A listing of a page: code, a manifest, a terminal session.
 *
 * @param id the block's own, else made from its number on the page
 * @param language as the writer named it, e.g. {@code yaml}; may be empty
 * @param roles e.g. {@code cause}
 * @param attributes the named attributes of the block, and its options as {@code NAME-option}
 * @param lines as the reader copies them, without callouts
 * @param locations where each line was written, which may be an included file; the place of the
 *     block where that is not known
 * @param attributeLocation the line of the block's attributes; of the block itself where it has
 *     none
 * @param includes the content paths of the files that lines came from
 */
public record CodeBlock(
    String id,
    String language,
    List<String> roles,
    Map<String, String> attributes,
    List<String> lines,
    List<Location> locations,
    Location attributeLocation,
    List<String> includes) {

  public CodeBlock {
    roles = List.copyOf(roles);
    attributes = Map.copyOf(attributes);
    lines = List.copyOf(lines);
    locations = List.copyOf(locations);
    includes = List.copyOf(includes);
    if (lines.size() != locations.size()) {
      throw new IllegalArgumentException("each line has one location");
    }
  }

  /** The lines, each with its line break. */
  public String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Where the block begins: its first line, else its attributes. */
  public Location location() {
    return locations.isEmpty() ? attributeLocation : locations.getFirst();
  }

  /** Where a line was written; where the block begins for a line that it does not have. */
  public Location location(int line) {
    return line >= 1 && line <= locations.size() ? locations.get(line - 1) : location();
  }
}
