package dev.shirube.verify.aws;

import dev.shirube.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How AWS signs requests: <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 * Version 4</a>. A signature is verified by making it anew.
 */
final class SignatureV4 {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String END = "aws4_request";
  private static final String HMAC = "HmacSHA256";
  private static final String UNRESERVED = "-._~";

  private SignatureV4() {}

  /** A parameter of a query, decoded. */
  record Parameter(String name, String value) {}

  /**
   * What a signature is good for, as {@code Credential} names it.
   *
   * @param day as {@code 20260131}
   */
  record Scope(String accessKeyId, String day, String region, String service) {

    /** Reads {@code KEY/DAY/REGION/SERVICE/aws4_request}; empty where it is none. */
    static Optional<Scope> parse(String credential) {
      String[] parts = credential.split("/", -1);
      return parts.length == 5 && parts[4].equals(END)
          ? Optional.of(new Scope(parts[0], parts[1], parts[2], parts[3]))
          : Optional.empty();
    }

    String text() {
      return String.join("/", day, region, service, END);
    }
  }

  /**
   * The parts of a request that a signature covers.
   *
   * @param path as it was sent, percent-encoded
   * @param query without the signature itself
   * @param headers by name in lower case
   * @param signedHeaders names in lower case, in the order of the signature
   * @param payloadHash SHA-256 of the body in hexadecimal digits, or {@code UNSIGNED-PAYLOAD}
   */
  record Signed(
      String method,
      String path,
      List<Parameter> query,
      Map<String, String> headers,
      List<String> signedHeaders,
      String payloadHash) {

    String canonical() {
      String parameters =
          query.stream()
              .map(each -> new Parameter(encode(each.name()), encode(each.value())))
              .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
              .map(each -> each.name() + "=" + each.value())
              .collect(Collectors.joining("&"));
      StringBuilder text = new StringBuilder();
      text.append(method).append('\n').append(canonicalPath()).append('\n');
      text.append(parameters).append('\n');
      for (String name : signedHeaders) {
        String value = headers.getOrDefault(name, "").strip().replaceAll(" +", " ");
        text.append(name).append(':').append(value).append('\n');
      }
      text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
      return text.toString();
    }

    /** Each segment is encoded once more; all services but S3 have it so. */
    private String canonicalPath() {
      List<String> segments = new ArrayList<>();
      for (String segment : path.split("/", -1)) {
        segments.add(encode(segment));
      }
      String joined = String.join("/", segments);
      return joined.isEmpty() ? "/" : joined;
    }
  }

  /**
   * The signature in hexadecimal digits.
   *
   * @param time as {@code 20260131T235959Z}
   */
  static String signature(Signed request, Scope scope, String time, String secretKey) {
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            time,
            scope.text(),
            Sha256.of(request.canonical().getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(hmac(signingKey(secretKey, scope), toSign));
  }

  static byte[] signingKey(String secretKey, Scope scope) {
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(scope.day(), scope.region(), scope.service(), END)) {
      key = hmac(key, part);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK knows " + HMAC, e);
    }
  }

  /** The parameters of a query, in its order. A plus stays one: signers write spaces as %20. */
  static List<Parameter> parameters(String rawQuery) {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : rawQuery.split("&")) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(decode(part), "")
                : new Parameter(
                    decode(part.substring(0, equals)), decode(part.substring(equals + 1))));
      }
    }
    return parameters;
  }

  /**
   * Decodes percent signs.
   *
   * @throws IllegalArgumentException where two hexadecimal digits are missing after one
   */
  static String decode(String text) {
    return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** As RFC 3986 has it: letters, digits and -._~ stay. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean stays =
          (letter >= 'A' && letter <= 'Z')
              || (letter >= 'a' && letter <= 'z')
              || (letter >= '0' && letter <= '9')
              || UNRESERVED.indexOf(letter) >= 0;
      if (stays) {
        encoded.append(letter);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return encoded.toString();
  }
}
