package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives a test cluster to whoever asks for one, from wherever there is one. */
public final class ClusterProviders {

  /** A context is never among them: it may be somebody's. */
  private static final List<ProviderName> AUTO = List.of(ProviderName.LOCAL, ProviderName.K3S);

  private ClusterProviders() {}

  /** What there is in a run folder, from whichever provider. */
  public sealed interface Finding {

    /** A cluster that can be used. */
    record Up(TestCluster cluster, ProviderName provider) implements Finding {}

    /**
     * A cluster was there, but has died; what was left of it is gone now too.
     *
     * @param how what died, with its last log lines
     */
    record Died(String how) implements Finding {}

    /** No cluster. */
    record Down() implements Finding {}
  }

  /**
   * Opens the cluster that answers a request; {@code auto} takes the first provider that can, and
   * tells why the ones before it were passed over.
   *
   * @param progress hears of each step once it is done
   * @throws ClusterException where the provider that was named cannot give one
   */
  public static ClusterChoice open(ClusterRequest request, Consumer<String> progress) {
    return switch (request.provider().kind()) {
      case NONE -> new ClusterChoice(ProviderName.NONE, Optional.empty(), false, List.of());
      case AUTO -> firstThatWorks(request, progress);
      case LOCAL, K3S, CONTEXT -> open(request.provider(), request, progress, List.of());
    };
  }

  private static ClusterChoice firstThatWorks(ClusterRequest request, Consumer<String> progress) {
    List<PassedOver> passedOver = new ArrayList<>();
    for (ProviderName provider : AUTO) {
      try {
        return open(provider, request, progress, passedOver);
      } catch (ClusterException | UncheckedIOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        passedOver.add(new PassedOver(provider, String.valueOf(e.getMessage())));
      }
    }
    return new ClusterChoice(ProviderName.NONE, Optional.empty(), false, passedOver);
  }

  private static ClusterChoice open(
      ProviderName provider,
      ClusterRequest request,
      Consumer<String> progress,
      List<PassedOver> passedOver) {
    ClusterProvider.Opened opened = provider(provider).open(request, progress);
    return new ClusterChoice(provider, Optional.of(opened.cluster()), opened.found(), passedOver);
  }

  private static ClusterProvider provider(ProviderName name) {
    return switch (name.kind()) {
      case LOCAL -> new LocalProvider();
      case K3S -> new K3sProvider();
      case CONTEXT -> new ContextProvider(name.context());
      case AUTO, NONE -> throw new IllegalArgumentException(name + " gives no cluster");
    };
  }

  /**
   * Looks for a cluster; ends one that Shirube started and that is not whole.
   *
   * @throws ClusterException where it cannot be told, as no one answers
   */
  public static Finding find(RunFolder run) {
    Optional<Attachment> attachment = Attachment.read(run);
    if (attachment.isPresent()) {
      return attachment.get().find(run);
    }
    return switch (LocalCluster.find(run)) {
      case LocalCluster.Finding.Up up -> new Finding.Up(up.cluster(), ProviderName.LOCAL);
      case LocalCluster.Finding.Died died -> new Finding.Died(died.how());
      case LocalCluster.Finding.Down down -> new Finding.Down();
    };
  }

  /**
   * Ends the cluster of a run folder where Shirube started it, and lets go of one that it did not
   * start; a cluster that does not answer is no hindrance.
   *
   * @return whose cluster it was; empty where none was there
   */
  public static Optional<ProviderName> end(RunFolder run) {
    Optional<Attachment> attachment = Attachment.read(run);
    if (attachment.isPresent()) {
      attachment.get().end(run);
      return Optional.of(attachment.get().provider());
    }
    if (LocalCluster.find(run) instanceof LocalCluster.Finding.Up up) {
      up.cluster().close();
      return Optional.of(ProviderName.LOCAL);
    }
    return Optional.empty();
  }
}
