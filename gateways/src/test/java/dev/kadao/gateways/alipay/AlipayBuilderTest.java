package dev.kadao.gateways.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.port.PaymentGateway.Traits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayBuilderTest {
    @Test
    void all_problems_are_told_at_once_and_none_shows_a_secret() {
        AlipayBuilder wrong = Alipay.builder("", "me@example.com", "no key", Secret.of("hunter2"))
                .endpoint("http://user:hunter2@127.0.0.1")
                .notifyUrl("https://user:hunter2@shop.example/notify")
                .subject("a/b")
                .callLimit(Duration.ZERO)
                .connectTimeout(Duration.ofDays(1));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the app id")
                .hasMessageContaining("the seller id")
                .hasMessageContaining("Alipay's public key")
                .hasMessageContaining("the private key")
                .hasMessageContaining("the endpoint")
                .hasMessageContaining("the notify URL")
                .hasMessageContaining("the subject")
                .hasMessageContaining("the call limit is PT0S")
                .hasMessageContaining("the connect time-out is PT24H")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("me@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://alipay.example", "https://alipay.example/", "https://alipay.example/gateway.do"})
    void the_path_is_added_where_it_is_missing(String endpoint) {
        assertThat(AlipaySamples.builder(endpoint).build()).hasToString("Alipay(https://alipay.example/gateway.do)");
    }

    @Test
    void a_key_may_come_as_pem() {
        String key = AlipaySamples.base64(AlipaySamples.ALIPAY.getPublic()).replaceAll("(.{64})", "$1\n");
        String pem = "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n";
        Secret ours = Secret.of(AlipaySamples.base64(AlipaySamples.SHOP.getPrivate()));
        Alipay gateway = Alipay.builder(AlipaySamples.APP_ID, AlipaySamples.SELLER_ID, pem, ours)
                .build();

        assertThat(gateway.read(AlipaySamples.genuine(AlipaySamples.NOW)))
                .isEqualTo(AlipaySamples.gateway().read(AlipaySamples.genuine(AlipaySamples.NOW)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop.example/notify", "ftp://shop.example", "https://shop.example/n?a=b", "https:///n"})
    void a_notify_url_that_alipay_would_not_reach_is_refused(String url) {
        assertThatThrownBy(AlipaySamples.builder("https://alipay.example").notifyUrl(url)::build)
                .hasMessageContaining("the notify URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a&b", "a=b", "a\nb"})
    void a_subject_that_alipay_refuses_is_refused(String subject) {
        assertThatThrownBy(AlipaySamples.builder("https://alipay.example").subject(subject)::build)
                .hasMessageContaining("the subject");
    }

    @Test
    void it_closes_refunds_again_under_one_reference_and_believes_its_notices() {
        assertThat(AlipaySamples.gateway().traits())
                .isEqualTo(new Traits(new GatewayTerms(true, true, true, true), false));
    }
}
