package dev.kadao.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StripeBuilderTest {
    @Test
    void all_problems_are_told_at_once_and_none_shows_a_secret() {
        StripeBuilder wrong = Stripe.builder()
                .signingSecret(Secret.of(" "))
                .apiKey(Secret.of("sk_live_hunter2\r\nX: y"))
                .endpoint("https://user:hunter2@api.stripe.com")
                .successUrl("/paid")
                .cancelUrl("javascript:alert(1)")
                .productName(" ")
                .callLimit(Duration.ZERO);
        assertThatThrownBy(wrong::build)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("a signing secret is blank")
                .hasMessageContaining("the API key is missing, or has blanks")
                .hasMessageContaining("the endpoint is no absolute http or https URL")
                .hasMessageContaining("the success URL")
                .hasMessageContaining("the cancel URL")
                .hasMessageContaining("the product name is blank")
                .hasMessageContaining("the call limit is PT0S")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void what_is_needed_is_named() {
        assertThatThrownBy(() -> Stripe.builder().build())
                .hasMessageContaining("the signing secret is missing")
                .hasMessageContaining("the API key is missing")
                .hasMessageContaining("the success URL");
    }

    @Test
    void its_text_names_the_endpoint_and_no_secret() {
        assertThat(StripeSamples.builder("https://api.stripe.com/").build().toString())
                .isEqualTo("Stripe(https://api.stripe.com)");
    }
}
