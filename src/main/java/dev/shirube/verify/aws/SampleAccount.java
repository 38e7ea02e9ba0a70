package dev.shirube.verify.aws;

/**
 * What an account has before a page begins. Its keys are those that AWS' own documents show; they
 * open nothing.
 */
public final class SampleAccount {

  public static final String NUMBER = "111122223333";

  /** Where the cluster is. */
  public static final String REGION = "ap-northeast-1";

  public static final String CLUSTER = "demo";

  /** May do everything in IAM and EKS; made the cluster, and has a profile of this name. */
  public static final String ADMINISTRATOR = "admin";

  static final String ADMINISTRATOR_KEY = "AKIAI44QH8DHBEXAMPLE";
  static final String ADMINISTRATOR_SECRET = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";

  /** May assume roles that let the account in, and nothing else. */
  public static final String USER = "taro";

  public static final String USER_KEY = "AKIAIOSFODNN7EXAMPLE";
  public static final String USER_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private SampleAccount() {}

  static Account open() {
    Account account = new Account(NUMBER);
    account.addUser(
        ADMINISTRATOR,
        ADMINISTRATOR_KEY,
        ADMINISTRATOR_SECRET,
        PolicyDocument.ofIdentity(
            """
            {"Version": "2012-10-17",
             "Statement": {"Effect": "Allow", "Action": ["iam:*", "eks:*"], "Resource": "*"}}
            """));
    account.addUser(
        USER,
        USER_KEY,
        USER_SECRET,
        PolicyDocument.ofIdentity(
            """
            {"Version": "2012-10-17",
             "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}
            """));
    return account;
  }

  /** The administrator's profile, as {@code ~/.aws/credentials} has it. */
  static String administratorProfile() {
    return """
    [%s]
    aws_access_key_id = %s
    aws_secret_access_key = %s
    region = %s
    """
        .formatted(ADMINISTRATOR, ADMINISTRATOR_KEY, ADMINISTRATOR_SECRET, REGION);
  }
}
