package dev.shirube.verify.aws;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * The calls of <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/">IAM</a> that make a
 * role.
 */
record IamApi(Account account, Clock clock) {

  private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

  Answer answer(Principal principal, QueryParameters call) {
    return switch (call.action()) {
      case "CreateRole" -> createRole(principal, call);
      case "GetRole" -> getRole(principal, call);
      case "PutRolePolicy" -> putRolePolicy(principal, call);
      default -> throw AwsException.unknownToTheDouble("IAM's " + call.action());
    };
  }

  private Answer createRole(Principal principal, QueryParameters call) {
    String name = call.require("RoleName");
    String path = call.get("Path", "/");
    principal.require(Service.IAM, "iam:CreateRole", arn(path, name));
    PolicyDocument trust = PolicyDocument.ofTrust(call.require("AssumeRolePolicyDocument"));
    Identity role =
        account
            .addRole(path, name, trust)
            .orElseThrow(
                () ->
                    new AwsException(
                        409, "EntityAlreadyExists", "Role with name " + name + " already exists."));
    return Answer.xml(
        "CreateRole", NAMESPACE, describe(role, call.require("AssumeRolePolicyDocument")));
  }

  private Answer getRole(Principal principal, QueryParameters call) {
    Identity role = role(call);
    principal.require(Service.IAM, "iam:GetRole", role.arn());
    return Answer.xml("GetRole", NAMESPACE, describe(role, "{}"));
  }

  private Answer putRolePolicy(Principal principal, QueryParameters call) {
    Identity role = role(call);
    principal.require(Service.IAM, "iam:PutRolePolicy", role.arn());
    role.put(call.require("PolicyName"), PolicyDocument.ofIdentity(call.require("PolicyDocument")));
    return Answer.xml("PutRolePolicy", NAMESPACE, "");
  }

  private Identity role(QueryParameters call) {
    String name = call.require("RoleName");
    return account
        .role(name)
        .orElseThrow(
            () ->
                new AwsException(
                    404, "NoSuchEntity", "The role with name " + name + " cannot be found."));
  }

  private String arn(String path, String name) {
    return "arn:aws:iam::" + account.number() + ":role" + path + name;
  }

  private String describe(Identity role, String trust) {
    return "<Role><Path>%s</Path><RoleName>%s</RoleName><RoleId>%s</RoleId><Arn>%s</Arn><CreateDate>%s</CreateDate><AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument></Role>"
        .formatted(
            Answer.escaped(role.path()),
            Answer.escaped(role.name()),
            role.id(),
            Answer.escaped(role.arn()),
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            SignatureV4.encode(trust));
  }
}
