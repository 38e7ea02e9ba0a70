package dev.shirube.cli;

import dev.shirube.model.KubernetesMinor;
import dev.shirube.testcluster.Command;
import dev.shirube.verify.schema.EnumValues;
import dev.shirube.verify.schema.Snapshot.Origin;
import dev.shirube.verify.schema.Snapshot;
import dev.shirube.verify.schema.SnapshotMaker;
import dev.shirube.verify.schema.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code shirube schema snapshot}: makes the snapshot of a Kubernetes version's API. */
@picocli.CommandLine.Command(
    name = "snapshot",
    description =
        "Make the snapshot of a Kubernetes version that manifests are checked against, of its"
            + " OpenAPI v3 documents: from its Go module, a folder, or an API server.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Those of Shirube itself are made from Go modules, whose documents know alpha",
      "versions too; those of an API server know what it serves.",
      "",
      "Examples, with DIR=src/main/resources/dev/shirube/verify/schema:",
      "  shirube schema snapshot --module 1.37 --into $DIR",
      "  shirube schema snapshot --from FOLDER --kubernetes 1.37.2 --into $DIR"
    })
final class SchemaSnapshotCommand implements Callable<Integer> {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MODULE = "k8s.io/kubernetes";

  /** Where the documents are. */
  static final class Source {
    @Option(
        names = "--module",
        paramLabel = "1.X",
        description = "the Go module of a version, or of the newest patch of a minor version")
    private @Nullable String module;

    @Option(
        names = "--from",
        paramLabel = "DIR",
        description = "a folder of *_openapi.json; needs --kubernetes")
    private @Nullable Path folder;

    @Option(
        names = "--kubeconfig",
        paramLabel = "FILE",
        description = "the API server of this kubeconfig's current context, asked by kubectl")
    private @Nullable Path kubeconfig;
  }

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--kubernetes",
      paramLabel = "1.X.Y",
      description = "with --from: the version that the documents are of")
  private @Nullable String kubernetes;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "DIR",
      description = "the folder that holds the snapshots, and minors.txt, their list")
  private Path into = Path.of("unset");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = Objects.requireNonNull(this.spec);
    Snapshot snapshot;
    if (source.module != null) {
      snapshot = ofModule(source.module);
    } else if (source.kubeconfig != null) {
      snapshot = ofServer(source.kubeconfig);
    } else {
      if (kubernetes == null || KubernetesMinor.parse(kubernetes).isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--from needs --kubernetes with a version such as 1.37.2");
      }
      snapshot =
          make(
              kubernetes,
              Origin.SOURCES,
              documents(Objects.requireNonNull(source.folder)),
              EnumValues.IN_DOCUMENTS);
    }
    Path file = Snapshots.write(snapshot, into);
    new Terminal(spec.commandLine().getErr())
        .line("wrote " + file + ", of Kubernetes " + snapshot.kubernetes());
    return ExitCode.OK;
  }

  private static Snapshot ofModule(String version) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("GOFLAGS", "-mod=mod");
    Command.Result result =
        Command.of("go", "mod", "download", "-json", MODULE + "@v" + version.replaceFirst("^v", ""))
            // Elsewhere a go.mod of whoever calls would have its say.
            .in(Path.of(System.getProperty("java.io.tmpdir")))
            .withEnvironment(environment)
            .result();
    JsonNode answer = json("go mod download", result);
    if (!result.ok() || !answer.has("Dir")) {
      throw new EnvironmentException(
          "Go has no module " + MODULE + " " + version + ": " + result.output().strip());
    }
    Path module = Path.of(answer.path("Dir").asString());
    return make(
        answer.path("Version").asString().substring(1),
        Origin.SOURCES,
        documents(module.resolve("api/openapi-spec/v3")),
        EnumValues.inGo(read(module.resolve(EnumValues.GO_FILE))));
  }

  private static Snapshot ofServer(Path kubeconfig) {
    JsonNode version = ask(kubeconfig, "/version");
    List<String> documents = new ArrayList<>();
    ask(kubeconfig, "/openapi/v3")
        .path("paths")
        .forEach(
            path ->
                documents.add(
                    ask(kubeconfig, path.path("serverRelativeURL").asString()).toString()));
    return make(
        version.path("gitVersion").asString().substring(1),
        Origin.SERVER,
        documents,
        EnumValues.IN_DOCUMENTS);
  }

  private static JsonNode ask(Path kubeconfig, String path) {
    Command.Result result =
        Command.of("kubectl", "--kubeconfig=" + kubeconfig, "get", "--raw", path).result();
    if (!result.ok()) {
      throw new EnvironmentException(
          "the API server did not answer for " + path + ": " + result.output().strip());
    }
    return json("the API server", result);
  }

  private static JsonNode json(String whose, Command.Result result) {
    try {
      return MAPPER.readTree(result.output());
    } catch (JacksonException e) {
      throw new EnvironmentException(
          "the answer of " + whose + " is no JSON: " + result.output().strip());
    }
  }

  private static Snapshot make(
      String kubernetes, Origin origin, List<String> documents, EnumValues enums) {
    try {
      return SnapshotMaker.make(kubernetes, origin, documents, enums);
    } catch (IllegalArgumentException | JacksonException e) {
      throw new EnvironmentException("these are no OpenAPI v3 documents: " + e.getMessage());
    }
  }

  private static List<String> documents(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("_openapi.json"))
          .sorted()
          .map(SchemaSnapshotCommand::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
