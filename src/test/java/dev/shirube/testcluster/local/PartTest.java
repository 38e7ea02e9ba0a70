package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shirube.testcluster.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {

  @Test
  void itsScriptHandsOverEveryCharacter() {
    Part part = new Part("echo", List.of("printf", "%s|", "a b", "it's", "$HOME", "*", "\\"));
    assertEquals("a b|it's|$HOME|*|\\|", Command.of("sh", "-c", part.script()).result().output());
  }
}
