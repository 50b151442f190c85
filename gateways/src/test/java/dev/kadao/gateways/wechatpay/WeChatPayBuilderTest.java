package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeChatPayBuilderTest {

    @Test
    void all_problems_are_told_at_once_and_no_secret_among_them() {
        String secret = "too short a key";
        assertThatThrownBy(() -> WeChatPay.builder()
                        .mchId("1900 000109")
                        .appId("")
                        .apiV3Key(Secret.of(secret))
                        .merchantKey("serial of nothing", Secret.of("no key at all"))
                        .endpoint("ftp://user:pass@example.com")
                        .notifyUrl("https://shop.example/notify?gateway=wechatpay")
                        .description("")
                        .callLimit(Duration.ZERO)
                        .connectTimeout(Duration.ofHours(1))
                        .build())
                .isInstanceOfSatisfying(InvalidValueException.class, refused -> {
                    assertThat(refused.getMessage().lines()).hasSize(12);
                    assertThat(refused)
                            .hasMessageContaining("WeChat Pay cannot be built")
                            .hasMessageContaining("mchId")
                            .hasMessageContaining("appId")
                            .hasMessageContaining("the APIv3 key has 15 bytes")
                            .hasMessageContaining("the merchant key is no RSA private key")
                            .hasMessageContaining("the merchant key's serial")
                            .hasMessageContaining("the endpoint is no absolute")
                            .hasMessageContaining("notifyUrl")
                            .hasMessageContaining("description has 0 characters")
                            .hasMessageContaining("there is no platform key")
                            .hasMessageContaining("call limit");
                    assertThat(refused.getMessage())
                            .doesNotContain(secret)
                            .doesNotContain("no key at all")
                            .doesNotContain("pass");
                });
    }

    @Test
    void a_platform_key_that_is_given_twice_or_is_none_is_refused() {
        String key = TestKeys.base64(TestKeys.PLATFORM.getPublic());

        assertThatThrownBy(() -> TestKeys.settings()
                        .platformKey(TestKeys.PLATFORM_SERIAL, key)
                        .build())
                .hasMessageContaining("platform key " + TestKeys.PLATFORM_SERIAL + " is given twice");
        assertThatThrownBy(() -> TestKeys.settings()
                        .platformKey("PUB_KEY_ID_2", "no key")
                        .build())
                .hasMessageContaining("platform key PUB_KEY_ID_2 is no RSA public key");
        assertThatThrownBy(() ->
                        TestKeys.settings().platformKey("with blanks", key).build())
                .hasMessageContaining("no serial of a certificate or key id");
    }

    @Test
    void the_gateway_is_asked_to_sign_with_a_public_key_before_a_certificate_and_with_none_that_has_ended() {
        Instant now = Instant.parse("2026-11-23T04:00:00Z");
        PlatformKeys.Key certificate = new PlatformKeys.Key("AA", TestKeys.PLATFORM.getPublic(), now.plusSeconds(1));
        PlatformKeys.Key later = new PlatformKeys.Key("BB", TestKeys.PLATFORM.getPublic(), now.plusSeconds(9));
        PlatformKeys.Key publicKey =
                new PlatformKeys.Key("PUB_KEY_ID_1", TestKeys.PLATFORM.getPublic(), now.minusSeconds(1));

        PlatformKeys keys = new PlatformKeys(List.of(certificate, later, publicKey));

        assertThat(keys.preferred(now.minusSeconds(60))).hasValue("PUB_KEY_ID_1");
        assertThat(keys.preferred(now)).hasValue("BB");
        assertThat(keys.preferred(now.plusSeconds(60))).isEmpty();
    }

    @Test
    void the_endpoint_is_the_gateways_own_unless_another_is_given() {
        assertThat(TestKeys.settings().build()).hasToString("WeChatPay(https://api.mch.weixin.qq.com)");
        assertThat(TestKeys.settings().endpoint("http://127.0.0.1:9000/").build())
                .hasToString("WeChatPay(http://127.0.0.1:9000)");
    }
}
