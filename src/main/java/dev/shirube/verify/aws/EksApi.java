package dev.shirube.verify.aws;

import dev.shirube.verify.aws.AccessEntry.Association;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of <a href="https://docs.aws.amazon.com/eks/latest/APIReference/">EKS</a> that find a
 * cluster and let principals in.
 *
 * @param clusters of all regions
 */
record EksApi(Account account, List<EksCluster> clusters, Clock clock) {

  private static final double MILLIS = 1000.0;

  EksApi {
    clusters = List.copyOf(clusters);
  }

  Answer answer(Principal principal, String region, Call call) {
    List<String> path =
        Arrays.stream(call.path().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(SignatureV4::decode)
            .toList();
    JsonNode body =
        call.body().isEmpty()
            ? JsonMapper.shared().createObjectNode()
            : JsonMapper.shared().readTree(call.body());
    if (path.isEmpty() || !path.getFirst().equals("clusters")) {
      throw AwsException.unknownToTheDouble("EKS's " + call.path());
    }
    if (path.size() == 1) {
      requireMethod(call, "GET");
      principal.require(Service.EKS, "eks:ListClusters", "*");
      return Answer.json(
          Map.of(
              "clusters",
              clusters.stream()
                  .filter(cluster -> cluster.region().equals(region))
                  .map(EksCluster::name)
                  .toList()));
    }
    String name = path.get(1);
    String arn = EksCluster.arn(region, account.number(), name);
    if (path.size() == 2) {
      requireMethod(call, "GET");
      principal.require(Service.EKS, "eks:DescribeCluster", arn);
      return Answer.json(Map.of("cluster", describe(cluster(region, name))));
    }
    if (!path.get(2).equals("access-entries")) {
      throw AwsException.unknownToTheDouble("EKS's " + call.path());
    }
    String operation = call.method() + " " + path.size() + (path.size() > 4 ? path.get(4) : "");
    return switch (operation) {
      case "POST 3" -> {
        principal.require(Service.EKS, "eks:CreateAccessEntry", arn);
        yield create(withEntries(region, name), body);
      }
      case "GET 3" -> {
        principal.require(Service.EKS, "eks:ListAccessEntries", arn);
        yield Answer.json(
            Map.of("accessEntries", List.copyOf(withEntries(region, name).entries().keySet())));
      }
      case "GET 4" -> {
        principal.require(Service.EKS, "eks:DescribeAccessEntry", arn);
        EksCluster cluster = withEntries(region, name);
        yield Answer.json(Map.of("accessEntry", describe(cluster, entry(cluster, path.get(3)))));
      }
      case "POST 4" -> {
        principal.require(Service.EKS, "eks:UpdateAccessEntry", arn);
        yield update(withEntries(region, name), path.get(3), body);
      }
      case "DELETE 4" -> {
        principal.require(Service.EKS, "eks:DeleteAccessEntry", arn);
        EksCluster cluster = withEntries(region, name);
        cluster.remove(entry(cluster, path.get(3)));
        yield Answer.json(Map.of());
      }
      case "GET 5access-policies" -> {
        principal.require(Service.EKS, "eks:ListAssociatedAccessPolicies", arn);
        yield policies(withEntries(region, name), path.get(3));
      }
      case "POST 5access-policies" -> {
        principal.require(Service.EKS, "eks:AssociateAccessPolicy", arn);
        yield associate(withEntries(region, name), path.get(3), body);
      }
      case "DELETE 6access-policies" -> {
        principal.require(Service.EKS, "eks:DisassociateAccessPolicy", arn);
        yield disassociate(withEntries(region, name), path.get(3), path.get(5));
      }
      default -> throw AwsException.unknownToTheDouble("EKS's " + operation);
    };
  }

  private static void requireMethod(Call call, String method) {
    if (!call.method().equals(method)) {
      throw AwsException.unknownToTheDouble("EKS's " + call.method() + " " + call.path());
    }
  }

  private EksCluster cluster(String region, String name) {
    return clusters.stream()
        .filter(each -> each.region().equals(region) && each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AwsException(
                    404, "ResourceNotFoundException", "No cluster found for name: " + name + "."));
  }

  private EksCluster withEntries(String region, String name) {
    EksCluster cluster = cluster(region, name);
    if (!cluster.mode().hasEntries()) {
      throw new AwsException(
          400,
          "InvalidRequestException",
          "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to"
              + " perform this operation.");
    }
    return cluster;
  }

  private static AccessEntry entry(EksCluster cluster, String principalArn) {
    return cluster
        .entry(principalArn)
        .orElseThrow(
            () ->
                new AwsException(
                    404,
                    "ResourceNotFoundException",
                    "The specified principalArn could not be found. You can view your available"
                        + " access entries with 'list-access-entries'."));
  }

  // --- answers

  private Map<String, Object> describe(EksCluster cluster) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", cluster.name());
    described.put("arn", cluster.arn());
    described.put("createdAt", seconds(cluster.created()));
    described.put("version", cluster.connection().version());
    described.put("endpoint", cluster.connection().endpoint());
    described.put("roleArn", "arn:aws:iam::" + account.number() + ":role/eks-cluster");
    described.put("status", "ACTIVE");
    described.put(
        "certificateAuthority", Map.of("data", cluster.connection().certificateAuthority()));
    described.put("accessConfig", Map.of("authenticationMode", cluster.mode().name()));
    described.put("tags", Map.of());
    return described;
  }

