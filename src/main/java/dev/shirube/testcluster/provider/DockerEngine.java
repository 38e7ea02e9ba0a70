package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Docker engine, asked through the {@code docker} command, which knows the user's contexts,
 * registries and their passwords.
 */
final class DockerEngine {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration PULL = Duration.ofMinutes(10);
  private static final String LOOPBACK = "127.0.0.1";

  private final String docker;
  private final String host;

  private DockerEngine(String docker, String host) {
    this.docker = docker;
    this.host = host;
  }

  /**
   * The engine behind a command.
   *
   * @param docker the command, where there is one
   * @throws ClusterException where no engine answers
   */
  static DockerEngine of(Optional<Path> docker) {
    String command =
        docker
            .map(Path::toString)
            .orElseThrow(
                () ->
                    new ClusterException(
                        "k3s needs Docker, and there is no docker command"
                            + "\n  fix: install Docker, and start it"));
    Command.Result answer =
        Command.of(command, "version", "--format", "{{.Server.Version}}").within(SOON).result();
    if (!answer.ok()) {
      throw new ClusterException(
          "k3s needs Docker, and no engine answers: "
              + answer.lines().stream()
                  .filter(line -> !line.isBlank())
                  .reduce((first, last) -> last)
                  .orElse("docker said nothing within " + SOON.toSeconds() + " s")
              + "\n  fix: start it, or point DOCKER_HOST or \"docker context use\" at another");
    }
    Command.Result endpoint =
        Command.of(command, "context", "inspect", "--format", "{{.Endpoints.docker.Host}}")
            .within(SOON)
            .result();
    return new DockerEngine(command, endpoint.ok() ? host(endpoint.output().strip()) : LOOPBACK);
  }

  /** Where the ports that an engine publishes are reached. */
  static String host(String endpoint) {
    String host = endpoint.matches("(tcp|ssh)://.*") ? URI.create(endpoint).getHost() : null;
    return host == null || host.equals("localhost") ? LOOPBACK : host;
  }

  /** Where the ports that it publishes are reached. */
  String host() {
    return host;
  }

  /** The address at which it publishes: a port is for this machine alone wherever that works. */
  String publishAddress() {
    return host.equals(LOOPBACK) ? LOOPBACK : "0.0.0.0";
  }

  Command.Result docker(String... words) {
    return docker(List.of(words));
  }

  Command.Result docker(List<String> words) {
    return command(words).within(Duration.ofMinutes(1)).result();
  }

  /** What docker says, which must succeed. */
  String answer(List<String> words) {
    Command.Result result = docker(words);
    if (!result.ok()) {
      throw new ClusterException(
          "\"docker " + String.join(" ", words) + "\" failed: " + result.output().strip());
    }
    return result.output().strip();
  }

  /** Gets an image that is not there yet. */
  void requireImage(String image, Consumer<String> progress) {
    if (docker("image", "inspect", image).ok()) {
      return;
    }
    Command.Result result = command(List.of("pull", "--quiet", image)).within(PULL).result();
    if (!result.ok()) {
      throw new ClusterException(
          "the image " + image + " cannot be had: " + result.output().strip());
    }
    progress.accept("image " + image + " pulled");
  }

  private Command command(List<String> words) {
    return Command.of(Stream.concat(Stream.of(docker), words.stream()).toList());
  }
}
