package dev.shirube.verify;

import dev.shirube.model.SnippetResult;
import dev.shirube.verify.grammar.Snippet;

/** Hears of the snippets of a run while it goes on; of several scenarios at once, from threads. */
public interface SnippetListener {

  /** Nobody listens. */
  SnippetListener NONE =
      new SnippetListener() {
        @Override
        public void begins(Snippet snippet) {}

        @Override
        public void ended(Snippet snippet, SnippetResult result, String shown) {}
      };

  /** A snippet is tried now. */
  void begins(Snippet snippet);

  /**
   * A snippet was tried.
   *
   * @param shown its commands with what they printed, as a terminal would show them; secrets are
   *     redacted; empty for a manifest
   */
  void ended(Snippet snippet, SnippetResult result, String shown);
}
