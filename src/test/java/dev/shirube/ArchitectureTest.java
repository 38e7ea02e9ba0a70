package dev.shirube;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The shape of the house: {@code cli -> pipeline -> stages -> model}, and each library in one room.
 * Every rule comes with a class that breaks it, so that a rule which cannot fail is found out.
 */
class ArchitectureTest {

  private static final String BASE = "dev.shirube.";
  private static final String[] STAGES = {
    "content",
    "asciidoc",
    "html",
    "glossary",
    "navigation",
    "search",
    "site",
    "preview",
    "testcluster",
    "verify",
    "diagnose",
    "importer",
    "report"
  };

  /** A rule, and the source of a class that breaks it. */
  record Rule(String name, ArchRule rule, String violation) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Rule> RULES =
      Stream.of(
              Stream.of(
                  new Rule(
                      "no package cycles",
                      slices().matching("dev.shirube.(**)").should().beFreeOfCycles(),
                      """
                      package dev.shirube.model;
                      class Planted { dev.shirube.html.PlainText back; }
                      """),
                  new Rule(
                      "the model knows plain Java only",
                      classes()
                          .that()
                          .resideInAPackage(BASE + "model..")
                          .should()
                          .onlyDependOnClassesThat()
                          .resideInAnyPackage(BASE + "model..", "java..", "org.jspecify.."),
                      """
                      package dev.shirube.model;
                      class Planted { org.jsoup.nodes.Element element; }
                      """),
                  new Rule(
                      "only the command line uses the pipeline",
                      noClasses()
                          .that()
                          .resideOutsideOfPackages(BASE + "pipeline..", BASE + "cli..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(BASE + "pipeline..", BASE + "cli.."),
                      """
                      package dev.shirube.site;
                      class Planted { dev.shirube.pipeline.Progress progress; }
                      """),
                  new Rule(
                      "only the command line prints",
                      noClasses()
                          .that()
                          .resideOutsideOfPackage(BASE + "cli..")
                          .should()
                          .accessField(System.class, "out")
                          .orShould()
                          .accessField(System.class, "err")
                          .orShould()
                          .callMethod(Throwable.class, "printStackTrace"),
                      """
                      package dev.shirube.site;
                      class Planted { void print() { System.out.println("no"); } }
                      """),
                  new Rule(
                      "only the command line exits",
                      noClasses()
                          .that()
                          .resideOutsideOfPackage(BASE + "cli..")
                          .should()
                          .callMethod(System.class, "exit", int.class),
                      """
                      package dev.shirube.site;
                      class Planted { void end() { System.exit(1); } }
                      """),
                  new Rule(
                      "failures have named types",
                      noClasses()
                          .that()
                          .areNotAssignableTo(Throwable.class)
                          .should()
                          .callConstructor(RuntimeException.class, String.class)
                          .orShould()
                          .callConstructor(Exception.class, String.class),
                      """
                      package dev.shirube.site;
                      class Planted { void fail() { throw new RuntimeException("what?"); } }
                      """),
                  new Rule(
                      "no drawers",
                      noClasses()
                          .should()
                          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper.."),
                      """
                      package dev.shirube.util;
                      class Planted {}
                      """),
                  new Rule(
                      "every package is @NullMarked",
                      classes().should(beNullMarked()),
                      """
                      package dev.shirube.unmarked;
                      class Planted {}
                      """)),
              Stream.of(STAGES).map(ArchitectureTest::stage),
              Stream.of(
                  home(
                      "AsciidoctorJ",
                      "asciidoc",
                      "org.asciidoctor.Asciidoctor",
                      "org.asciidoctor.."),
                  home("JRuby", "asciidoc", "org.jruby.Ruby", "org.jruby.."),
                  home("jsoup", "html", "org.jsoup.nodes.Element", "org.jsoup.."),
                  home(
                      "RSyntaxTextArea", "html", "org.fife.ui.rsyntaxtextarea.Token", "org.fife.."),
                  home(
                      "commonmark",
                      List.of("html", "importer"),
                      "org.commonmark.node.Node",
                      "org.commonmark.."),
                  home("FreeMarker", "site", "freemarker.template.Template", "freemarker.."),
                  home("ELK", "site", "org.eclipse.elk.graph.ElkNode", "org.eclipse.."),
                  home("JNR", "site", "jnr.ffi.Platform", "jnr.."),
                  home(
                      "Lucene",
                      "search",
                      "org.apache.lucene.document.Document",
                      "org.apache.lucene.."),
                  home(
                      "fabric8",
                      List.of("testcluster", "verify", "diagnose"),
                      "io.fabric8.kubernetes.client.KubernetesClient",
                      "io.fabric8.."),
                  home(
                      "Bouncy Castle",
                      "testcluster",
                      "org.bouncycastle.cert.X509CertificateHolder",
                      "org.bouncycastle.."),
                  home("picocli", "cli", "picocli.CommandLine", "picocli.."),
                  home(
                      "Jackson",
                      List.of(
                          "cli",
                          "search",
                          "preview",
                          "testcluster",
                          "verify",
                          "diagnose",
                          "report"),
                      "tools.jackson.databind.json.JsonMapper",
                      "tools.jackson.."),
                  home(
                      "snakeyaml-engine",
                      List.of("verify", "diagnose"),
                      "org.snakeyaml.engine.v2.nodes.Node",
                      "org.snakeyaml.."),
                  home(
                      "java-diff-utils",
                      List.of("verify", "report"),
                      "com.github.difflib.patch.Patch",
                      "com.github.difflib..")))
          .flatMap(rules -> rules)
          .toList();

  private static final JavaClasses PRODUCT =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @FieldSource("RULES")
  void theProductKeepsTheRule(Rule rule) {
    rule.rule().check(PRODUCT);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void theRuleFindsAPlantedViolation(Rule rule) throws IOException {
    compile(rule.violation());
    JavaClasses withViolation =
        new ClassFileImporter().importPaths(Path.of("target/classes"), folder);
    assertTrue(
        rule.rule().evaluate(withViolation).getFailureReport().getDetails().stream()
            .anyMatch(detail -> detail.contains("Planted")));
  }

  private static Rule stage(String stage) {
    String[] others =
        Stream.of(STAGES)
            .filter(other -> !other.equals(stage))
            // Fingerprints are proven by diagnoses, which match and redact as proofs do.
            .filter(other -> !Set.of("verify", "diagnose").containsAll(List.of(stage, other)))
            .map(other -> BASE + other + "..")
            .toArray(String[]::new);
    String other = stage.equals("site") ? "dev.shirube.html.PlainText" : "dev.shirube.site.View";
    return new Rule(
        stage + " knows the model, but no other stage",
        noClasses()
            .that()
            .resideInAPackage(BASE + stage + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others),
        "package dev.shirube." + stage + "; class Planted { " + other + " other; }");
  }

  private static Rule home(String library, String home, String type, String packages) {
    return home(library, List.of(home), type, packages);
  }

  private static Rule home(String library, List<String> homes, String type, String packages) {
    String elsewhere = homes.contains("site") ? "html" : "site";
    return new Rule(
        library + " lives in " + String.join(" and ", homes),
        noClasses()
            .that()
            .resideOutsideOfPackages(
                homes.stream().map(home -> BASE + home + "..").toArray(String[]::new))
            .should()
            .dependOnClassesThat(resideInAnyPackage(packages)),
        "package dev.shirube." + elsewhere + "; class Planted { " + type + " stranger; }");
  }

  private static ArchCondition<JavaClass> beNullMarked() {
    return new ArchCondition<>("lie in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not @NullMarked"));
      }
    };
  }

  private void compile(String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path file = Files.writeString(folder.resolve("Planted.java"), source);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-d",
                      folder.toString(),
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertTrue(compiled);
    }
  }
}
