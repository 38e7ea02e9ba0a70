package dev.shirube.verify.aws;

/** Whether pages that call AWS can be proven. */
public sealed interface AwsSupport {

  /** They can, on a cluster that asks here for tokens. */
  record Ready(TokenWebhook webhook) implements AwsSupport {}

  /**
   * They cannot.
   *
   * @param why for people
   */
  record Missing(String why) implements AwsSupport {}
}
