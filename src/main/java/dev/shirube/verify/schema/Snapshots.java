package dev.shirube.verify.schema;

import dev.shirube.model.KubernetesMinor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The snapshots that Shirube brings along, each read when it is first asked for. */
public final class Snapshots {

  /** Where the sources of Shirube keep them. */
  public static final Path SOURCE_FOLDER = Path.of("src/main/resources/dev/shirube/verify/schema");

  private static final String LIST = "minors.txt";
  private static final ConcurrentHashMap<KubernetesMinor, Snapshot> READ =
      new ConcurrentHashMap<>();

  private Snapshots() {}

  /** The minor versions that there is a snapshot of, oldest first. */
  public static List<KubernetesMinor> minors() {
    return Listed.MINORS;
  }

  /** The snapshot of a minor version; empty where there is none. */
  public static Optional<Snapshot> of(KubernetesMinor minor) {
    if (!minors().contains(minor)) {
      return Optional.empty();
    }
    return Optional.of(READ.computeIfAbsent(minor, Snapshots::read));
  }

  /** Writes a snapshot into the folder that holds them all; returns its file. */
  public static Path write(Snapshot snapshot, Path folder) {
    Path file = folder.resolve(fileName(snapshot.minor()));
    Path list = folder.resolve(LIST);
    try {
      Files.createDirectories(folder);
      try (OutputStream out = new SmallGzip(Files.newOutputStream(file))) {
        out.write(SnapshotFormat.write(snapshot).getBytes(StandardCharsets.UTF_8));
      }
      TreeSet<KubernetesMinor> minors = new TreeSet<>();
      if (Files.exists(list)) {
        minors.addAll(parse(Files.readString(list)));
      }
      minors.add(snapshot.minor());
      StringBuilder text = new StringBuilder();
      minors.forEach(minor -> text.append(minor).append('\n'));
      Files.writeString(list, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return file;
  }

  private static String fileName(KubernetesMinor minor) {
    return "kubernetes-" + minor + ".txt.gz";
  }

  private static Snapshot read(KubernetesMinor minor) {
    try (InputStream in = new GZIPInputStream(resource(fileName(minor)), 1 << 15)) {
      return SnapshotFormat.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + fileName(minor) + ": " + e.getMessage(), e);
    }
  }

  private static List<KubernetesMinor> parse(String list) {
    return list.lines().map(KubernetesMinor::parse).flatMap(Optional::stream).sorted().toList();
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Snapshots.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("it is not in Shirube's jar");
    }
    return in;
  }

  private static final class Listed {
    static final List<KubernetesMinor> MINORS = read();

    private static List<KubernetesMinor> read() {
      try (InputStream in = resource(LIST)) {
        return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + LIST + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class SmallGzip extends GZIPOutputStream {
    SmallGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
