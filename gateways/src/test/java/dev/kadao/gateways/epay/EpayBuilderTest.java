package dev.kadao.gateways.epay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpayBuilderTest {
    @Test
    void without_saying_that_one_knows_there_is_no_epay() {
        EpayBuilder silent = Epay.builder()
                .endpoint("https://pay.example.com")
                .pid("1001")
                .key(EpaySamples.KEY)
                .notifyUrl("https://shop.example/notify/epay");
        assertThatThrownBy(silent::build)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("acceptingMd5()");
        assertThat(silent.acceptingMd5().build().toString()).isEqualTo("Epay(https://pay.example.com)");
    }

    @Test
    void plain_http_is_for_loopback_or_for_those_who_say_so() {
        assertThatThrownBy(() -> EpaySamples.builder("http://pay.example.com").build())
                .hasMessageContaining("the endpoint is plain http");
        assertThat(EpaySamples.builder("http://pay.example.com")
                        .acceptingPlainHttp()
                        .build())
                .isNotNull();
        assertThat(EpaySamples.builder("http://localhost:8080").build()).isNotNull();
    }

    @Test
    void all_problems_are_told_at_once_and_none_shows_a_secret() {
        EpayBuilder wrong = Epay.builder()
                .endpoint("https://user:hunter2@pay.example.com")
                .pid("1001&key=1")
                .key(Secret.of(" "))
                .notifyUrl("https://shop.example/notify?gateway=epay")
                .returnUrl("nowhere")
                .name("")
                .type("")
                .clientIp("")
                .callLimit(Duration.ofDays(1))
                .connectTimeout(Duration.ZERO);
        assertThatThrownBy(wrong::build)
                .hasMessageContaining("the endpoint is no absolute")
                .hasMessageContaining("the pid")
                .hasMessageContaining("the key is blank")
                .hasMessageContaining("the notify URL has a query")
                .hasMessageContaining("the return URL")
                .hasMessageContaining("the name is blank")
                .hasMessageContaining("the type is blank")
                .hasMessageContaining("the client address is blank")
                .hasMessageContaining("the call limit is PT24H")
                .hasMessageContaining("the connect time-out is PT0S")
                .hasMessageNotContaining("hunter2");
    }
}
