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

  @Test
  void aPartThatNeedsAnotherWaitsForItsFile() {
    assertEquals(
        "until [ -e '/run/a socket' ]; do sleep 0.05; done\nexec 'bin/kubelet'\n",
        new Part("kubelet", "kubelet").after("/run/a socket").script());
  }
}
