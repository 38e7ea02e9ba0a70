package dev.shirube.testcluster.install;

import dev.shirube.model.Sha256;
import dev.shirube.testcluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The middle way to a command, between the machine's own and a build: its project's release. What
 * does not agree with its published SHA-256 is refused.
 */
final class OfficialDownloads implements AutoCloseable {

  private final DownloadSource source;
  private final Machine machine;
  private final boolean goWillDo;
  private final InstallSteps steps;
  private final Downloader downloader = new Downloader();

  /** Why nothing at all was downloaded. */
  private final Set<String> reasonsForAll = new LinkedHashSet<>();

  /** Why a command was not downloaded. */
  private final Map<String, String> reasonByCommand = new LinkedHashMap<>();

  private final Set<String> noted = new LinkedHashSet<>();

  /**
   * @param goWillDo whether what is passed over will be built instead
   */
  OfficialDownloads(DownloadSource source, Machine machine, boolean goWillDo, InstallSteps steps) {
    this.source = source;
    this.machine = machine;
    this.goWillDo = goWillDo;
    this.steps = steps;
  }

  /**
   * Writes a version's module, where the releases can be asked.
   *
   * @return whether it is there now
   */
  boolean define(String kubernetes, ModuleWriter writer) throws IOException {
    if (architecture().isEmpty()) {
      return false;
    }
    try {
      writer.byDownload(kubernetes, source, downloader);
      return true;
    } catch (DownloadException e) {
      reasonsForAll.add(note(e.getMessage()));
      return false;
    }
  }

  /**
   * Downloads commands and puts them in their places.
   *
   * @return where each came from; what could not be downloaded is not in it
   */
  Map<String, URI> install(List<Binaries.Missing> missing) throws IOException {
    Map<OfficialRelease, List<Binaries.Missing>> releases = releases(missing);
    Map<String, URI> installed = new LinkedHashMap<>();
    int number = 0;
    for (Map.Entry<OfficialRelease, List<Binaries.Missing>> release : releases.entrySet()) {
      List<Binaries.Missing> tools = release.getValue();
      number++;
      try {
        downloader.requireReachable(source.address(release.getKey().checksums()));
        steps.at("downloading " + commands(tools), number, releases.size());
        installed.putAll(fetch(release.getKey(), tools));
      } catch (DownloadException e) {
        String reason = note(e.getMessage());
        tools.forEach(tool -> reasonByCommand.putIfAbsent(tool.tool().command(), reason));
      }
    }
    return installed;
  }

  /** Some releases have several commands. */
  private Map<OfficialRelease, List<Binaries.Missing>> releases(List<Binaries.Missing> missing) {
    Map<OfficialRelease, List<Binaries.Missing>> releases = new LinkedHashMap<>();
    Optional<String> architecture = missing.isEmpty() ? Optional.empty() : architecture();
    if (architecture.isEmpty()) {
      return releases;
    }
    for (Binaries.Missing each : missing) {
      OfficialRelease.of(each.tool(), architecture.get())
          .ifPresentOrElse(
              release -> releases.computeIfAbsent(release, key -> new ArrayList<>()).add(each),
              () -> reasonByCommand.put(each.tool().command(), noRelease(each.tool())));
    }
    return releases;
  }

  private static String noRelease(Tool tool) {
    return "there is no official download of " + tool.command();
  }

  /** What releases call this machine's processor; empty where nothing is to be downloaded. */
  private Optional<String> architecture() {
    if (!source.allowed()) {
      reasonsForAll.add("downloads are switched off by --no-download");
      return Optional.empty();
    }
    if (published().isEmpty()) {
      reasonsForAll.add(
          note(
              "official downloads are for Linux on amd64 and arm64, not for "
                  + machine.system()
                  + " on "
                  + machine.processor()));
    }
    return published();
  }

  private Optional<String> published() {
    return machine.isLinux() ? OfficialRelease.architecture(machine.processor()) : Optional.empty();
  }

