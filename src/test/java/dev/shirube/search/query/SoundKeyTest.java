package dev.shirube.search.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundKeyTest {

  @ParameterizedTest
  @CsvSource({
    "デプロイメント, deployment",
    "deplyment, deployment",
    "コンテナ, kontena",
    "サーバ, server",
    "ネットワーク, nettowaaku",
    "ライフサイクル, raifusaikuru",
    "ポリシー, policy",
    "kubeconifg, kubeconfig",
    "ポッド, ぽっど",
  })
  void spellingsOfOneWordShareAKey(String one, String other) {
    assertNotNull(SoundKey.of(one));
    assertEquals(SoundKey.of(one), SoundKey.of(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "aiueo", "永続", "\uD800", "---"})
  void whatHasNoConsonantsToTellHasNoKey(String word) {
    assertNull(SoundKey.of(word));
  }

  @Test
  void similarityTellsWordsWithOneKeyApart() {
    assertTrue(SoundKey.similarity("デプロイメント", "deployment") > .6f);
    assertTrue(SoundKey.similarity("secret", "skrt") < .75f);
    assertEquals(1, SoundKey.similarity("loop", "roop"));
  }
}
