package dev.shirube.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.TestCluster;
import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.AwsCli;
import dev.shirube.testcluster.install.Machine;
import dev.shirube.testcluster.local.ClusterUnderTest;
import dev.shirube.testcluster.local.LocalCluster;
import dev.shirube.testcluster.local.RunFolder;
import dev.shirube.verify.aws.AwsDouble;
import dev.shirube.verify.aws.SampleAccount;
import dev.shirube.verify.aws.TokenMaker;
import dev.shirube.verify.aws.TokenWebhook;
import dev.shirube.verify.kubernetes.KubernetesCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who gets into a real API server by the real AWS CLI and kubectl, and who does not. Each test has
 * an account of its own.
 */
class EksIT {

  private static final String ROLE = "arn:aws:iam::111122223333:role/eks-developer";
  private static final String POLICIES = "arn:aws:eks::aws:cluster-access-policy/";
  private static final String CONTEXT = "arn:aws:eks:ap-northeast-1:111122223333:cluster/demo";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
          + "\"arn:aws:iam::111122223333:root\"},\"Action\":\"sts:AssumeRole\"}]}";
  private static final String MAY_DESCRIBE =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
          + "\"eks:DescribeCluster\",\"Resource\":\"*\"}]}";

  @TempDir static Path folder = Path.of("unset");

  private static LocalCluster cluster;
  private static KubernetesCluster api;
  private static Path aws;

  @TempDir Path home = Path.of("unset");

  private AwsDouble served;

  @BeforeAll
  static void start() throws IOException {
    ClusterUnderTest.requireInstalled(Tier.APISERVER);
    aws =
        new AwsCli(Machine.here())
            .find()
            .orElseThrow(() -> new AssertionError("run \"shirube cluster install\" first: no aws"));
    cluster =
        ClusterUnderTest.start(new RunFolder(folder.resolve("run")), "eks", Tier.APISERVER, 0);
    api =
        new KubernetesCluster(
            Files.readString(cluster.kubeconfig()),
            new KubernetesCluster.Marker(
                TestCluster.MARKER_NAMESPACE,
                TestCluster.MARKER,
                TestCluster.NONCE_KEY,
                cluster.nonce()));
  }