  private static Map<String, Object> describe(EksCluster cluster, AccessEntry entry) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("clusterName", cluster.name());
    described.put("principalArn", entry.principalArn());
    described.put("kubernetesGroups", entry.groups());
    described.put("accessEntryArn", entry.arn());
    described.put("createdAt", seconds(entry.created()));
    described.put("modifiedAt", seconds(entry.modified()));
    described.put("tags", Map.of());
    described.put("username", entry.username());
    described.put("type", "STANDARD");
    return described;
  }

  private static Map<String, Object> describe(Association association) {
    boolean whole = association.namespaces().isEmpty();
    return Map.of(
        "policyArn",
        association.policy().arn(),
        "accessScope",
        Map.of("type", whole ? "cluster" : "namespace", "namespaces", association.namespaces()),
        "associatedAt",
        seconds(association.since()),
        "modifiedAt",
        seconds(association.since()));
  }

  /** Times go as numbers of seconds. */
  private static double seconds(Instant time) {
    return time.toEpochMilli() / MILLIS;
  }

  // --- access entries

  private Answer create(EksCluster cluster, JsonNode body) {
    String principalArn = body.path("principalArn").asString("");
    Identity identity =
        account
            .identity(principalArn)
            .orElseThrow(
                () -> invalid("The specified principalArn is invalid: invalid principal."));
    if (!body.path("type").asString("STANDARD").equals("STANDARD")) {
      throw AwsException.unknownToTheDouble("access entries of other types than STANDARD");
    }
    if (cluster.entry(principalArn).isPresent()) {
      throw new AwsException(
          409,
          "ResourceInUseException",
          "The specified access entry resource is already in use on this cluster.");
    }
    Instant now = clock.instant();
    AccessEntry entry =
        new AccessEntry(
            principalArn,
            "arn:aws:eks:%s:%s:access-entry/%s/%s/%s/%s/%s"
                .formatted(
                    cluster.region(),
                    account.number(),
                    cluster.name(),
                    identity.kind() == Identity.Kind.ROLE ? "role" : "user",
                    account.number(),
                    identity.name(),
                    UUID.randomUUID()),
            username(body, usualName(identity)),
            groups(body.path("kubernetesGroups")),
            Map.of(),
            now,
            now);
    cluster.put(entry);
    return Answer.json(Map.of("accessEntry", describe(cluster, entry)));
  }

  private Answer update(EksCluster cluster, String principalArn, JsonNode body) {
    AccessEntry before = entry(cluster, principalArn);
    AccessEntry entry =
        before.with(
            username(body, before.username()),
            body.has("kubernetesGroups") ? groups(body.path("kubernetesGroups")) : before.groups(),
            clock.instant());
    cluster.put(entry);
    return Answer.json(Map.of("accessEntry", describe(cluster, entry)));
  }

  /** The name of a user is its ARN, that of a role the ARN of its session. */
  private static String usualName(Identity identity) {
    return identity.kind() == Identity.Kind.USER
        ? identity.arn()
        : Principal.session(identity, KubernetesNames.SESSION_NAME).arn();
  }

  private static String username(JsonNode body, String otherwise) {
    String username = body.path("username").asString(otherwise);
    for (String reserved : List.of("system:", "eks:", "aws:", "amazon:", "iam:")) {
      if (username.startsWith(reserved)) {
        throw invalid("The username " + username + " is invalid, it cannot start with " + reserved);
      }
    }
    return username;
  }

  private static List<String> groups(JsonNode node) {
    List<String> groups = new ArrayList<>();
    for (JsonNode each : node) {
      String group = each.asString("");
      if (group.startsWith("system:")) {
        throw invalid(
            "The kubernetes group name " + group + " is invalid, it cannot start with system:");
      }
      groups.add(group);
    }
    return groups;
  }

  // --- access policies

  private Answer policies(EksCluster cluster, String principalArn) {
    return Answer.json(
        Map.of(
            "clusterName",
            cluster.name(),
            "principalArn",
            principalArn,
            "associatedAccessPolicies",
            entry(cluster, principalArn).policies().values().stream()
                .map(EksApi::describe)
                .toList()));
  }

  private Answer associate(EksCluster cluster, String principalArn, JsonNode body) {
    AccessEntry before = entry(cluster, principalArn);
    String policyArn = body.path("policyArn").asString("");
    AccessPolicy policy =
        AccessPolicy.ofArn(policyArn)
            .orElseThrow(() -> invalid("The policyArn " + policyArn + " is invalid."));
    List<String> namespaces = new ArrayList<>();
    body.path("accessScope").path("namespaces").forEach(each -> namespaces.add(each.asString()));
    String type = body.path("accessScope").path("type").asString("");
    if (!List.of("cluster", "namespace").contains(type)
        || type.equals("cluster") != namespaces.isEmpty()) {
      throw invalid("The accessScope is invalid: a scope of namespaces names them.");
    }
    if (namespaces.stream().anyMatch(name -> name.contains("*"))) {
      throw AwsException.unknownToTheDouble("access scopes with wildcards");
    }
    Association association = new Association(policy, namespaces, clock.instant());
    Map<String, Association> all = new HashMap<>(before.policies());
    all.put(policyArn, association);
    cluster.put(before.with(all, clock.instant()));
    return Answer.json(
        Map.of(
            "clusterName",
            cluster.name(),
            "principalArn",
            principalArn,
            "associatedAccessPolicy",
            describe(association)));
  }

  private Answer disassociate(EksCluster cluster, String principalArn, String policyArn) {
    AccessEntry before = entry(cluster, principalArn);
    Map<String, Association> rest = new HashMap<>(before.policies());
    if (rest.remove(policyArn) == null) {
      throw new AwsException(
          404, "ResourceNotFoundException", "The policyArn " + policyArn + " is not associated.");
    }
    cluster.put(before.with(rest, clock.instant()));
    return Answer.json(Map.of());
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "InvalidParameterException", message);
  }
}
