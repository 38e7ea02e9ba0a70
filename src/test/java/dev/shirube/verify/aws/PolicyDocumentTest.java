package dev.shirube.verify.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/dev";

  private static PolicyDocument policy(String effect, String action, String resource) {
    return PolicyDocument.ofIdentity(
        """
        {"Version": "2012-10-17", "Statement": [
         {"Effect": "%s", "Action": ["%s"], "Resource": "%s"}]}
        """
            .formatted(effect, action, resource));
  }

  @ParameterizedTest
  @CsvSource({
    "eks:DescribeCluster, arn:a, true",
    "EKS:describecluster, arn:a, true",
    "eks:Describe*,       arn:?, true",
    "eks:*,               *,     true",
    "eks:ListClusters,    arn:a, false",
    "eks:DescribeCluster, ARN:a, false",
    "eks:DescribeCluster, arn:b, false"
  })
  void actionsAndResourcesAreMatchedByPatterns(String action, String resource, boolean allowed) {
    assertEquals(allowed, policy("Allow", action, resource).allows("eks:DescribeCluster", "arn:a"));
  }

  @Test
  void aDenialWins() {
    Identity user = Identity.user("111122223333", "taro", "AIDA1");
    assertFalse(user.allows("eks:ListClusters", "*"));
    user.put("all", policy("Allow", "eks:*", "*"));
    assertTrue(user.allows("eks:ListClusters", "*"));
    user.put("none", policy("Deny", "eks:List*", "*"));
    assertFalse(user.allows("eks:ListClusters", "*"));
    assertTrue(user.allows("eks:DescribeCluster", "a"));
  }

  private static PolicyDocument trust(String principal) {
    return PolicyDocument.ofTrust(
        """
        {"Version": "2012-10-17", "Statement": [
         {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}]}
        """
            .formatted(principal));
  }

  @Test
  void whereTheAccountIsTrustedTheUsersPolicyDecides() {
    Identity user = Identity.user("111122223333", "taro", "AIDA1");
    Principal taro = Principal.user(user);
    assertFalse(trust("arn:aws:iam::111122223333:root").trusts(taro, ROLE));
    assertTrue(trust(user.arn()).trusts(taro, ROLE));
    user.put("assume", policy("Allow", "sts:AssumeRole", ROLE));
    assertTrue(trust("arn:aws:iam::111122223333:root").trusts(taro, ROLE));
    assertFalse(trust("arn:aws:iam::999999999999:root").trusts(taro, ROLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"Version\": \"2012-10-18\", \"Statement\": []}",
        "{\"Version\": \"2012-10-17\", \"Statement\": []}",
        "{\"Statement\": {\"Effect\": \"Maybe\", \"Action\": \"a\", \"Resource\": \"*\"}}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a\"}}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Resource\": \"*\"}}"
      })
  void whatIsNoPolicyIsRefused(String text) {
    AwsException refusal = assertThrows(AwsException.class, () -> PolicyDocument.ofIdentity(text));
    assertEquals("MalformedPolicyDocument", refusal.code());
  }

  @Test
  void aTrustPolicyNamesWhoAndNotWhat() {
    AwsException refusal =
        assertThrows(
            AwsException.class,
            () ->
                PolicyDocument.ofTrust(
                    "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a\", \"Resource\":"
                        + " \"*\", \"Principal\": \"*\"}}"));
    assertEquals("Has prohibited field Resource", refusal.getMessage());
  }

  @Test
  void whatTheDoubleDoesNotUnderstandItDoesNotPassOver() {
    AwsException refusal =
        assertThrows(
            AwsException.class,
            () ->
                PolicyDocument.ofIdentity(
                    "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a\", \"Resource\":"
                        + " \"*\", \"Condition\": {}}}"));
    assertEquals("NotImplemented", refusal.code());
  }
}
