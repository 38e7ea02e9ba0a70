package dev.shirube.bench;

import dev.shirube.model.Page;
import dev.shirube.model.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes a wiki of any size that reads, to an index, like a Japanese one on Kubernetes. The same
 * number of pages gives the same pages, and a larger wiki begins with the pages of a smaller one.
 *
 * <p>Words are drawn as Simon's model draws them (H. A. Simon, On a class of skew distribution
 * functions, 1955): a word is either new or repeats one drawn earlier, so that frequencies follow
 * Zipf's law. New ones become rarer as the text grows, as in D. Zanette and M. Montemurro, Dynamics
 * of text generation with realistic Zipf's distribution, 2005; so the vocabulary follows Heaps' law.
 * Half of the repetitions stay on the page or in its folder, for pages have a subject.
 */
final class GeneratedWiki {
  private static final long SEED = 20_260_101;

  /** Heaps' law: a text of n words has about SCALE * n ^ EXPONENT different ones. */
  private static final double EXPONENT = 0.6;

  private static final double SCALE = 7;

  private static final int FOLDERS = 24;
  private static final double FROM_PAGE = 0.3;
  private static final double FROM_FOLDER = 0.2;
  private static final int LEAST_SECTIONS = 4;
  private static final int MOST_SECTIONS = 14;
  private static final int MOST_SENTENCES = 15;
  private static final int PAGES_OF_QUERIES = 500;
  private static final int QUERIES = 100;

  /** Common words, which a text has from its first page on. */
  private static final List<String> COMMON =
      List.of(
          ("設定 作成 使用 実行 管理 構成 確認 指定 起動 停止 変更 更新 削除 追加 接続 通信 認証 認可 監視 復旧 障害 原因 対処"
                  + " 手順 環境 状態 情報 機能 方法 名前 領域 容量 制限 要求 応答 証明書 暗号化 権限 割り当て 負荷 分散 冗長 予約"
                  + " 待機 検証 記録 取得 送信 受信 配置 移行 互換 依存 参照 定義 宣言 適用 監査 通知 公開 内部 外部 標準"
                  + " クラスター ノード コンテナ イメージ サービス ネットワーク ボリューム ストレージ ポリシー リソース"
                  + " スケジューラー コントローラー プロセス ログ エラー イベント ラベル セレクター トークン ロール プローブ"
                  + " デプロイ ロールアウト スケール メモリ ファイル コマンド マニフェスト レジストリ プラグイン"
                  + " Pod Deployment Service ConfigMap Secret Ingress Namespace StatefulSet DaemonSet Job kubectl"
                  + " kubelet etcd API YAML kube-apiserver containerd CNI CSI RBAC ServiceAccount PersistentVolume")
              .split(" "));

  private static final List<String> PATTERNS =
      List.of(
          "%sの%sを%sします。",
          "%sが%sのとき、%sを%sしてください。",
          "%sは%sと%sを%sに使います。",
          "%sでは、%sを%sから%sへ渡します。",
          "%sに失敗した場合は%sと%sを見直します。",
          "%s %s %s %s",
          "%sを%sすると%sになります。");

  private static final List<String> SYLLABLES =
      List.of(
          ("ア イ エ オ カ キ ク コ サ シ ス セ ソ タ チ テ ト ナ ニ ネ ノ ハ ヒ フ ヘ ホ マ ミ メ モ ラ リ ル レ ロ ワ"
                  + " ガ グ ゴ ザ ジ ダ デ ド バ ビ ブ ボ パ ピ プ ポ ャ ー ッ ン")
              .split(" "));

  private static final String CONSONANTS = "bcdfghjklmnprstvwz";
  private static final String VOWELS = "aeiou";
  private static final List<String> ENDINGS =
      List.of("", "", "er", "ing", "or", "ion", "set", "ctl", "d", "s");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Set<String> known = new HashSet<>(COMMON);
  private final List<String> drawn = new ArrayList<>(COMMON);
  private final List<List<String>> drawnInFolder = new ArrayList<>();
  private final List<Page> pages = new ArrayList<>();
  private List<String> drawnOnPage = new ArrayList<>();

  private GeneratedWiki() {}

