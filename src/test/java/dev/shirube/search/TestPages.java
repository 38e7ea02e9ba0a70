package dev.shirube.search;

import dev.shirube.model.Glossary;
import dev.shirube.model.Page;
import dev.shirube.model.PageKind;
import dev.shirube.model.Section;
import dev.shirube.model.SourceFile;
import dev.shirube.model.Term;
import java.util.List;
import java.util.Map;

/** A small site. */
final class TestPages {

  private TestPages() {}

  static List<Page> pages() {
    return List.of(
        page(
            "glossary/pod",
            PageKind.TERM,
            "Pod",
            List.of("ポッド", "po", "最小単位"),
            new Section("", "Pod", "一つ以上のコンテナをまとめた、Kubernetesがデプロイする最小の単位です。", "", ""),
            new Section("details", "くわしく", "同じPodのコンテナは必ず同じノードに置かれます。", "", "")),
        page(
            "glossary/container",
            PageKind.TERM,
            "コンテナ",
            List.of("Docker"),
            new Section("", "コンテナ", "アプリケーションとその依存をまとめて動かす単位です。", "", "")),
        page(
            "glossary/deployment",
            PageKind.TERM,
            "Deployment",
            List.of("デプロイメント"),
            new Section("", "Deployment", "状態を持たないアプリケーションを宣言的に動かします。", "", ""),
            new Section(
                "rollback",
                "前の版に戻す",
                "ロールバックはkubectl rollout undoで行います。",
                "apiVersion: apps/v1\nkind: Deployment\nspec:\n  revisionHistoryLimit: 3",
                "")),
        page(
            "glossary/docker",
            PageKind.GUIDE,
            "Dockerの歴史",
            List.of(),
            new Section("", "Dockerの歴史", "Dockerは二〇一三年に生まれました。", "", "")),
        page(
            "guide/pull",
            PageKind.GUIDE,
            "レジストリの設定",
            List.of(),
            new Section(
                "",
                "レジストリの設定",
                "Failed pull, failed image, image pull, pull image: registry, kubelet, pod,"
                    + " container.",
                "",
                "")),
        page(
            "cases/image-pull",
            PageKind.CASE,
            "プライベートレジストリからpullできないとき",
            List.of("イメージが取得できない", "trying and failing to pull image"),
            new Section("", "プライベートレジストリからpullできないとき", "認証に失敗すると起きます。", "", ""),
            new Section(
                "symptom",
                "症状",
                "Podの状態がImagePullBackOffになります。",
                "Failed to pull image \"nginx:nosuch\": rpc error: code = NotFound",
                "Failed to pull image \"nginx:nosuch\": rpc error: code = NotFound\n"
                    + "Warning  Failed  3s (x2 over 20s)  kubelet  Error: ErrImagePull"),
            new Section("solution", "解決", "imagePullSecretsをPodに書きます。", "", "")),
        page(
            "cases/crash",
            PageKind.CASE,
            "再起動を繰り返す",
            List.of(),
            new Section("", "再起動を繰り返す", "コンテナがすぐ落ちると、CrashLoopBackOffになります。", "", ""),
            new Section(
                "symptom",
                "症状",
                "",
                "Back-off restarting failed container app in pod web-5d9c7-abcde_default(1a2b)",
                "Back-off restarting failed container app in pod web-5d9c7-abcde_default(1a2b)")));
  }

  static Glossary glossary() {
    return new Glossary(
        List.of(
            term("pod", "Pod", "ポッド", "Pods"),
            term("container", "コンテナ", "コンテナ", "container"),
            term("deployment", "Deployment", "デプロイメント", "Deployments")));
  }

  static Page page(
      String path, PageKind kind, String title, List<String> searchNames, Section... sections) {
    return new Page(
        new SourceFile(path + ".adoc", path + ".adoc", ""),
        path + ".html",
        kind,
        title,
        "",
        Map.of(),
        "",
        List.of(),
        List.of(sections),
        searchNames,
        List.of(),
        List.of());
  }

  private static Term term(String id, String title, String nameJa, String alias) {
    return new Term(
        id, "glossary/" + id + ".adoc", title, nameJa, "", List.of(alias), "", List.of());
  }
}
