package dev.shirube.testcluster.claims;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;

/**
 * Makes a {@link ClaimNamespace} for each claim and deletes it afterwards; where a claim fails, its
 * message says what was in there.
 */
final class ClaimNamespaces implements ParameterResolver, TestExecutionExceptionHandler {

  private static final Namespace STORE = Namespace.create(ClaimNamespaces.class);
  private static final int LONGEST_NAME = 50;
  private static final int SUFFIX = 6;

  /** JUnit closes it when the claim is done. */
  private record Made(ClaimNamespace namespace) implements AutoCloseable {
    @Override
    public void close() {
      namespace.delete();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ClaimNamespace.class;
  }

  @Override
  public ClaimNamespace resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ClusterClaims claims = (ClusterClaims) context.getRequiredTestInstance();
    ClaimNamespace namespace =
        new ClaimNamespace(claims.cluster(), name(context.getRequiredTestMethod().getName()));
    namespace.create();
    context.getStore(STORE).put(Made.class, new Made(namespace));
    return namespace;
  }

  /** For example {@code a-job-runs-to-its-end-3f2a1c} for {@code aJobRunsToItsEnd}. */
  private static String name(String method) {
    String words = method.replaceAll("(?<=.)(?=\\p{Upper})", "-").toLowerCase(Locale.ROOT);
    return words.substring(0, Math.min(words.length(), LONGEST_NAME)).replaceAll("-$", "")
        + "-"
        + UUID.randomUUID().toString().substring(0, SUFFIX);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    Made made = context.getStore(STORE).get(Made.class, Made.class);
    String state = made == null ? "" : "\n" + made.namespace().state();
    throw new AssertionFailedError(failure.getMessage() + state, failure);
  }
}
