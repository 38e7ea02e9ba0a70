package dev.shirube.verify.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.shirube.model.Sha256;
import dev.shirube.verify.aws.SignatureV4.Parameter;
import dev.shirube.verify.aws.SignatureV4.Scope;
import dev.shirube.verify.aws.SignatureV4.Signed;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against the values that AWS publishes: its documents' examples and its test suite. */
class SignatureV4Test {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TIME = "20150830T123600Z";
  private static final String NOTHING = Sha256.of(new byte[0]);

  private static Scope scope(String service) {
    return new Scope("AKIDEXAMPLE", "20150830", "us-east-1", service);
  }

  /** The test suite's {@code get-vanilla} and those like it differ in path and query alone. */
  private static String signatureOfSuite(String path, String query) {
    return SignatureV4.signature(
        new Signed(
            "GET",
            path,
            SignatureV4.parameters(query),
            Map.of("host", "example.amazonaws.com", "x-amz-date", TIME),
            List.of("host", "x-amz-date"),
            NOTHING),
        scope("service"),
        TIME,
        SECRET);
  }

  @Test
  void getVanilla() {
    assertEquals(
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        signatureOfSuite("/", ""));
  }

  @Test
  void parametersAreSortedByTheirNames() {
    assertEquals(
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        signatureOfSuite("/", "Param2=value2&Param1=value1"));
  }

  /** The example of the documents: ListUsers of IAM. */
  @Test
  void headersAreTrimmedAndSigned() {
    Signed request =
        new Signed(
            "GET",
            "/",
            SignatureV4.parameters("Action=ListUsers&Version=2010-05-08"),
            Map.of(
                "content-type",
                "application/x-www-form-urlencoded;  charset=utf-8 ".replace("  ", " "),
                "host",
                "iam.amazonaws.com",
                "x-amz-date",
                TIME),
            List.of("content-type", "host", "x-amz-date"),
            NOTHING);
    assertEquals(
        "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
        Sha256.of(request.canonical().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertEquals(
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        SignatureV4.signature(request, scope("iam"), TIME, SECRET));
  }

  @Test
  void theKeyIsDerivedFromDayRegionAndService() {
    assertEquals(
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
        HexFormat.of().formatHex(SignatureV4.signingKey(SECRET, scope("iam"))));
  }

  /** The example of the documents of S3: an address that can be used for a day. */
  @Test
  void anAddressIsSignedWithItsQuery() {
    Signed request =
        new Signed(
            "GET",
            "/test.txt",
            List.of(
                new Parameter("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
                new Parameter(
                    "X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"),
                new Parameter("X-Amz-Date", "20130524T000000Z"),
                new Parameter("X-Amz-Expires", "86400"),
                new Parameter("X-Amz-SignedHeaders", "host")),
            Map.of("host", "examplebucket.s3.amazonaws.com"),
            List.of("host"),
            "UNSIGNED-PAYLOAD");
    assertEquals(
        "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        SignatureV4.signature(
            request,
            new Scope("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3"),
            "20130524T000000Z",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
  }

  @Test
  void everyPartOfTheRequestCounts() {
    String right = signatureOfSuite("/", "a=1");
    assertNotEquals(right, signatureOfSuite("/x", "a=1"));
    assertNotEquals(right, signatureOfSuite("/", "a=2"));
    assertNotEquals(right, signatureOfSuite("/", "a=1&b="));
  }

  @Test
  void segmentsOfThePathAreEncodedOnceMore() {
    String canonical =
        new Signed("GET", "/clusters/a%3Ab", List.of(), Map.of(), List.of(), NOTHING).canonical();
    assertEquals("/clusters/a%253Ab", canonical.lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void aCredentialHasFiveParts() {
    assertEquals(Optional.empty(), Scope.parse("AKID/20150830/us-east-1/iam"));
    assertEquals(Optional.empty(), Scope.parse("AKID/20150830/us-east-1/iam/aws3_request"));
    assertEquals(
        Optional.of(scope("iam")), Scope.parse("AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request"));
  }

  @Test
  void aPlusStaysAPlus() {
    assertEquals(List.of(new Parameter("a", "1+ 2")), SignatureV4.parameters("a=1+%202"));
    assertEquals("1%2B%202~", SignatureV4.encode("1+ 2~"));
  }
}