  private Map<String, URI> fetch(OfficialRelease release, List<Binaries.Missing> tools)
      throws IOException {
    URI address = source.address(release.file());
    String expected = expected(release, address);
    Path folder = Files.createDirectories(Workbench.place(tools.getFirst().set(), "release"));
    try {
      Path file = folder.resolve(release.name());
      downloader.file(address, file, steps::tick);
      check(file, expected, address);
      if (release.archiveFolder().isPresent()) {
        unpack(file, address);
      }
      Map<String, URI> installed = new LinkedHashMap<>();
      for (Binaries.Missing each : tools) {
        String command = each.tool().command();
        Path fresh = release.archiveFolder().map(in -> folder.resolve(in + command)).orElse(file);
        Optional<String> objection = objection(each.tool(), fresh, address);
        if (objection.isPresent()) {
          reasonByCommand.put(command, note(objection.get()));
        } else {
          each.set().inventory().put(command, fresh, address.toString());
          installed.put(command, address);
        }
      }
      return installed;
    } finally {
      Workbench.delete(folder); // Go would not build over what was refused
    }
  }

  private static void check(Path file, String expected, URI address) throws IOException {
    String got = Sha256.of(file);
    if (!got.equals(expected)) {
      throw new DownloadException(
          address
              + " is refused, its SHA-256 is not the published one"
              + "\n  expected "
              + expected
              + "\n  got      "
              + got);
    }
  }

  private String expected(OfficialRelease release, URI address) throws DownloadException {
    URI checksums = source.address(release.checksums());
    return downloader
        .text(checksums)
        .flatMap(release::sha256)
        .orElseThrow(
            () ->
                new DownloadException(
                    address + " is refused, there is no SHA-256 of it in " + checksums));
  }

  /**
   * Unpacks an archive where it lies. By the machine's tar: every Linux has it, and a library for
   * this one format would bring three more.
   */
  private static void unpack(Path archive, URI address) throws DownloadException {
    Path folder = java.util.Objects.requireNonNull(archive.getParent());
    try {
      // By its bare name: what has a colon in its path, tar takes for another machine's.
      Command.Result result =
          Command.of("tar", "-xzof", String.valueOf(archive.getFileName())).in(folder).result();
      if (!result.ok()) {
        throw new DownloadException(
            address + " cannot be unpacked\n" + GoFailure.quoted(result.lines()));
      }
    } catch (UncheckedIOException e) {
      throw new DownloadException(address + " cannot be unpacked (" + e.getMessage() + ")", e);
    }
  }

  /** What speaks against putting a file of a release in the place of a command. */
  private static Optional<String> objection(Tool tool, Path file, URI address) {
    if (!Files.isRegularFile(file)) {
      return Optional.of(address + " holds no " + tool.command());
    }
    if (!file.toFile().setExecutable(true, false) || !tool.is(file)) {
      return Optional.of(
          tool.command() + " of " + address + " does not say that it is " + tool.version());
    }
    return Optional.empty();
  }

  /** Tells, the first time, what is passed over and what becomes of it; returns the former. */
  private String note(String what) {
    if (noted.add(what)) {
      int end = what.indexOf('\n') < 0 ? what.length() : what.indexOf('\n');
      String instead = goWillDo ? ": building from Go modules instead" : "";
      steps.note(what.substring(0, end) + instead + what.substring(end));
    }
    return what;
  }

  private static String commands(List<Binaries.Missing> tools) {
    return String.join(", ", tools.stream().map(tool -> tool.tool().command()).toList());
  }

  /** Why commands were not downloaded, each reason once, line by line. */
  List<String> reasons(List<Binaries.Missing> missing) {
    Set<String> reasons = new LinkedHashSet<>(reasonsForAll);
    for (Binaries.Missing each : missing) {
      String reason = reasonByCommand.get(each.tool().command());
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons.stream().flatMap(String::lines).toList();
  }

  /** How they could be downloaded after all, as the end of a sentence; may be empty. */
  String remedy(List<Binaries.Missing> missing) {
    if (!source.allowed()) {
      return ", or leave out --no-download";
    }
    return published().isPresent()
            && missing.stream()
                .anyMatch(each -> OfficialRelease.of(each.tool(), published().get()).isPresent())
        ? ", or make the downloads work (--mirror names another server that has them)"
        : "";
  }

  @Override
  public void close() {
    downloader.close();
  }
}
