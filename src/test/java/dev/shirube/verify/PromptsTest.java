package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PromptsTest {

  private static final Prompts CONFIGURE =
      Prompts.of(
          """
          AWS Access Key ID [None]: AKIAIOSFODNN7EXAMPLE
          Default region name [None]: ap-northeast-1
          saved
          """);

  @Test
  void whatStandsBehindTheColonIsTyped() {
    assertEquals("AKIAIOSFODNN7EXAMPLE\nap-northeast-1\n", CONFIGURE.answers());
  }

  @Test
  void theTranscriptIsWhatATerminalShows() {
    assertEquals(
        """
        AWS Access Key ID [None]: AKIAIOSFODNN7EXAMPLE
        Default region name [None]: ap-northeast-1
        saved
        """,
        CONFIGURE.transcript("AWS Access Key ID [None]: Default region name [None]: saved\n"));
  }

  @Test
  void aQuestionThatIsNotAskedIsNotAnswered() {
    assertEquals(
        "AWS Access Key ID [****]: Default region name [None]: ",
        CONFIGURE.transcript("AWS Access Key ID [****]: Default region name [None]: "));
    assertEquals("", CONFIGURE.transcript(""));
  }
}
