package dev.kadao.examples.cardshop.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|CHINESE",
                "en|ENGLISH",
                "en-US,en;q=0.9,zh;q=0.8|ENGLISH",
                "zh-TW;q=0.5, en;q=0.6|ENGLISH",
                "fr, de;q=0.9|CHINESE",
                "fr, EN-gb;q=0.1|ENGLISH",
                "en;q=0, zh;q=0.1|CHINESE",
                "en;q=0|CHINESE",
                "zh;q=0.7,en;q=0.7|CHINESE",
                "en;q=0.7,zh;q=0.7|ENGLISH",
                "en;q=2, zh;q=0.1|CHINESE",
                "en ; q=1.000|ENGLISH",
                "english|CHINESE",
                "*|CHINESE",
                ",,;;=|CHINESE"
            })
    void the_first_of_zh_and_en_by_weight_is_spoken(String header, Language expected) {
        assertThat(Language.preferred(header)).isEqualTo(expected);
    }
}
