package dev.shirube.search.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "ImagePullBackOff, imagepullbackoff image pull back off",
    "OOMKilled, oomkilled oom killed",
    "backoffLimit, backofflimit backoff limit",
    "CRDs, crd",
    "APIsServed, apisserved api served",
    "PVCName, pvcname pvc name",
    "k8s, k8s",
    "IPv4Address, ipv4address ipv4 address",
    "EC2Instance, ec2instance ec2 instance",
  })
  void anIdentifierIsATermAsAWholeAndInItsParts(String identifier, String terms) {
    assertEquals(terms, String.join(" ", Words.terms(identifier)));
  }

  @ParameterizedTest
  @CsvSource({
    "kube-apiserver, kube apiserver kubeapiserver",
    "port_forward, port forward portforward",
    "spec.template.metadata, spec template metadata",
    "1-2-3, ''",
  })
  void aCompoundIsATermAsAWholeAndInItsWords(String compound, String terms) {
    List<String> all = new ArrayList<>(Words.terms(compound));
    all.addAll(Words.compounds(compound));
    assertEquals(terms, String.join(" ", all));
  }

  @ParameterizedTest
  @CsvSource({
    "use the kube-apiserver here, kubeapiserver",
    "kube-apiserver と port-forward, kubeapiserver portforward",
    "- a -b- c-, ''",
    "one-two-three-four, ''",
  })
  void onlyShortCompoundsAreJoined(String text, String compounds) {
    assertEquals(compounds, String.join(" ", Words.compounds(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "v1beta2, v1beta2",
    "10250, 10250",
    "1234567, ''",
    "7d9c5b8f4, ''",
    "sha256, sha256",
  })
  void whatLooksLikeAHashIsNoTerm(String word, String terms) {
    assertEquals(terms, String.join(" ", Words.terms(word)));
  }

  @ParameterizedTest
  @CsvSource({
    "policies, policy",
    "pods, pod",
    "ingress, ingress",
    "status, status",
    "dns, dns",
    "AWS, aws"
  })
  void aPluralIsItsSingular(String plural, String singular) {
    assertEquals(singular, Words.term(plural));
  }

  @Test
  void hashesAndStopWordsAreNoTerms() {
    assertEquals(List.of("image"), Words.terms("the image 9b2c7f0d1e8a4b6c9b2c7f0d1e8a4b6c"));
  }

  @Test
  void japaneseIsPassedOver() {
    assertEquals(List.of("pod"), Words.terms("Podが起動しない"));
  }
}
