package dev.shirube.verify.aws;

/** What the names of users and groups may hold that is filled in for each token. */
final class KubernetesNames {

  static final String SESSION_NAME = "{{SessionName}}";
  private static final String ACCOUNT = "{{AccountID}}";

  private KubernetesNames() {}

  /** Names of users may hold no {@code @} from a session's name. */
  static String fill(String name, Principal principal) {
    return name.replace(SESSION_NAME, principal.session().orElse("").replace('@', '-'))
        .replace(ACCOUNT, principal.identity().account());
  }
}
