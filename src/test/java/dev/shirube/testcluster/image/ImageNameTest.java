package dev.shirube.testcluster.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shirube.testcluster.ClusterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx:latest, nginx:latest",
    "nginx:1.29, docker.io/library/nginx:1.29, nginx:1.29",
    "flyway/flyway:11.14.1, docker.io/flyway/flyway:11.14.1, flyway/flyway:11.14.1",
    "docker.io/nginx:1.29, docker.io/library/nginx:1.29, nginx:1.29",
    "localhost/web:1, localhost/web:1, localhost/web:1",
    "127.0.0.1:5000/a/b_c:1.0-rc.1, 127.0.0.1:5000/a/b_c:1.0-rc.1, 127.0.0.1:5000/a/b_c:1.0-rc.1",
    "registry.k8s.io/pause:3.10.2, registry.k8s.io/pause:3.10.2, registry.k8s.io/pause:3.10.2",
  })
  void whatIsLeftOutIsFilledIn(String written, String whole, String familiar) {
    ImageName name = ImageName.parse(written);
    assertEquals(whole, name.toString());
    assertEquals(familiar, name.familiar());
    assertEquals(name, ImageName.parse(whole));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Nginx",
        "nginx:",
        "nginx:a b",
        "nginx@sha256:0123",
        "registry.example.com/",
        "../nginx:1",
        "docker.io/../../etc:1",
        "-q"
      })
  void whatIsNoNameIsRefused(String written) {
    assertThrows(ClusterException.class, () -> ImageName.parse(written));
  }

  @Test
  void theRefusalSaysHowNamesAreWritten() {
    ClusterException refused =
        assertThrows(ClusterException.class, () -> ImageName.parse("Nginx:1.29"));
    assertEquals(
        """
        "Nginx:1.29" is no name of an image
          why: it has a registry, a repository in lower case and a tag, no digest
          fix: write it like nginx:1.29 or registry.example.com/team/web:1.0\
        """,
        refused.getMessage());
  }
}
