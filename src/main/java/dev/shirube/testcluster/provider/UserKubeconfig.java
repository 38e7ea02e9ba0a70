package dev.shirube.testcluster.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shirube.model.Suggestion;
import dev.shirube.testcluster.ClusterException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kubeconfig files of a user, read as data: no program that they name is run, and nothing is
 * ever written to them.
 */
final class UserKubeconfig {

  private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");
  private static final int MOST_NAMES = 20;

  /**
   * One of the files.
   *
   * @param path paths inside the file start at its folder
   */
  private record Source(Path path, Config content) {}

  /** Something with the file that it stands in. */
  private record Found<T>(T value, Path file) {}

  private final List<Source> sources;

  private UserKubeconfig(List<Source> sources) {
    this.sources = sources;
  }

  /**
   * Reads a file; where none is named, those that kubectl would take.
   *
   * @param environment of this process
   */
  static UserKubeconfig read(Optional<Path> named, Map<String, String> environment) {
    if (named.isPresent()) {
      return new UserKubeconfig(List.of(parse(named.get())));
    }
    List<Path> files = usual(environment);
    List<Source> sources = files.stream().filter(Files::exists).map(UserKubeconfig::parse).toList();
    if (sources.isEmpty()) {
      throw new ClusterException(
          "there is no kubeconfig at "
              + files.stream().map(Path::toString).collect(Collectors.joining(" or "))
              + "\n  fix: name one with --kubeconfig FILE, or in KUBECONFIG");
    }
    return new UserKubeconfig(sources);
  }

