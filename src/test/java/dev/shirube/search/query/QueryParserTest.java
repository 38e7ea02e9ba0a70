package dev.shirube.search.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shirube.search.query.ParsedQuery.Alternative;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QueryParserTest {

  @Test
  void japaneseIsCutIntoTheLongestKnownTerms() {
    TermDictionary dictionary = new SortedDictionary().terms("永続", "永続的", "ボリューム", "作成");
    assertEquals(List.of("1.00 永続的", "1.00 ボリューム", "1.00 作成"), groups(dictionary, "永続的なボリュームの作成"));
  }

  @Test
  void anInflectedWordLeadsToItsBaseForm() {
    TermDictionary dictionary = new SortedDictionary().terms("落ちる").alias("落ち", "落ちる");
    assertEquals(List.of("0.90 落ちる"), groups(dictionary, "すぐ落ちて困る"));
  }

  @Test
  void aFinalProlongedSoundMarkDoesNotCount() {
    TermDictionary dictionary = new SortedDictionary().terms("サーバ");
    assertEquals(groups(dictionary, "サーバ"), groups(dictionary, "サーバー"));
  }

  @Test
  void aSynonymCountsAlmostAsMuchAndManyWordsShareTheWeight() {
    TermDictionary dictionary =
        new SortedDictionary().terms("pv", "persistent", "volume").alias("pv", "persistent volume");
    assertEquals(List.of("1.00 pv | 0.64 persistent volume"), groups(dictionary, "PV"));
  }

  @Test
  void anUnfinishedWordIsCompleted() {
    TermDictionary dictionary = new SortedDictionary().terms("provision", "provisioner", "proxy");
    assertEquals(List.of("0.70 provision | 0.70 provisioner"), groups(dictionary, "provi"));
  }

  @Test
  void aKnownWordIsNotCompleted() {
    TermDictionary dictionary = new SortedDictionary().terms("pod", "podman");
    assertEquals(List.of("1.00 pod"), groups(dictionary, "Pods"));
  }

  @Test
  void anUnknownWordIsHeardAs() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("deployment", "デプロイメント")
            .alias("~" + SoundKey.of("deployment"), "deployment", "デプロイメント");
    assertEquals(List.of("0.70 deployment | 0.50 デプロイメント"), groups(dictionary, "deplyment"));
  }

  @Test
  void aSlipOfTheFingerIsHeardThrough() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("configmap", "config")
            .alias("~" + SoundKey.of("configmap"), "configmap")
            .alias("~" + SoundKey.of("config"), "config");
    assertEquals(List.of("0.70 configmap"), groups(dictionary, "congfigmap"));
  }

  @Test
  void theCloserOfTwoSoundsDecidesWhatASynonymWeighs() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("statefulset")
            .alias("ステートフルセット", "statefulset")
            .alias("~" + SoundKey.of("ステートフルセット"), "statefulset", "ステートフルセット");
    assertEquals(List.of("0.63 statefulset"), groups(dictionary, "ステートフルセト"));
  }

  @Test
  void anUnknownEndOfAKatakanaWordIsHeardAs() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("セキュリティ", "コンテキスト")
            .alias("~" + SoundKey.of("コンテキスト"), "コンテキスト");
    assertEquals(List.of("0.70 コンテキスト", "1.00 セキュリティ"), groups(dictionary, "セキュリティコンテクスト"));
  }

  @Test
  void aMisspeltWordStillMakesAPhrase() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("persistent", "volume", "pv")
            .alias("persistent volume", "pv")
            .alias("~" + SoundKey.of("persistent"), "persistent");
    assertTrue(groups(dictionary, "persistant volume").contains("0.90 pv"));
  }

  @Test
  void theMostFrequentCompletionsAreTaken() {
    SortedDictionary dictionary = new SortedDictionary().alias("spz");
    for (char c = 'a'; c < 'z'; c++) {
      dictionary.alias("sp" + c, "x");
    }
    dictionary.terms("spread");
    assertTrue(groups(dictionary, "sp").get(0).startsWith("0.70 spread | "));
  }

  @Test
  void aWordNamesAPageByWhatElseItMayMean() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("namespace", "永続", "ボリューム")
            .alias("ネームスペース", "namespace")
            .alias("pv", "永続 ボリューム");
    assertEquals(List.of("1.00 ネームスペース", "0.90 namespace"), names(dictionary, "ネームスペース"));
    assertEquals(List.of("1.00 pv", "0.90 永続ボリューム"), names(dictionary, "PV"));
    assertEquals(List.of("1.00 永続ボリューム"), names(dictionary, "永続 ボリューム"));
  }

  @Test
  void severalWordsNameAPageByTheBestOfEach() {
    TermDictionary dictionary =
        new SortedDictionary()
            .terms("network", "policy")
            .alias("~" + SoundKey.of("policy"), "policy")
            .alias("~" + SoundKey.of("network"), "network");
    assertEquals(
        List.of("1.00 netwoork polcy", "0.70 network policy"), names(dictionary, "netwoork polcy"));
  }

  @Test
  void aQueryOfManyWordsIsCutShort() {
    SortedDictionary dictionary = new SortedDictionary();
    StringBuilder query = new StringBuilder();
    for (char a = 'a'; a <= 'z'; a++) {
      dictionary.terms(a + "x", a + "y");
      query.append(a).append("x ").append(a).append("y ");
    }
    assertEquals(32, groups(dictionary, query.toString()).size());
  }

  @Test
  void wordsInARowAreAlsoOneIdentifier() {
    TermDictionary dictionary = new SortedDictionary().terms("crash", "loop", "crashloopbackoff");
    assertTrue(groups(dictionary, "crash loop back off").contains("0.90 crashloopbackoff"));
  }

  @Test
  void anUnknownIdentifierIsTakenApart() {
    TermDictionary dictionary = new SortedDictionary().terms("image", "pull");
    assertEquals(List.of("0.64 image pull"), groups(dictionary, "ImagePull"));
  }

  @Test
  void aNameOfTwoScriptsIsOneName() {
    TermDictionary dictionary =
        new SortedDictionary().terms("init", "コンテナ").alias("initコンテナ", "init container");
    assertEquals(List.of("0.64 init container"), groups(dictionary, "Initコンテナ"));
  }

  @Test
  void sayingItTwiceChangesNothing() {
    TermDictionary dictionary = new SortedDictionary().terms("pod", "起動");
    assertEquals(groups(dictionary, "pod 起動"), groups(dictionary, "pod pod 起動 起動"));
  }

  @Test
  void namesAndNumbersOfALogLineAreNotSearchedFor() {
    TermDictionary dictionary = new SortedDictionary().terms("web", "imagepullbackoff", "10");
    assertEquals(
        List.of("1.00 imagepullbackoff"),
        groups(dictionary, "web-7d4b9c-x2x5k 0/1 ImagePullBackOff 10 3m"));
  }

  @Test
  void aLongQueryStaysBelowTheLimitOfClauses() {
    SortedDictionary dictionary = new SortedDictionary();
    StringBuilder query = new StringBuilder();
    for (char a = 'a'; a <= 'z'; a++) {
      for (char b = 'a'; b <= 'z'; b++) {
        query.append(a).append(b).append(' ');
        for (char c = 'a'; c <= 'z'; c++) {
          dictionary.terms("" + a + b + c);
        }
      }
    }
    int terms =
        QueryParser.parse(dictionary, query.toString()).groups().stream()
            .flatMap(group -> group.alternatives().stream())
            .mapToInt(alternative -> alternative.terms().size())
            .sum();
    assertEquals(256, terms);
  }

  private static List<String> groups(TermDictionary dictionary, String query) {
    return QueryParser.parse(dictionary, query).groups().stream()
        .map(
            group ->
                group.alternatives().stream()
                    .map(QueryParserTest::text)
                    .collect(Collectors.joining(" | ")))
        .toList();
  }

  private static List<String> names(TermDictionary dictionary, String query) {
    return QueryParser.parse(dictionary, query).names().stream()
        .map(name -> String.format(Locale.ROOT, "%.2f %s", name.weight(), name.key()))
        .toList();
  }

  private static String text(Alternative alternative) {
    return String.format(
        Locale.ROOT, "%.2f %s", alternative.weight(), String.join(" ", alternative.terms()));
  }
}
