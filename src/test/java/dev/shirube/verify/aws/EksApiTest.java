package dev.shirube.verify.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.verify.aws.EksCluster.AuthenticationMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What EKS, IAM and STS answer; that requests come in as the AWS CLI writes them is shown by it.
 */
class EksApiTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String ROLE = "arn:aws:iam::111122223333:role/dev";
  private static final String VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]}
      """;

  private final Account account = SampleAccount.open();
  private final MemoryConnection connection = new MemoryConnection();

  private EksApi eks(AuthenticationMode mode) {
    return new EksApi(
        account,
        List.of(new EksCluster("demo", "ap-northeast-1", account.number(), mode, connection, NOW)),
        CLOCK);
  }

  private Principal principal(String keyId) {
    return account.key(keyId).orElseThrow().principal();
  }

  private Principal admin() {
    return principal(SampleAccount.ADMINISTRATOR_KEY);
  }

  private Principal taro() {
    return principal(SampleAccount.USER_KEY);
  }

  private static Call call(String method, String path, String body) {
    return new Call(method, path, "", Map.of(), body);
  }

  private JsonNode ask(EksApi eks, String method, String path, String body) {
    return JsonMapper.shared()
        .readTree(eks.answer(admin(), "ap-northeast-1", call(method, path, body)).body());
  }

  private String refusal(EksApi eks, String method, String path, String body) {
    AwsException refusal = assertThrows(AwsException.class, () -> ask(eks, method, path, body));
    return refusal.status() + " " + refusal.code();
  }

  private QueryParameters parameters(String... pairs) {
    java.util.Map<String, String> values = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new QueryParameters(values);
  }

  private Answer createRole(Principal by) {
    return new IamApi(account, CLOCK)
        .answer(
            by,
            parameters(
                "Action", "CreateRole", "RoleName", "dev", "AssumeRolePolicyDocument", TRUST));
  }

  @Test
  void aRoleIsMadeOnceByWhoMay() {
    assertTrue(createRole(admin()).body().contains("<Arn>" + ROLE + "</Arn>"));
    assertEquals(
        "EntityAlreadyExists", assertThrows(AwsException.class, () -> createRole(admin())).code());
    AwsException denied = assertThrows(AwsException.class, () -> createRole(taro()));
    assertEquals("AccessDenied", denied.code());
    assertEquals(
        "User: arn:aws:iam::111122223333:user/taro is not authorized to perform: iam:CreateRole on"
            + " resource: "
            + ROLE,
        denied.getMessage());
  }

  @Test
  void aRoleIsAssumedByWhoIsTrustedAndMay() {
    StsApi sts = new StsApi(account, CLOCK);
    QueryParameters assume =
        parameters("Action", "AssumeRole", "RoleArn", ROLE, "RoleSessionName", "me");
    // That there is no such role is not told.
    AwsException none = assertThrows(AwsException.class, () -> sts.answer(taro(), assume));
    createRole(admin());
    String body = sts.answer(taro(), assume).body();
    assertTrue(body.contains(":assumed-role/dev/me</Arn>"), body);
    AwsException denied = assertThrows(AwsException.class, () -> sts.answer(admin(), assume));
    assertEquals(
        String.valueOf(none.getMessage()).replace("user/taro", "user/admin"), denied.getMessage());
  }

  @Test
  void theCallerIsToldWhoItIs() {
    String body =
        new StsApi(account, CLOCK).answer(taro(), parameters("Action", "GetCallerIdentity")).body();
    assertTrue(body.contains("<Arn>arn:aws:iam::111122223333:user/taro</Arn>"), body);
    assertTrue(body.contains("<Account>111122223333</Account>"), body);
  }

  @Test
  void aClusterIsFoundInItsRegionOnly() {
    EksApi eks = eks(AuthenticationMode.API);
    JsonNode cluster = ask(eks, "GET", "/clusters/demo", "").path("cluster");
    assertEquals("https://127.0.0.1:6443", cluster.path("endpoint").asString());
    assertEquals("API", cluster.path("accessConfig").path("authenticationMode").asString());
    assertEquals("demo", ask(eks, "GET", "/clusters", "").path("clusters").path(0).asString());
    assertEquals("404 ResourceNotFoundException", refusal(eks, "GET", "/clusters/prod", ""));
    AwsException elsewhere =
        assertThrows(
            AwsException.class,
            () -> eks.answer(admin(), "us-east-1", call("GET", "/clusters/demo", "")));
    assertEquals("No cluster found for name: demo.", elsewhere.getMessage());
    AwsException denied =
        assertThrows(
            AwsException.class,
            () -> eks.answer(taro(), "us-east-1", call("GET", "/clusters/demo", "")));
    assertEquals("AccessDeniedException", denied.code()); // before anything is looked for
  }

  @Test
  void anAccessEntryBecomesBindingsAndGoesWithThem() {
    EksApi eks = eks(AuthenticationMode.API);
    createRole(admin());
    String entries = "/clusters/demo/access-entries";
    String its = entries + "/" + SignatureV4.encode(ROLE);
    String create = "{\"principalArn\": \"" + ROLE + "\"}";
    assertEquals(
        "arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}",
        ask(eks, "POST", entries, create).path("accessEntry").path("username").asString());
    assertEquals("409 ResourceInUseException", refusal(eks, "POST", entries, create));
    ask(
        eks,
        "POST",
        its + "/access-policies",
        "{\"policyArn\": \"%s\", \"accessScope\": {\"type\": \"namespace\", \"namespaces\": [\"a\","
                .formatted(VIEW)
            + " \"b\"]}}");
    assertEquals(2, connection.bindings.size());
    assertEquals(
        VIEW,
        ask(eks, "GET", its + "/access-policies", "")
            .path("associatedAccessPolicies")
            .path(0)
            .path("policyArn")
            .asString());
    ask(
        eks,
        "POST",
        its + "/access-policies",
        "{\"policyArn\": \"%s\", \"accessScope\": {\"type\": \"cluster\"}}".formatted(VIEW));
    assertEquals(1, connection.bindings.size());
    assertTrue(connection.bindings.first().contains("ClusterRoleBinding"));
    ask(eks, "DELETE", its + "/access-policies/" + SignatureV4.encode(VIEW), "");
    assertEquals(0, connection.bindings.size());
    ask(eks, "DELETE", its, "");
    assertEquals("404 ResourceNotFoundException", refusal(eks, "GET", its, ""));
  }

  @Test
  void whatEksRefusesTheDoubleRefuses() {
    EksApi eks = eks(AuthenticationMode.API);
    createRole(admin());
    String entries = "/clusters/demo/access-entries";
    String invalid = "400 InvalidParameterException";
    assertEquals(
        invalid,
        refusal(
            eks,
            "POST",
            entries,
            "{\"principalArn\": \"" + ROLE + "\", \"kubernetesGroups\": [\"system:masters\"]}"));
    assertEquals(invalid, refusal(eks, "POST", entries, "{\"principalArn\": \"" + ROLE + "x\"}"));
    assertEquals(
        invalid,
        refusal(
            eks,
            "POST",
            entries,
            "{\"principalArn\": \"" + ROLE + "\", \"username\": \"system:admin\"}"));
    ask(eks, "POST", entries, "{\"principalArn\": \"" + ROLE + "\"}");
    String policies = entries + "/" + SignatureV4.encode(ROLE) + "/access-policies";
    assertEquals(
        invalid,
        refusal(
            eks,
            "POST",
            policies,
            "{\"policyArn\": \"x\", \"accessScope\": {\"type\": \"cluster\"}}"));
    assertEquals(
        invalid,
        refusal(
            eks,
            "POST",
            policies,
            "{\"policyArn\": \"" + VIEW + "\", \"accessScope\": {\"type\": \"namespace\"}}"));
    assertEquals(
        "400 InvalidRequestException",
        refusal(eks(AuthenticationMode.CONFIG_MAP), "GET", entries, ""));
    assertEquals("501 NotImplemented", refusal(eks, "DELETE", "/clusters/demo/addons/x", ""));
  }

  @Test
  void refusalsHaveTheShapeOfTheirService() {
    AwsException refusal = new AwsException(404, "ResourceNotFoundException", "No <cluster>");
    Answer json = Answer.refusal(Service.EKS, refusal);
    assertEquals("ResourceNotFoundException", json.headers().get("x-amzn-ErrorType"));
    assertEquals("{\"message\":\"No <cluster>\"}", json.body());
    Answer xml = Answer.refusal(Service.STS, refusal);
    assertTrue(xml.body().contains("<Code>ResourceNotFoundException</Code>"), xml.body());
    assertTrue(xml.body().contains("<Message>No &lt;cluster&gt;</Message>"), xml.body());
  }
}