  private static List<Path> usual(Map<String, String> environment) {
    List<Path> files =
        Arrays.stream(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator))
            .filter(file -> !file.isBlank())
            .map(Path::of)
            .toList();
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return files.isEmpty() ? List.of(Path.of(home, ".kube", "config")) : files;
  }

  private static Source parse(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kubeconfig " + file + ": " + e, e);
    }
    try {
      Config content = Serialization.unmarshal(text, Config.class);
      return new Source(file.toAbsolutePath(), complete(content));
    } catch (RuntimeException e) {
      // The rest of its message may quote the file, and with it a password.
      String place =
          PLACE
              .matcher(String.valueOf(e.getMessage()))
              .results()
              .map(MatchResult::group)
              .reduce((around, exact) -> exact)
              .map(exact -> ": the error is at " + exact)
              .orElse("");
      throw new ClusterException(file + " is no kubeconfig" + place, e);
    }
  }

  /** Without entries that have no name or no content, and with lists where nothing stands. */
  private static Config complete(@Nullable Config content) {
    Config config = content == null ? new Config() : content;
    config.setContexts(
        entries(
            config.getContexts(), named -> named.getName() != null && named.getContext() != null));
    config.setClusters(
        entries(
            config.getClusters(), named -> named.getName() != null && named.getCluster() != null));
    config.setUsers(
        entries(config.getUsers(), named -> named.getName() != null && named.getUser() != null));
    return config;
  }

  private static <T> List<T> entries(@Nullable List<T> list, Predicate<T> complete) {
    return list == null ? List.of() : list.stream().filter(complete).toList();
  }

  /**
   * A context with all that belongs to it.
   *
   * @throws ClusterException where there is none of that name, a part of it is missing, or its
   *     credentials would come from a program
   */
  SingleContext context(String name) {
    Found<NamedContext> context =
        find(Config::getContexts, NamedContext::getName, name)
            .orElseThrow(() -> noSuchContext(name));
    String clusterName = context.value().getContext().getCluster();
    Found<NamedCluster> cluster =
        find(Config::getClusters, NamedCluster::getName, clusterName)
            .orElseThrow(() -> incomplete(context, "cluster", clusterName));
    String userName = context.value().getContext().getUser();
    Found<NamedAuthInfo> user =
        find(Config::getUsers, NamedAuthInfo::getName, userName)
            .orElseThrow(() -> incomplete(context, "user", userName));
    requireNoProgram(context, user);
    requireNoImpersonation(context, user);
    flatten(cluster);
    flattenUser(user);
    return new SingleContext(context.value(), cluster.value(), user.value());
  }

  /** The first of a name in the order of the files, as kubectl merges them. */
  private <T> Optional<Found<T>> find(
      Function<Config, List<T>> list, Function<T, String> nameOf, String name) {
    return sources.stream()
        .flatMap(
            source ->
                list.apply(source.content()).stream()
                    .map(value -> new Found<>(value, source.path())))
        .filter(found -> nameOf.apply(found.value()).equals(name))
        .findFirst();
  }

  private ClusterException noSuchContext(String name) {
    List<String> names =
        sources.stream()
            .flatMap(source -> source.content().getContexts().stream())
            .map(NamedContext::getName)
            .distinct()
            .sorted()
            .toList();
    String there =
        names.isEmpty()
            ? "there is none"
            : "there "
                + (names.size() == 1 ? "is " : "are ")
                + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? " and others" : "");
    return new ClusterException(
        "no context is called \""
            + name
            + "\" in "
            + sources.stream()
                .map(source -> source.path().toString())
                .collect(Collectors.joining(" or "))
            + "\n  fix: "
            + Suggestion.nearest(name, names)
                .map(nearest -> "did you mean \"" + nearest + "\"? ")
                .orElse("")
            + there);
  }

  private static ClusterException incomplete(
      Found<NamedContext> context, String what, @Nullable String name) {
    return new ClusterException(
        "the context \""
            + context.value().getName()
            + "\" in "
            + context.file()
            + " names the "
            + what
            + " \""
            + name
            + "\", which is not there");
  }

  /**
   * The rule on credentials that come from a program: none is run. What a kubeconfig names may be
   * anything, and would run with the rights of whoever starts Shirube. Exceptions belong here.
   */
  private static void requireNoProgram(Found<NamedContext> context, Found<NamedAuthInfo> user) {
    AuthInfo info = user.value().getUser();
    String how;
    if (info.getExec() != null) {
      how = "runs the program \"" + info.getExec().getCommand() + "\"";
    } else if (info.getAuthProvider() != null) {
      how = "asks the auth-provider \"" + info.getAuthProvider().getName() + "\"";
    } else {
      return;
    }
    throw new ClusterException(
        "the user \""
            + user.value().getName()
            + "\" of the context \""
            + context.value().getName()
            + "\" "
            + how
            + " for its credentials"
            + "\n  why: Shirube runs no program that a kubeconfig names"
            + "\n  fix: make a kubeconfig whose user has a token or a client certificate (kubectl"
            + " create token makes one), and name it with --kubeconfig FILE");
  }

  /** The client library does not know of it, and would act with all rights of the user. */
  private static void requireNoImpersonation(
      Found<NamedContext> context, Found<NamedAuthInfo> user) {
    if (isSet(user.value().getUser().getAs())) {
      throw new ClusterException(
          "the user \""
              + user.value().getName()
              + "\" of the context \""
              + context.value().getName()
              + "\" acts for another (as), which is not supported"
              + "\n  fix: take a context with credentials of its own");
    }
  }

  private static void flatten(Found<NamedCluster> found) {
    Cluster cluster = found.value().getCluster();
    if (isSet(cluster.getCertificateAuthority()) && !isSet(cluster.getCertificateAuthorityData())) {
      cluster.setCertificateAuthorityData(base64(found.file(), cluster.getCertificateAuthority()));
    }
    cluster.setCertificateAuthority(null);
  }

  private static void flattenUser(Found<NamedAuthInfo> found) {
    AuthInfo user = found.value().getUser();
    if (isSet(user.getClientCertificate()) && !isSet(user.getClientCertificateData())) {
      user.setClientCertificateData(base64(found.file(), user.getClientCertificate()));
    }
    user.setClientCertificate(null);
    if (isSet(user.getClientKey()) && !isSet(user.getClientKeyData())) {
      user.setClientKeyData(base64(found.file(), user.getClientKey()));
    }
    user.setClientKey(null);
    // Here kubectl prefers the file.
    if (isSet(user.getTokenFile())) {
      user.setToken(new String(bytes(found.file(), user.getTokenFile()), UTF_8).strip());
    }
    user.setTokenFile(null);
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  private static String base64(Path kubeconfig, String path) {
    return Base64.getEncoder().encodeToString(bytes(kubeconfig, path));
  }

  private static byte[] bytes(Path kubeconfig, String path) {
    Path file = kubeconfig.resolveSibling(path);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ", which " + kubeconfig + " names", e);
    }
  }
}
