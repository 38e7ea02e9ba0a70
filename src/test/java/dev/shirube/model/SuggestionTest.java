package dev.shirube.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  @Test
  void theNearestNameIsSuggested() {
    assertEquals(
        Optional.of("port-forward"),
        Suggestion.nearest("port-forwrad", List.of("setup", "port-forward", "port-mapping")));
  }

  @Test
  void nothingIsSuggestedThatIsFarOff() {
    assertEquals(Optional.empty(), Suggestion.nearest("secret", List.of("node", "pod")));
  }
}
