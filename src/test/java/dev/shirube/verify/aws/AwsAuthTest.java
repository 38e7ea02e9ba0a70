package dev.shirube.verify.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwsAuthTest {

  private static final PolicyDocument TRUST =
      PolicyDocument.ofTrust(
          """
          {"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
           "Action": "sts:AssumeRole"}}
          """);

  private static Optional<AwsAuth.Mapped> find(String mapRoles, String path) {
    Identity role = Identity.role("111122223333", path, "dev", "AROA1", TRUST);
    return new AwsAuth(Map.of("mapRoles", mapRoles)).find(Principal.session(role, "s"));
  }

  private static final String DEV =
      """
      - rolearn: arn:aws:iam::111122223333:role/dev
        username: dev-{{AccountID}}
        groups: [a, b]
      """;

  @Test
  void aRoleIsFoundWithoutItsPath() {
    AwsAuth.Mapped dev = new AwsAuth.Mapped("dev-111122223333", List.of("a", "b"));
    assertEquals(Optional.of(dev), find(DEV, "/"));
    assertEquals(Optional.of(dev), find(DEV, "/team/"));
  }

  @Test
  void anArnWithAPathIsFoundByNobody() {
    assertEquals(Optional.empty(), find(DEV.replace("role/", "role/team/"), "/team/"));
  }

  @Test
  void oneSlipLetsNobodyIn() {
    assertEquals(Optional.empty(), find(DEV + "  groups [c\n", "/"));
    assertEquals(Optional.empty(), find("just text", "/"));
  }
}
