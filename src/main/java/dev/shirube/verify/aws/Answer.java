package dev.shirube.verify.aws;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What is answered over HTTP. */
record Answer(int status, String contentType, Map<String, String> headers, String body) {

  private static final String REQUEST_ID = "11111111-2222-3333-4444-555555555555";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer json(Object value) {
    return new Answer(
        200, "application/json", Map.of(), JsonMapper.shared().writeValueAsString(value));
  }

  /**
   * As services of the <a
   * href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Query API</a>
   * answer.
   *
   * @param result the XML within the result element
   */
  static Answer xml(String action, String namespace, String result) {
    return new Answer(
        200,
        "text/xml",
        Map.of(),
        "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult><ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>"
            .formatted(action, namespace, result, REQUEST_ID));
  }

  /** A refusal, in the shape of the service. */
  static Answer refusal(Service service, AwsException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (service == Service.EKS) {
      return new Answer(
          refusal.status(),
          "application/json",
          Map.of("x-amzn-ErrorType", refusal.code()),
          JsonMapper.shared().writeValueAsString(Map.of("message", message)));
    }
    return new Answer(
        refusal.status(),
        "text/xml",
        Map.of(),
        "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
            .formatted(escaped(refusal.code()), escaped(message), REQUEST_ID));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