  /** The first pages of the wiki. */
  static List<Page> pages(int count) {
    GeneratedWiki wiki = new GeneratedWiki();
    for (int i = 0; i < FOLDERS; i++) {
      wiki.drawnInFolder.add(new ArrayList<>(COMMON));
    }
    for (int i = 0; i < count; i++) {
      wiki.addPage(i);
    }
    return wiki.pages;
  }

  /** Queries that the first pages answer, the same for every size: titles, phrases, words. */
  static List<String> queries(List<Page> pages) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> queries = new ArrayList<>();
    while (queries.size() < QUERIES) {
      Page page = pages.get(random.nextInt(Math.min(pages.size(), PAGES_OF_QUERIES)));
      Section section = page.sections().get(1 + random.nextInt(page.sections().size() - 1));
      List<String> lines = section.prose().lines().toList();
      String sentence = lines.get(random.nextInt(lines.size()));
      queries.add(
          switch (queries.size() % 4) {
            case 0 -> page.title();
            case 1 -> section.heading();
            case 2 -> section.heading().split(" ", 2)[0];
            default -> sentence.substring(0, sentence.offsetByCodePoints(0, length(sentence)));
          });
    }
    return queries;
  }

  /** As much of a sentence as somebody types. */
  private static int length(String sentence) {
    return Math.min(sentence.length(), 16);
  }

  private void addPage(int number) {
    int folder = random.nextInt(FOLDERS);
    drawnOnPage = new ArrayList<>();
    String title = words(folder, 2 + random.nextInt(2));
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("", title, sentences(folder), "", ""));
    int count = random.nextInt(LEAST_SECTIONS, MOST_SECTIONS + 1);
    for (int i = 1; i < count; i++) {
      String heading = words(folder, 1 + random.nextInt(3));
      sections.add(new Section("s" + i, heading, sentences(folder), "", ""));
    }
    pages.add(
        SearchCorpus.page(
            "folder-" + folder + "/page-" + number + ".html", title, words(folder, 4), sections));
  }

  private String words(int folder, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(word(folder));
    }
    return String.join(" ", words);
  }

  private String sentences(int folder) {
    StringBuilder text = new StringBuilder();
    int count = 2 + random.nextInt(MOST_SENTENCES - 1);
    for (int i = 0; i < count; i++) {
      String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
      for (int at = pattern.indexOf("%s"); at >= 0; at = pattern.indexOf("%s")) {
        text.append(pattern, 0, at).append(word(folder));
        pattern = pattern.substring(at + 2);
      }
      text.append(pattern).append('\n');
    }
    return text.toString();
  }

  private String word(int folder) {
    List<String> inFolder = drawnInFolder.get(folder);
    String word;
    if (random.nextDouble() < SCALE * EXPONENT * Math.pow(drawn.size(), EXPONENT - 1)) {
      word = fresh();
    } else {
      double from = random.nextDouble();
      if (from < FROM_PAGE && !drawnOnPage.isEmpty()) {
        word = any(drawnOnPage);
      } else {
        word = any(from < FROM_PAGE + FROM_FOLDER ? inFolder : drawn);
      }
    }
    drawn.add(word);
    inFolder.add(word);
    drawnOnPage.add(word);
    return word;
  }

  private String any(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private String fresh() {
    String word = made();
    while (!known.add(word)) {
      word = made();
    }
    return word;
  }

  /** A loanword, an English word or name, or an identifier. */
  private String made() {
    double kind = random.nextDouble();
    if (kind < 0.3) {
      return katakana();
    }
    if (kind < 0.7) {
      return english();
    }
    if (kind < 0.85) {
      return capital(english()) + capital(english());
    }
    return english() + "-" + Integer.toString(random.nextInt(36 * 36, 36 * 36 * 36), 36);
  }

  private String katakana() {
    StringBuilder word = new StringBuilder();
    int length = 3 + random.nextInt(4);
    while (word.length() < length) {
      String syllable = any(SYLLABLES);
      // These continue a syllable and cannot begin a word.
      if (!word.isEmpty() || !"ャーッン".contains(syllable)) {
        word.append(syllable);
      }
    }
    return word.toString();
  }

  private String english() {
    StringBuilder word = new StringBuilder();
    int syllables = 2 + random.nextInt(2);
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
      word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
        .append(any(ENDINGS))
        .toString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
