package dev.shirube.testcluster.install;

import dev.shirube.testcluster.ClusterException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;

/** Gets files by HTTP. A host that cannot be reached is not asked a second time. */
final class Downloader implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 5;
  private static final double MEGABYTE = 1e6;

  private final Duration connect;
  private final Duration silence;
  private final HttpClient client;

  /** What was said of each host that could not be reached. */
  private final Map<String, String> unreachable = new HashMap<>();

  Downloader() {
    this(CONNECT, SILENCE);
  }

  /**
   * @param connect how long a connection may take, and before it the host's name
   * @param silence how long a server may send nothing
   */
  Downloader(Duration connect, Duration silence) {
    this.connect = connect;
    this.silence = silence;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            // Some simple servers do not like to be asked for HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** Fails at once where the host could not be reached before, as every question to it does. */
  void requireReachable(URI address) throws DownloadException {
    String known = unreachable.get(address.getRawAuthority());
    if (known != null) {
      throw new DownloadException(known);
    }
  }

  /** A small text; empty where the server has no such file. */
  Optional<String> text(URI address) throws DownloadException {
    HttpResponse<String> response =
        follow(
            address,
            info -> BodySubscribers.ofString(StandardCharsets.UTF_8),
            new Arrival(() -> 0L, new AtomicLong(-1), detail -> {}));
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    requireOk(address, response);
    return Optional.of(response.body());
  }

  /**
   * A file. Where this fails, a part of it may have been written.
   *
   * @param tick hears about once a second how much has come, e.g. {@code 12 of 90 MB}
   */
  void file(URI address, Path target, Consumer<String> tick) throws IOException {
    Files.deleteIfExists(target); // its size tells how much has come
    AtomicLong total = new AtomicLong(-1);
    BodyHandler<Path> handler =
        info -> {
          if (info.statusCode() != 200) {
            return BodySubscribers.replacing(target);
          }
          total.set(info.headers().firstValueAsLong("content-length").orElse(-1));
          return BodySubscribers.ofFile(
              target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        };
    requireOk(address, follow(address, handler, new Arrival(() -> size(target), total, tick)));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static void requireOk(URI address, HttpResponse<?> response) throws DownloadException {
    if (response.statusCode() == 404) {
      throw new DownloadException(address + " is not there");
    }
    if (response.statusCode() != 200) {
      throw new DownloadException(address + " answered with status " + response.statusCode());
    }
  }

  /** The client could follow by itself, but would not say which of the hosts it did not reach. */
  private <T> HttpResponse<T> follow(URI address, BodyHandler<T> handler, Arrival arrival)
      throws DownloadException {
    URI next = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<T> response = get(next, handler, arrival);
      Optional<String> location = response.headers().firstValue("location");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      next = redirect(next, location.get());
    }
    throw new DownloadException(address + " redirects more than " + MOST_REDIRECTS + " times");
  }

  /** Where a redirection leads: never from an encrypted connection to another one. */
  static URI redirect(URI from, String location) throws DownloadException {
    try {
      URI to = from.resolve(location);
      if ("https".equals(to.getScheme())
          || ("http".equals(to.getScheme()) && "http".equals(from.getScheme()))) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      // no address at all
    }
    throw new DownloadException(from + " redirects to " + location + ", which is not followed");
  }

  private <T> HttpResponse<T> get(URI address, BodyHandler<T> handler, Arrival arrival)
      throws DownloadException {
    requireReachable(address);
    try {
      resolve(address);
      return arrival.await(
          client.sendAsync(HttpRequest.newBuilder(address).build(), handler), address);
    } catch (UnreachableException e) {
      String host = address.getRawAuthority();
      String what = host + " cannot be reached (" + e.getMessage() + ")";
      unreachable.put(host, what);
      throw new DownloadException(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while " + address + " was downloaded", e);
    }
  }

  /**
   * Looks up the name of a host. The client's limit holds from then on only, and where no name
   * server answers, the system may go on asking for a minute.
   */
  private void resolve(URI address) throws UnreachableException, InterruptedException {
    boolean direct =
        Optional.ofNullable(ProxySelector.getDefault())
            .map(selector -> selector.select(address).getFirst().type() == Proxy.Type.DIRECT)
            .orElse(true);
    if (!direct) {
      return; // the proxy looks it up
    }
    FutureTask<InetAddress> lookup =
        new FutureTask<>(() -> InetAddress.getByName(address.getHost()));
    Thread.ofPlatform().daemon().start(lookup);
    try {
      lookup.get(connect.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UnreachableException("its name is not known", e);
    } catch (TimeoutException e) {
      throw new UnreachableException("no name server answered within " + seconds(connect), e);
    }
  }

  /** Why a host is out of reach, in a few words. */
  private static final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1;

    UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** How a response comes in. */
  private final class Arrival {

    private final LongSupplier received;
    private final AtomicLong total;
    private final Consumer<String> tick;

    /**
     * @param received how many bytes are there
     * @param total how many there will be; negative where that is not known
     */
    Arrival(LongSupplier received, AtomicLong total, Consumer<String> tick) {
      this.received = received;
      this.total = total;
      this.tick = tick;
    }

    <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> response, URI address)
        throws DownloadException, UnreachableException, InterruptedException {
      long bytes = 0;
      long changed = System.nanoTime();
      try {
        while (true) {
          try {
            return response.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
          } catch (TimeoutException e) {
            tick.accept(arrived());
            if (received.getAsLong() != bytes) {
              bytes = received.getAsLong();
              changed = System.nanoTime();
            } else if (System.nanoTime() - changed > silence.toNanos()) {
              throw silent(e, bytes, address);
            }
          }
        }
      } catch (ExecutionException e) {
        throw failure(e, address);
      } finally {
        response.cancel(true); // where it was given up
      }
    }

    private DownloadException silent(TimeoutException reason, long bytes, URI address)
        throws UnreachableException {
      String nothing = "sent nothing for " + seconds(silence);
      if (bytes == 0) { // and would make each of its files wait as long
        throw new UnreachableException("it " + nothing, reason);
      }
      return new DownloadException(address + " " + nothing + ", after " + arrived(), reason);
    }

    private DownloadException failure(ExecutionException failure, URI address)
        throws UnreachableException {
      Throwable cause = java.util.Objects.requireNonNullElse(failure.getCause(), failure);
      if (cause instanceof HttpConnectTimeoutException) {
        throw new UnreachableException("no connection within " + seconds(connect), failure);
      }
      if (cause instanceof ConnectException) { // which says no more
        throw new UnreachableException("it takes no connections", failure);
      }
      if (cause instanceof SSLHandshakeException) {
        throw new UnreachableException(message(cause), failure);
      }
      return new DownloadException(
          address + " broke off after " + arrived() + " (" + message(cause) + ")", failure);
    }

    private String arrived() {
      long megabytes = megabytes(received.getAsLong());
      return total.get() < 0
          ? megabytes + " MB"
          : megabytes + " of " + megabytes(total.get()) + " MB";
    }
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / MEGABYTE);
  }

  /** The first thing that an exception or one of its causes has to say. */
  private static String message(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return failure.getClass().getSimpleName();
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // nothing has come yet
    }
  }
}
