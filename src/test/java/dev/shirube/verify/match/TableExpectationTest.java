package dev.shirube.verify.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableExpectationTest {

  private static final String PODS =
      """
      NAME                   READY   STATUS             RESTARTS      AGE     IP          NODE     NOMINATED NODE   READINESS GATES
      api                    1/1     Running            0             2m30s   10.244.0.7  node-1   <none>           <none>
      web-7d4b9c6f5d-x2x5k   0/1     CrashLoopBackOff   2 (30s ago)   5m      10.244.0.9  node-1   <none>           <none>
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Fewer columns, in another order, by gaps.
        "STATUS            NAME\nRunning  api\nCrashLoopBackOff  web-<hash>-<hash>",
        // Rows in another order.
        "NAME    READY\nweb-<hash>-<hash>    0/1\napi    1/1",
        // By words.
        "NAME STATUS AGE\napi Running <age>\nweb-<hash>-<hash> CrashLoopBackOff <age>",
        // Aligned with the header, a single space here and there.
        """
        NAME READY STATUS                        AGE
        api  1/1   Running                       <age>
        web-7d4b9c6f5d-x2x5k 0/1 ErrImagePull|CrashLoopBackOff <age>
        """,
        "NAME   RESTARTS\nweb-<any>   <n> (<age> ago)\napi   0",
        "NAME   NOMINATED NODE   READINESS GATES\napi   <none>   <none>\n...",
        "NAME   READY\napi   <n>/<n>\n...",
        "NAME   READY\n...",
        "NAME\napi\nweb-7d4b9c6f5d-x2x5k",
        "IP   NAME\n<ip>   api\n<ip>   web-...",
        "NAME   STATUS\n...\nweb-…   Crash...",
      })
  void aPartOfThePodsMatches(String expected) {
    Expected.assertMatches(MatchMode.TABLE, expected, PODS);
  }

  @Test
  void columnsAreToldBeforePlaceholdersAreFilledIn() {
    Expectation filled =
        assertInstanceOf(
                Expectation.Ready.class,
                Expectation.parse(
                    MatchMode.TABLE,
                    "NAME MESSAGE AGE\napi  {message} 5s\n",
                    Set.of(),
                    text -> text.replace("{message}", "two  words and more")))
            .expectation();
    assertEquals(
        new Comparison.Match(),
        filled.compare("NAME   MESSAGE               AGE\napi    two  words and more   9s\n"));
    assertFalse(
        filled
            .compare("NAME   MESSAGE               AGE\napi    two  words            9s\n")
            .matches());
  }

  @Test
  void aColumnOfTwoWordsIsNamedByThemToVary() {
    String expected =
        "LAST SEEN          OBJECT      REASON\n7s (x2 over 20s)   Pod/web-1   Failed\n";
    Expectation varying =
        assertInstanceOf(
                Expectation.Ready.class,
                Expectation.parse(MatchMode.TABLE, expected, Set.of("LAST", "SEEN", "OBJECT")))
            .expectation();

    String actual = "LAST SEEN   OBJECT      REASON\n3s          Pod/web-2   Failed\n";
    assertTrue(varying.compare(actual).matches());
    assertFalse(varying.compare(actual.replace("Failed", "Pulled")).matches());
    Expected.assertMatches(
        MatchMode.TABLE, expected.replace("7s (x2 over 20s)", "9s"), actual.replace("-2", "-1"));
  }

  @Test
  void aCellThatDiffersIsNamedByItsColumnAndRow() {
    Comparison.Mismatch mismatch =
        Expected.mismatch(
            MatchMode.TABLE,
            """
            NAME READY STATUS                        AGE
            api  1/1   Running                       <age>
            web-<hash>-<hash>  0/1   ErrImagePull|ImagePullBackOff <age>
            """,
            PODS);
    assertEquals(
        "3:26 column STATUS of row web-7d4b9c6f5d-x2x5k: expected ErrImagePull|ImagePullBackOff,"
            + " was CrashLoopBackOff",
        Expected.where(mismatch));
    assertEquals(
        """
          NAME                   READY   STATUS                          AGE
          api                    1/1     Running                         <age>
        - web-<hash>-<hash>      0/1     ErrImagePull|ImagePullBackOff   <age>
        + web-7d4b9c6f5d-x2x5k   0/1     CrashLoopBackOff                5m
        """,
        mismatch.diff());
  }

  @Test
  void whatIsSimilarIsNotEqual() {
    for (String status : List.of("Runing", "running", "Running ok", "Run", "CrashLoopBackoff")) {
      assertFalse(
          Expected.compare(MatchMode.TABLE, "NAME  STATUS\napi  " + status + "\n...", PODS)
              .matches());
    }
  }

  @Test
  void aMissingRowIsNamedWithTheRowsThatAreThere() {
    assertEquals(
        "2:1 no row db; the rows are api, web-7d4b9c6f5d-x2x5k",
        Expected.where(
            Expected.mismatch(MatchMode.TABLE, "NAME  READY\ndb  1/1\napi  1/1\n...", PODS)));
    assertEquals(
        "3:1 no further row api; the rows are api, web-7d4b9c6f5d-x2x5k",
        Expected.where(
            Expected.mismatch(MatchMode.TABLE, "NAME  READY\napi  1/1\napi  1/1\n...", PODS)));
  }

  @Test
  void anotherRowIsAnErrorUnlessThereAreDots() {
    Comparison.Mismatch mismatch =
        Expected.mismatch(MatchMode.TABLE, "NAME  READY\napi  1/1", PODS);
    assertEquals(
        "2:1 row web-7d4b9c6f5d-x2x5k is not expected; a last line with dots would allow for it",
        Expected.where(mismatch));
    assertEquals(
        """
          NAME                   READY
          api                    1/1
        + web-7d4b9c6f5d-x2x5k   0/1
        """,
        mismatch.diff());
    Expected.assertMatches(MatchMode.TABLE, "NAME  READY\napi  1/1\n...", PODS);
    assertFalse(Expected.compare(MatchMode.TABLE, "NAME  READY", PODS).matches());
  }

  @Test
  void aMissingColumnIsNamedWithTheNearest() {
    assertEquals(
        "1:7 no column STATSU in the output, whose first line is \"NAME   STATUS\"; did you mean"
            + " STATUS?",
        Expected.where(
            Expected.mismatch(MatchMode.TABLE, "NAME  STATSU\na  b", "NAME   STATUS\na      b")));
  }

  @Test
  void noOutputAndNoTableAreNoMatch() {
    assertEquals(
        "1:1 expected a table with the columns NAME, READY, there was no output",
        Expected.where(Expected.mismatch(MatchMode.TABLE, "NAME  READY\nx  y", "")));
    assertFalse(
        Expected.compare(
                MatchMode.TABLE, "NAME  READY\nx  y", "No resources found in team-a namespace.\n")
            .matches());
  }

  @Test
  void aBlankCellIsReadByItsPlace() {
    String actual =
        """
        CURRENT   NAME    CLUSTER   AUTHINFO   NAMESPACE
        *         admin   local     admin
                  ops     eks       ops        team a
        """;
    Expected.assertMatches(MatchMode.TABLE, actual, actual);
    Expected.assertMatches(MatchMode.TABLE, "NAME  NAMESPACE\nops  team a\nadmin ", actual);
  }

  @Test
  void oneRowOfEachNameIsGivenToEachExpectedOne() {
    // The first row fits both; only giving it to the second leaves one for the first.
    Expected.assertMatches(
        MatchMode.TABLE, "NAME\nweb-<hash>\nweb-bcdfg", "NAME\nweb-bcdfg\nweb-x2x5k");
    assertFalse(
        Expected.compare(
                MatchMode.TABLE, "NAME\nweb-<hash>\nweb-<hash>", "NAME\nweb-bcdfg\nweb-ABCDE")
            .matches());
  }

  @Test
  void namespacesTellRowsOfTheSameNameApart() {
    assertEquals(
        "3:16 column READY of row b/web: expected 1/1, was 0/1",
        Expected.where(
            Expected.mismatch(
                MatchMode.TABLE,
                "NAMESPACE NAME READY\na web 1/1\nb         web  1/1",
                "NAMESPACE   NAME   READY\nb           web    0/1\na           web    1/1")));
  }

  @Test
  void severalTablesAreComparedInTheirOrder() {
    String actual =
        """
        NAME      READY
        pod/web   1/1

        NAME          TYPE        PORT(S)
        service/web   ClusterIP   80/TCP
        """;
    Expected.assertMatches(MatchMode.TABLE, actual, actual);
    Expected.assertMatches(MatchMode.TABLE, "NAME\npod/web\n\n...", actual);
    assertEquals(
        "5:13 column TYPE of row service/web: expected NodePort, was ClusterIP",
        Expected.where(
            Expected.mismatch(
                MatchMode.TABLE,
                "NAME\npod/web\n\nNAME         TYPE\nservice/web NodePort\n",
                actual)));
    assertEquals(
        "1:1 the output goes on after the last expected table with"
            + " \"NAME          TYPE        PORT(S)\"",
        Expected.where(Expected.mismatch(MatchMode.TABLE, "NAME\npod/web", actual)));
  }

  @Test
  void rowsThatAWatchPrintsWiderThanTheHeaderAreRead() {
    Expected.assertMatches(
        MatchMode.TABLE,
        "NAME  STATUS  AGE\nweb  Pending  0s\nweb  ContainerCreating  1s\nweb  Running  2s",
        """
        NAME   STATUS    AGE
        web    Pending   0s
        web    ContainerCreating   1s
        web    Running             2s
        """);
  }

  @Test
  void tabsPartTheColumnsOfHelm() {
    Expected.assertMatches(
        MatchMode.TABLE,
        "NAME  STATUS\nweb  deployed",
        "NAME\tSTATUS  \tAPP VERSION\nweb \tdeployed\t           \n");
  }

  @Test
  void japaneseValuesAreCountedByCodePoints() {
    String actual =
        """
        NAME   OWNER         AGE
        web    基盤チーム 一班   5s
        api    𠮷野家           6s
        db     𠮷田            7s
        """;
    Expected.assertMatches(
        MatchMode.TABLE,
        "NAME  OWNER  AGE\nweb  基盤チーム 一班  <age>\napi  𠮷野家  6s\ndb  𠮷田  7s",
        actual);
  }

  @Test
  void columnsThatCannotBeToldAreAProblem() {
    ExpectationProblem problem =
        Expected.problems(MatchMode.TABLE, "NAME  READY  AGE\nweb  1/1  5s\nweb 1/1 5s ago")
            .getFirst();
    assertEquals("cannot tell the columns of this row", problem.what());
    assertEquals(3, problem.line());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|1:1 no table to compare with",
        "...;NAME;web|1:1 dots before a table",
        "NAME  NAME;a  b|1:1 a column is named twice",
        "...|1:1 dots before a table",
        "NAME  AGE;web  <agge>|2:6 unknown token <agge>",
        "NAME AGE;web <agge>|2:5 unknown token <agge>",
      })
  void aTableThatSaysNothingIsAProblem(String textAndProblem) {
    String[] parts = textAndProblem.split("\\|", 2);
    assertEquals(parts[1], Expected.problem(MatchMode.TABLE, parts[0].replace(';', '\n')));
  }

  @Test
  void barsInACommandAreNoAlternatives() {
    Expected.assertMatches(MatchMode.TABLE, "A    B\nx    a || b | c", "A    B\nx    a || b | c");
    Expected.assertMatches(MatchMode.TABLE, "A\na|b", "A\na|b");
    Expected.assertMatches(MatchMode.TABLE, "A\na\\|b", "A\na|b");
    assertFalse(Expected.compare(MatchMode.TABLE, "A\na\\|b", "A\nb").matches());
  }

  @Test
  void aRandomTableMatchesItselfAndNoCellMayChange() {
    Random random = new Random(20261124);
    for (int i = 0; i < 1_000; i++) {
      List<List<String>> table = randomTable(random);
      String printed = tabwriter(table);
      assertTrue(
          Expected.compare(MatchMode.TABLE, printed, printed).matches(),
          () -> "itself:\n" + printed);
      List<List<String>> shuffled = new ArrayList<>(table.subList(1, table.size()));
      Collections.shuffle(shuffled, random);
      shuffled.addFirst(table.getFirst());
      String reordered = tabwriter(shuffled);
      assertTrue(
          Expected.compare(MatchMode.TABLE, printed, reordered).matches(),
          () -> printed + "\nin another order:\n" + reordered);
      int row = 1 + random.nextInt(table.size() - 1);
      int column = random.nextInt(table.getFirst().size());
      List<List<String>> mutated = new ArrayList<>(table);
      List<String> cells = new ArrayList<>(table.get(row));
      cells.set(column, mutation(cells.get(column), random));
      mutated.set(row, cells);
      String changed = tabwriter(mutated);
      Comparison.Mismatch mismatch = Expected.mismatch(MatchMode.TABLE, printed, changed);
      assertEquals(row + 1, mismatch.expectedLine(), () -> printed + "\nchanged:\n" + changed);
      if (column > 0) {
        assertTrue(
            mismatch.what().startsWith("column " + table.getFirst().get(column) + " of row "),
            mismatch::what);
      }
    }
  }

  @Test
  void aTableOfManyRowsIsComparedInTime() {
    StringBuilder expected = new StringBuilder("NAME  AGE\n");
    StringBuilder actual = new StringBuilder("NAME        AGE\n");
    for (int i = 0; i < 400; i++) {
      expected.append("web-<hash>  <age>\n");
      actual.append(i == 0 ? "web-ABCDE   1s\n" : "web-bcdfg   1s\n");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertFalse(
                Expected.compare(MatchMode.TABLE, expected.toString(), actual.toString())
                    .matches()));
  }

  private static List<List<String>> randomTable(Random random) {
    List<String> names =
        new ArrayList<>(List.of("READY", "STATUS", "NODE SELECTOR", "AGE", "PORT(S)"));
    Collections.shuffle(names, random);
    names = new ArrayList<>(names.subList(0, 1 + random.nextInt(names.size())));
    names.addFirst("NAME");
    List<List<String>> table = new ArrayList<>();
    table.add(names);
    Set<String> keys = new HashSet<>();
    for (int row = 1 + random.nextInt(5); row > 0; row--) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        cells.add(value(random));
      }
      String key = "web-" + random.nextInt(1_000);
      if (keys.add(key)) {
        cells.set(0, key);
        table.add(cells);
      }
    }
    return table;
  }

  @Test
  void cellsOfColumnsThatVaryAreExamples() {
    String expected =
        """
        NAME     CLUSTER-IP      PORT(S)    AGE
        web      10.96.141.203   8080/TCP   2s
        """;
    String actual =
        """
        NAME   TYPE        CLUSTER-IP     EXTERNAL-IP   PORT(S)    AGE
        web    ClusterIP   10.96.0.17     <none>        8080/TCP   3m4s
        """;
    Expectation varying =
        assertInstanceOf(
                Expectation.Ready.class,
                Expectation.parse(MatchMode.TABLE, expected, Set.of("CLUSTER-IP")))
            .expectation();
    assertTrue(varying.compare(actual).matches());
    assertFalse(varying.compare(actual.replace("10.96.0.17", "None      ")).matches());
    assertFalse(varying.compare(actual.replace("3m4s", "never")).matches());
    assertFalse(Expected.ready(MatchMode.TABLE, expected).compare(actual).matches());
  }

  private static String value(Random random) {
    List<String> values =
        List.of(
            "",
            "<none>",
            "Running",
            "0/1",
            "2 (30s ago)",
            "5s",
            "標準 組",
            "𠮷",
            "80:30080/TCP,443/TCP",
            "x");
    return values.get(random.nextInt(values.size()));
  }

  /** Another character, one more, or one less. */
  private static String mutation(String cell, Random random) {
    if (cell.isEmpty()) {
      return "y";
    }
    return switch (random.nextInt(3)) {
      case 0 -> cell + "y";
      case 1 -> "y" + cell;
      default -> cell.substring(0, cell.offsetByCodePoints(cell.length(), -1)) + "é";
    };
  }

  /**
   * As kubectl prints: three spaces behind the longest cell, counted in code points, at least six.
   */
  private static String tabwriter(List<List<String>> table) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : table) {
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width =
            Math.max(
                6, 3 + table.stream().mapToInt(cells -> length(cells.get(column))).max().orElse(0));
        text.append(row.get(i));
        if (i + 1 < row.size()) {
          text.append(" ".repeat(width - length(row.get(i))));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
