package dev.shirube.verify.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy, as far as the double understands it: <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Effect,
 * Action, Resource and Principal</a>. Others of its elements are refused, not passed over.
 */
record PolicyDocument(List<Statement> statements) {

  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final Set<String> KNOWN =
      Set.of("Sid", "Effect", "Action", "Resource", "Principal");

  PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * One rule.
   *
   * @param actions may hold {@code *} and {@code ?}, as resources
   * @param principals ARNs, account numbers or {@code *}; empty but in a trust policy
   */
  record Statement(
      boolean allows, List<String> actions, List<String> resources, List<String> principals) {
    Statement {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
      principals = List.copyOf(principals);
    }

    private boolean is(String action, String resource) {
      return actions.stream().anyMatch(pattern -> matches(pattern, action, true))
          && resources.stream().anyMatch(pattern -> matches(pattern, resource, false));
    }
  }

  /** What a user or role may do. */
  static PolicyDocument ofIdentity(String json) {
    return parse(json, false);
  }

  /** Who may assume a role. */
  static PolicyDocument ofTrust(String json) {
    return parse(json, true);
  }

  private static PolicyDocument parse(String json, boolean trust) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw malformed("This policy contains invalid Json");
    }
    if (!root.isObject() || !VERSIONS.contains(root.path("Version").asString("2008-10-17"))) {
      throw malformed("Syntax errors in policy.");
    }
    List<Statement> statements = new ArrayList<>();
    JsonNode all = root.path("Statement");
    for (JsonNode each : all.isArray() ? all : List.of(all)) {
      statements.add(statement(each, trust));
    }
    if (statements.isEmpty()) {
      throw malformed("Syntax errors in policy.");
    }
    return new PolicyDocument(statements);
  }

  private static Statement statement(JsonNode node, boolean trust) {
    String effect = node.path("Effect").asString("");
    if (!node.isObject() || !Set.of("Allow", "Deny").contains(effect)) {
      throw malformed("Syntax errors in policy.");
    }
    for (String name : node.propertyNames()) {
      if (!KNOWN.contains(name)) {
        throw AwsException.unknownToTheDouble("policies with " + name);
      }
    }
    List<String> resources = texts(node.path("Resource"));
    List<String> principals = texts(node.path("Principal"));
    if (node.path("Principal").isObject()) {
      principals = texts(node.path("Principal").path("AWS"));
    }
    if (trust && !resources.isEmpty()) {
      throw malformed("Has prohibited field Resource");
    }
    if (!trust && !principals.isEmpty()) {
      throw malformed("Policy document should not specify a principal.");
    }
    if (trust && principals.isEmpty()) {
      throw malformed("Missing required field Principal");
    }
    if (!trust && resources.isEmpty()) {
      throw malformed("Policy statement must contain resources.");
    }
    List<String> actions = texts(node.path("Action"));
    if (actions.isEmpty()) {
      throw malformed("Policy statement must contain actions.");
    }
    return new Statement(effect.equals("Allow"), actions, resources, principals);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isString()) {
      texts.add(node.asString());
    } else if (node.isArray()) {
      node.forEach(each -> texts.add(each.asString()));
    }
    return texts;
  }

  private static AwsException malformed(String message) {
    return new AwsException(400, "MalformedPolicyDocument", message);
  }

  boolean allows(String action, String resource) {
    return statements.stream().anyMatch(each -> each.allows() && each.is(action, resource));
  }

  boolean denies(String action, String resource) {
    return statements.stream().anyMatch(each -> !each.allows() && each.is(action, resource));
  }

  /**
   * Whether a principal may assume the role of this trust policy. Who is named needs nothing more;
   * where the account is named, the principal's own policies have to allow it too.
   */
  boolean trusts(Principal principal, String roleArn) {
    String account = principal.identity().account();
    boolean trusted = false;
    for (Statement each : statements) {
      if (each.actions().stream().noneMatch(action -> matches(action, "sts:AssumeRole", true))) {
        continue;
      }
      boolean named =
          each.principals().contains(principal.arn())
              || each.principals().contains(principal.identity().arn());
      boolean ofAccount =
          each.principals().contains("*")
              || each.principals().contains(account)
              || each.principals().contains("arn:aws:iam::" + account + ":root");
      if (!each.allows() && (named || ofAccount)) {
        return false;
      }
      trusted |=
          each.allows() && (named || (ofAccount && principal.may("sts:AssumeRole", roleArn)));
    }
    return trusted;
  }

  private static boolean matches(String pattern, String text, boolean anyCase) {
    String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(expression, anyCase ? Pattern.CASE_INSENSITIVE : 0)
        .matcher(text)
        .matches();
  }
}