  @AfterAll
  static void end() {
    if (api != null) {
      api.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    dev.shirube.testcluster.TokenWebhook webhook = cluster.tokenWebhook().orElseThrow();
    served =
        AwsDouble.open(
            new EksConnection(api),
            new TokenWebhook(webhook.address(), webhook.identity()),
            Clock.systemUTC());
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        served.credentials()
            + """
            [default]
            aws_access_key_id = %s
            aws_secret_access_key = %s
            """
                .formatted(SampleAccount.USER_KEY, SampleAccount.USER_SECRET));
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [default]
        region = ap-northeast-1
        [profile developer]
        role_arn = %s
        source_profile = default
        region = ap-northeast-1
        """
            .formatted(ROLE));
  }

  @org.junit.jupiter.api.AfterEach
  void forget() {
    served.close();
  }

  private Command.Result run(String... words) {
    Map<String, String> environment = new HashMap<>(served.environment());
    environment.put("HOME", home.toString());
    environment.put("KUBECONFIG", home.resolve("config").toString());
    environment.put(
        "PATH",
        aws.getParent()
            + ":"
            + Objects.requireNonNull(ClusterUnderTest.BINARIES.path("kubectl").getParent())
            + ":/usr/bin:/bin");
    String program =
        words[0].equals("aws")
            ? aws.toString()
            : ClusterUnderTest.BINARIES.path("kubectl").toString();
    List<String> command = Stream.concat(Stream.of(program), Stream.of(words).skip(1)).toList();
    return Command.of(command).in(home).withEnvironment(environment).result();
  }

  private String done(String... words) {
    Command.Result result = run(words);
    assertEquals(0, result.exitCode(), () -> String.join(" ", words) + ": " + result.output());
    return result.output();
  }

  private void refused(int exitCode, String message, String... words) {
    Command.Result result = run(words);
    assertEquals(exitCode, result.exitCode(), result::output);
    assertTrue(result.output().contains(message), result::output);
  }

  private void asAdmin(String... words) {
    done(Stream.concat(Stream.of(words), Stream.of("--profile", "admin")).toArray(String[]::new));
  }

  private void createRole() {
    asAdmin(
        "aws",
        "iam",
        "create-role",
        "--role-name",
        "eks-developer",
        "--assume-role-policy-document",
        TRUST);
    asAdmin(
        "aws",
        "iam",
        "put-role-policy",
        "--role-name",
        "eks-developer",
        "--policy-name",
        "describe",
        "--policy-document",
        MAY_DESCRIBE);
  }

  private void writeKubeconfig() {
    String said =
        done("aws", "eks", "update-kubeconfig", "--name", "demo", "--profile", "developer");
    assertTrue(said.startsWith("Added new context " + CONTEXT), said);
  }

  private void let(String policy, String scope) {
    asAdmin("aws", "eks", "create-access-entry", "--cluster-name", "demo", "--principal-arn", ROLE);
    asAdmin(
        "aws",
        "eks",
        "associate-access-policy",
        "--cluster-name",
        "demo",
        "--principal-arn",
        ROLE,
        "--policy-arn",
        POLICIES + policy,
        "--access-scope",
        scope);
  }

  @Test
  void aMemberOfSystemMastersByAwsAuthMayDoEverything() {
    createRole();
    writeKubeconfig();
    String map = "mapRoles=- {rolearn: '" + ROLE + "', username: boss, groups: ['system:masters']}";
    ClusterUnderTest.answer(
        cluster, "-n", "kube-system", "create", "configmap", "aws-auth", "--from-literal=" + map);
    try {
      assertEquals("yes", done("kubectl", "auth", "can-i", "*", "*"));
      assertEquals(
          "boss", done("kubectl", "auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"));
    } finally {
      ClusterUnderTest.answer(cluster, "-n", "kube-system", "delete", "configmap", "aws-auth");
    }
  }

  @Test
  void anAccessEntryWithClusterAdminMayDoEverything() {
    createRole();
    writeKubeconfig();
    let("AmazonEKSClusterAdminPolicy", "type=cluster");
    assertEquals("yes", done("kubectl", "auth", "can-i", "*", "*"));
    assertEquals("No resources found in default namespace.", done("kubectl", "get", "pods"));
  }

  @Test
  void theViewPolicyListsItsNamespaceAndDeletesNothing() {
    createRole();
    writeKubeconfig();
    let("AmazonEKSViewPolicy", "type=namespace,namespaces=default");
    done("kubectl", "get", "configmaps");
    refused(
        1,
        "cannot delete resource \"configmaps\"",
        "kubectl",
        "delete",
        "configmap",
        "kube-root-ca.crt");
    refused(1, "cannot list resource \"pods\"", "kubectl", "-n", "kube-system", "get", "pods");
    refused(1, "cannot list resource \"secrets\"", "kubectl", "get", "secrets");
  }

  @Test
  void withoutAMappingNobodyGetsIn() {
    createRole();
    writeKubeconfig();
    refused(1, "You must be logged in to the server", "kubectl", "get", "pods");
  }

  @Test
  void anotherProfileIsAnotherPrincipal() throws IOException {
    createRole();
    writeKubeconfig();
    let("AmazonEKSClusterAdminPolicy", "type=cluster");
    done("kubectl", "get", "pods");
    Path kubeconfig = home.resolve("config");
    String right = Files.readString(kubeconfig);
    Files.writeString(kubeconfig, right.replace("value: developer", "value: default"));
    refused(1, "You must be logged in to the server", "kubectl", "get", "pods");
    refused(
        254,
        "user/taro is not authorized to perform: eks:DescribeCluster",
        "aws",
        "eks",
        "update-kubeconfig",
        "--name",
        "demo");
  }

  @Test
  void aClusterIsFoundByItsNameInItsRegion() {
    String none = "(ResourceNotFoundException) when calling the DescribeCluster operation: No";
    String[] describe = {"aws", "eks", "update-kubeconfig", "--profile", "admin", "--name"};
    refused(254, none + " cluster found for name: demo.", with(describe, "demo", "us-east-1"));
    refused(254, none + " cluster found for name: prod.", with(describe, "prod", "ap-northeast-1"));
  }

  private static String[] with(String[] words, String name, String region) {
    return Stream.concat(Stream.of(words), Stream.of(name, "--region", region))
        .toArray(String[]::new);
  }

  @Test
  void aWrongSecretKeySignsNothing() throws IOException {
    createRole();
    writeKubeconfig();
    let("AmazonEKSClusterAdminPolicy", "type=cluster");
    Path credentials = home.resolve(".aws/credentials");
    Files.writeString(
        credentials, Files.readString(credentials).replace(SampleAccount.USER_SECRET, "guessed"));
    refused(254, "(SignatureDoesNotMatch)", "aws", "sts", "get-caller-identity");
    refused(254, "(InvalidSignatureException)", "aws", "eks", "describe-cluster", "--name", "demo");
    // What an assumed role was given before is good for an hour, whatever becomes of the key.
    Files.move(home.resolve(".aws/cli"), home.resolve(".aws/earlier"));
    refused(1, "SignatureDoesNotMatch", "kubectl", "get", "pods"); // the role is not assumed
    Files.writeString(
        credentials, Files.readString(credentials).replace(SampleAccount.USER_KEY, "AKIANOBODY"));
    refused(254, "(InvalidClientTokenId)", "aws", "sts", "get-caller-identity");
  }

  /** Where the double listens, as tokens name it. */
  private String host() {
    return Objects.requireNonNull(served.environment().get("AWS_ENDPOINT_URL"))
        .substring("http://".length());
  }

  private Command.Result byToken(TokenMaker maker) {
    Cluster.Endpoint endpoint = api.endpoint();
    Map<String, String> environment = Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin");
    try {
      Path authority =
          Files.write(
              home.resolve("ca.crt"),
              java.util.Base64.getDecoder().decode(endpoint.certificateAuthority()));
      return Command.of(
              ClusterUnderTest.BINARIES.path("kubectl").toString(),
              "--kubeconfig=/dev/null",
              "--server=" + endpoint.server(),
              "--certificate-authority=" + authority,
              "--token=" + maker.token(),
              "auth",
              "can-i",
              "*",
              "*")
          .withEnvironment(environment)
          .result();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack("that has expired", m -> m.later(Duration.ofMinutes(-16))),
        attack("from the future", m -> m.later(Duration.ofMinutes(10))),
        attack("with a forged signature", change("Signature=", "Signature=0")),
        attack("with a changed date", change("Version=2011", "Version=2012")),
        attack("with a guessed secret", m -> m.withKey(m.keyId(), "guessed")),
        attack("of a key that nobody has", m -> m.withKey("AKIANOBODY", m.secret())),
        attack("of another cluster", m -> m.withCluster("prod")),
        attack("that names no cluster", m -> m.withHeader("x-other")),
        attack("that points at another host", m -> m.withHost("127.0.0.1:1")),
        attack("for another action", m -> m.withAction("AssumeRole")),
        attack("for longer than 15 minutes", m -> m.withExpires("901")),
        attack("with more than it needs", m -> m.changedAfterwards(a -> a + "&Tag=a")));
  }

  private static Arguments attack(String what, UnaryOperator<TokenMaker> how) {
    return Arguments.of(what, how);
  }

  private static UnaryOperator<TokenMaker> change(String from, String to) {
    return maker -> maker.changedAfterwards(address -> address.replace(from, to));
  }

  @ParameterizedTest(name = "a token {0} lets nobody in")
  @MethodSource("attacks")
  void theTokenLetsNobodyIn(String what, UnaryOperator<TokenMaker> how) {
    TokenMaker right = TokenMaker.ofAdministrator(Instant.now(), host());
    Command.Result refused = byToken(how.apply(right));
    assertEquals(1, refused.exitCode(), refused::output);
    assertTrue(refused.output().contains("You must be logged in to the server"), refused::output);
    // The same token without the change is let in.
    assertEquals("yes", byToken(right).output());
  }

  @Test
  void whatWasMadeForAccessEntriesGoesWithTheDouble() {
    createRole();
    let("AmazonEKSClusterAdminPolicy", "type=cluster");
    String[] list = {"get", "clusterrolebindings", "-o", "name"};
    assertTrue(ClusterUnderTest.answer(cluster, list).contains("eks-access-policy-"));
    served.close();
    assertTrue(!ClusterUnderTest.answer(cluster, list).contains("eks-access-policy-"));
  }
}
