package dev.shirube.preview;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart what the writer's own pages ask for and what others send to this machine.
 *
 * <p>A page of a stranger can make the writer's browser call a server on loopback: by its address,
 * or by a name of the stranger's that was bound anew to 127.0.0.1. The browser says where a request
 * comes from and which name it called; programs that say neither are the writer's own.
 */
final class RequestGuard {

  /** Of a request target, in characters. */
  static final int LONGEST_TARGET = 4096;

  /** Why a request is refused. */
  record Refusal(int status, String why) {}

  private final Set<String> hosts;

  /**
   * @param port that the server listens at
   */
  RequestGuard(int port) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /** Why the request is not answered; empty where it is. */
  Optional<Refusal> refusal(String method, URI target, Headers headers) {
    List<String> host = headers.getOrDefault("Host", List.of());
    if (host.size() != 1 || !hosts.contains(host.getFirst().toLowerCase(Locale.ROOT))) {
      return refuse(421, "the preview is called 127.0.0.1 or localhost, with its port");
    }
    if (target.isAbsolute() || target.getRawAuthority() != null) {
      return refuse(421, "the preview answers for itself only");
    }
    if (target.toString().length() > LONGEST_TARGET) {
      return refuse(414, "the address is too long");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return refuse(405, "the preview can be looked at only");
    }
    if (isFromElsewhere(headers) && !isLink(headers)) {
      return refuse(403, "the request comes from another site");
    }
    return Optional.empty();
  }

  private boolean isFromElsewhere(Headers headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    return (site != null && !site.equals("same-origin") && !site.equals("none"))
        || !isOwnOrigin(headers.getFirst("Origin"));
  }

  private boolean isOwnOrigin(@Nullable String origin) {
    return origin == null
        || (origin.startsWith("http://") && hosts.contains(origin.substring("http://".length())));
  }

  /** Whoever follows a link to the preview sees it, but no page can show it inside of itself. */
  private static boolean isLink(Headers headers) {
    return "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
        && "document".equals(headers.getFirst("Sec-Fetch-Dest"))
        && headers.getFirst("Origin") == null;
  }

  private static Optional<Refusal> refuse(int status, String why) {
    return Optional.of(new Refusal(status, why));
  }
}
