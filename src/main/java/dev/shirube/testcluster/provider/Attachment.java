package dev.shirube.testcluster.provider;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.local.RunFolder;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a run folder knows of a cluster that is not made of this machine's processes: {@code
 * provider.properties}.
 *
 * @param container the name of the container of k3s; empty for a context
 */
record Attachment(ProviderName provider, String container) {

  private static final String PROVIDER = "provider";
  private static final String CONTAINER = "container";

  static Optional<Attachment> read(RunFolder run) {
    Path file = run.attachment();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new Attachment(
              ProviderName.parse(properties.getProperty(PROVIDER, "")),
              properties.getProperty(CONTAINER, "")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new ClusterException(file + " does not say whose cluster it is; remove it", e);
    }
  }

  /** Writes it; the run folder is {@link RunFolder#locked}. */
  void write(RunFolder run) {
    Properties properties = new Properties();
    properties.setProperty(PROVIDER, provider.toString());
    properties.setProperty(CONTAINER, container);
    try (Writer writer = Files.newBufferedWriter(run.attachment())) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + run.attachment() + ": " + e, e);
    }
  }

  ClusterProviders.Finding find(RunFolder run) {
    return switch (provider.kind()) {
      case K3S -> K3sCluster.find(run, container);
      case CONTEXT -> new ClusterProviders.Finding.Up(ContextCluster.find(run), provider);
      case AUTO, LOCAL, NONE -> throw strange(run);
    };
  }

  void end(RunFolder run) {
    switch (provider.kind()) {
      case K3S -> K3sCluster.remove(run, container);
      case CONTEXT -> run.forget();
      case AUTO, LOCAL, NONE -> throw strange(run);
    }
  }

  private ClusterException strange(RunFolder run) {
    return new ClusterException(run.attachment() + " names " + provider + "; remove it");
  }
}
