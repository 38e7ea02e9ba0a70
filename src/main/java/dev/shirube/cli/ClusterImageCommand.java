package dev.shirube.cli;

import dev.shirube.testcluster.image.ImageMaker;
import dev.shirube.testcluster.image.ImageName;
import dev.shirube.testcluster.image.ImageOutcome;
import dev.shirube.testcluster.image.ImageStore;
import dev.shirube.testcluster.image.StoredImage;
import dev.shirube.testcluster.install.Binaries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shirube cluster image}: what the nodes of local clusters pull. */
@Command(
    name = "image",
    description = {
      "Put images into the store that the nodes of local clusters pull from.",
      "The real image where its registry can be reached; else one that its recipe makes here."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A recipe is a folder with image.json and a script that fills $ROOT; see verify/images.",
      "",
      "Examples:",
      "  shirube cluster image                  the images of all recipes; what is there stays",
      "  shirube cluster image nginx:1.29       one of them, or one that only a registry has",
      "  shirube cluster image --list           what is there, and what it is made of"
    })
final class ClusterImageCommand implements Callable<Integer> {

  @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "for example nginx:1.29")
  private List<String> images = List.of();

  @Option(
      names = "--recipes",
      paramLabel = "DIR",
      defaultValue = "${sys:shirube.home:-.}/verify/images",
      description = "the folder of recipes (default: verify/images)")
  private Path recipes = Path.of("verify/images");

  @Option(names = "--no-pull", description = "ask no registry")
  private boolean noPull;

  @Option(names = "--anew", description = "make also what is there already")
  private boolean anew;

  @Option(names = "--list", description = "only print what is there")
  private boolean list;

  @Mixin private BinariesOptions commands = new BinariesOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec spec = Objects.requireNonNull(this.spec);
    Binaries binaries =
        Binaries.of(commands.cache(), commands.definitions(), commands.kubernetes(spec));
    ImageStore store = new ImageStore(binaries.cache());
    if (list) {
      print(store.images(), spec.commandLine().getOut());
      return ExitCode.OK;
    }
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    List<ImageName> names = images.stream().map(ImageName::parse).toList();
    return make(
        binaries, new ImageMaker.Settings(recipes.normalize(), !noPull, anew), names, terminal);
  }

  /** The images of Shirube's own recipes, real ones first. */
  static ImageMaker.Settings usual() {
    Path home = Path.of(System.getProperty("shirube.home", "."));
    return new ImageMaker.Settings(home.resolve("verify/images").normalize(), true, false);
  }

  /**
   * Makes images and says what became of them.
   *
   * @param names all recipes where it is empty
   */
  static int make(
      Binaries binaries, ImageMaker.Settings settings, List<ImageName> names, Terminal terminal) {
    ImageMaker maker =
        new ImageMaker(
            new ImageStore(binaries.cache()), binaries, settings, what -> terminal.at(what, 0, 1));
    List<ImageOutcome> outcomes = names.isEmpty() ? maker.makeAll() : maker.make(names);
    boolean failed = false;
    for (ImageOutcome outcome : outcomes) {
      String name = outcome.name().familiar();
      if (outcome.image().isEmpty()) {
        failed = true;
        terminal.error("there is no image " + name + "\n  why: " + outcome.why());
      } else if (outcome.fresh()) {
        terminal.line("image " + name + ": " + outcome.image().get().description());
      }
    }
    if (!failed && outcomes.stream().noneMatch(ImageOutcome::fresh)) {
      terminal.line(
          outcomes.size() == 1
              ? "the image is there"
              : "all " + outcomes.size() + " images are there");
    }
    return failed ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }

  private static void print(List<StoredImage> images, PrintWriter out) {
    for (StoredImage image : images) {
      out.println(
          image.names().stream().map(ImageName::familiar).collect(Collectors.joining(", "))
              + "\t"
              + image.description()
              + "\t"
              + image.digest());
    }
  }
}
