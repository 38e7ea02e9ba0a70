package dev.shirube.testcluster.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shirube.testcluster.ClusterException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerEngineTest {

  @Test
  void withoutTheCommandItSaysSo() {
    assertEquals(
        "k3s needs Docker, and there is no docker command\n  fix: install Docker, and start it",
        assertThrows(ClusterException.class, () -> DockerEngine.of(Optional.empty())).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///var/run/docker.sock, 127.0.0.1",
    "npipe:////./pipe/docker_engine, 127.0.0.1",
    "tcp://localhost:2375, 127.0.0.1",
    "tcp://docker:2376, docker",
    "ssh://me@build.example, build.example"
  })
  void portsAreReachedWhereTheEngineIs(String endpoint, String host) {
    assertEquals(host, DockerEngine.host(endpoint));
  }
}
