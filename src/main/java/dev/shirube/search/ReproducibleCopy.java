package dev.shirube.search;

import dev.shirube.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.StringHelper;

/**
 * Copies an index of one segment to disk so that the same documents give the same bytes.
 *
 * <p>Three things differ between two runs of Lucene's {@code IndexWriter}. Its files hold the
 * random id of their segment or commit, by which Lucene notices files that do not belong together;
 * here it is a hash of the segment's contents, which serves the same end. The segment's {@code .si}
 * file holds diagnostics (time, JVM, operating system), which nothing reads; here it is written
 * anew without them. And every file ends in a checksum, which follows from the rest.
 */
final class ReproducibleCopy {
  private static final byte[] NO_ID = new byte[StringHelper.ID_LENGTH];

  private final Directory source;

  ReproducibleCopy(Directory source) {
    this.source = source;
  }

  /** Replaces the index in a directory; other files there stay. */
  void to(Path directory) throws IOException {
    SegmentInfos original = SegmentInfos.readLatestCommit(source);
    SegmentInfo segment = onlySegment(original);
    SortedSet<String> names = new TreeSet<>(segment.files());
    names.removeIf(name -> name.endsWith(".si"));
    byte[] id = hash(names, segment.getId());
    Files.createDirectories(directory);
    deleteIndex(directory);
    try (Directory target = new NIOFSDirectory(directory);
        Directory commit = new ByteBuffersDirectory()) {
      for (String name : names) {
        write(target, name, contents(source, name, segment.getId(), id));
      }
      SegmentInfo plain =
          new SegmentInfo(
              target,
              segment.getVersion(),
              segment.getMinVersion(),
              segment.name,
              segment.maxDoc(),
              false,
              false,
              segment.getCodec(),
              Map.of(),
              id,
              segment.getAttributes(),
              null);
      plain.setFiles(names);
      segment.getCodec().segmentInfoFormat().write(commit, plain, IOContext.DEFAULT);
      SegmentInfos infos = new SegmentInfos(segment.getVersion().major);
      infos.add(new SegmentCommitInfo(plain, 0, 0, -1, -1, -1, id));
      infos.counter = original.counter;
      infos.commit(commit);
      // Lucene gives the commit its id while writing it, and tells it to readers only.
      byte[] commitId = SegmentInfos.readLatestCommit(commit).getId();
      for (String name : commit.listAll()) {
        write(target, name, contents(commit, name, commitId, id));
      }
    }
  }

  private static SegmentInfo onlySegment(SegmentInfos infos) {
    if (infos.size() != 1 || infos.info(0).hasDeletions()) {
      throw new IllegalStateException("expected one segment without deletions: " + infos);
    }
    return infos.info(0).info;
  }

  /**
   * A file without its footer and with another id. The id stands in the header, and in some files
   * once more; its sixteen random bytes are nothing else.
   */
  private static byte[] contents(Directory directory, String name, byte[] oldId, byte[] newId)
      throws IOException {
    try (IndexInput in = directory.openInput(name, IOContext.READONCE)) {
      byte[] bytes = new byte[Math.toIntExact(in.length()) - CodecUtil.footerLength()];
      in.readBytes(bytes, 0, bytes.length);
      for (int i = 0; i + oldId.length <= bytes.length; i++) {
        if (Arrays.equals(bytes, i, i + oldId.length, oldId, 0, oldId.length)) {
          System.arraycopy(newId, 0, bytes, i, newId.length);
        }
      }
      return bytes;
    }
  }

  private static void write(Directory target, String name, byte[] contents) throws IOException {
    try (IndexOutput out = target.createOutput(name, IOContext.DEFAULT)) {
      out.writeBytes(contents, contents.length);
      CodecUtil.writeFooter(out);
    }
  }

  private byte[] hash(SortedSet<String> names, byte[] id) throws IOException {
    MessageDigest digest = Sha256.digest();
    for (String name : names) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update(contents(source, name, id, NO_ID));
    }
    return Arrays.copyOf(digest.digest(), StringHelper.ID_LENGTH);
  }

  /** The commit first, so that a reader never sees one whose files are gone. */
  private static void deleteIndex(Path directory) throws IOException {
    for (String prefix : new String[] {"segments_", "_"}) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.sorted().toList()) {
          if (file.getFileName().toString().startsWith(prefix)) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
