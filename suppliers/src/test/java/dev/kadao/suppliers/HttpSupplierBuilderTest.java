package dev.kadao.suppliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSupplierBuilderTest {
    @Test
    void all_problems_are_told_at_once_and_none_shows_a_password() {
        HttpSupplierBuilder wrong = HttpSupplier.at(
                        "http://user:hunter2@127.0.0.1", Secret.of(" "), Samples.terms(Duration.ZERO))
                .connectTimeout(Duration.ofDays(300_000));

        assertThatThrownBy(wrong::build)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the endpoint is no absolute http or https URL")
                .hasMessageContaining("the secret is blank")
                .hasMessageContaining("the call limit is PT0S")
                .hasMessageContaining("the connect time-out is PT7200000H")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:9101",
                "ftp://127.0.0.1",
                "http:///orders",
                "http://127.0.0.1:99999",
                "http://127.0.0.1?a=b",
                "http://127.0.0.1#a",
                "http://with space",
                "/orders"
            })
    void an_endpoint_that_orders_cannot_be_added_to_is_refused(String endpoint) {
        HttpSupplierBuilder wrong = HttpSupplier.at(endpoint, Samples.SECRET, Samples.terms(Samples.CALL_LIMIT));

        assertThatThrownBy(wrong::build).hasMessageContaining("the endpoint");
    }

    @Test
    void a_supplier_shows_its_address_and_not_its_secret() {
        HttpSupplier supplier = Samples.supplier("https://supplier.example/api/");

        assertThat(supplier).hasToString("HttpSupplier(https://supplier.example/api/orders)");
        assertThat(supplier.terms()).isEqualTo(Samples.terms(Samples.CALL_LIMIT));
    }
}
