export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The smallest value that so many of a hundred do not exceed. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1];
}

/** Kilobytes of 1024 bytes; a dash where there is no number. */
export const kilobytes = (bytes) => (bytes === undefined ? "–" : (bytes / 1024).toFixed(1));

/** A table in Markdown; all columns but the first and the second are numbers. */
export function table(head, rows, textColumns = 2) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column < textColumns ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("\n");
}
