package dev.shirube.verify.aws;

/** A call that AWS would refuse, with the code and the message that it documents for that. */
final class AwsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status of HTTP
   * @param code as the AWS CLI shows it in parentheses
   */
  AwsException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** An action that no policy allows. */
  static AwsException denied(Service service, Principal principal, String action, String resource) {
    return new AwsException(
        403,
        service == Service.EKS ? "AccessDeniedException" : "AccessDenied",
        "User: "
            + principal.arn()
            + " is not authorized to perform: "
            + action
            + " on resource: "
            + resource);
  }

  /** What AWS may well do, but its double does not. */
  static AwsException unknownToTheDouble(String what) {
    return new AwsException(
        501, "NotImplemented", "the double of AWS that pages are proven with does not do " + what);
  }
}
