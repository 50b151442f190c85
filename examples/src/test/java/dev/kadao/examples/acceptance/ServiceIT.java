package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the shop served its buyers, for the desk and for anybody. */
@Acceptance
class ServiceIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private static final String SOLD = WORLD.sku();

    private final ShopClient shop = WORLD.client();

    @BeforeAll
    static void nothing_is_told_in_numbers_then_have_one_delivered_one_open_and_one_on_hold() {
        JsonNode none = WORLD.client().desk("stats").expect(200).json();
        assertThat(none.path("onTimeShare").asDouble()).isEqualTo(1);
        for (String number : List.of("p50", "p95", "oldestOpenAge")) {
            assertThat(none.path(number).isNumber()).as(number).isTrue();
            assertThat(none.path(number).asDouble()).as(number).isZero();
        }
        assertThat(none.path("openByStage").isObject()).isTrue();
        assertThat(none.path("openByStage")).isEmpty();

        WORLD.bought(SOLD);
        WORLD.placeKeys("card-30", 1);
        Placed shortPaid = WORLD.placeKeys("card-30", 1);
        WORLD.payAs(shortPaid.payment(), "1.00", "CNY");
        WORLD.awaitStage(shortPaid.order(), "ON_HOLD");
    }

    @Test
    void the_desk_sees_what_was_delivered_and_what_is_owed() {
        JsonNode stats = shop.desk("stats").expect(200).json();
        assertThat(stats.path("onTimeShare").asDouble()).isEqualTo(1);
        assertThat(stats.path("p95").asDouble()).isBetween(0.0, 60.0);
        assertThat(stats.path("delivered").asLong()).isEqualTo(1);
        assertThat(stats.path("openByStage").toString()).isEqualTo("{\"ON_HOLD\":1}");
        assertThat(stats.path("oldestOpenAge").asDouble()).isBetween(0.0, 600.0);
        assertThat(stats.path("bySku").path(SOLD).path("delivered").asLong()).isEqualTo(1);
    }

    @Test
    void anybody_sees_the_service_and_nothing_that_is_nobodys_business() {
        JsonNode trust = shop.get("/api/trust", ShopClient.NO_TOKEN).expect(200).json();
        assertThat(trust.path("shop").isNull()).as("no profile configured").isTrue();
        assertThat(trust.path("service").path("delivered").asLong()).isEqualTo(1);
        assertThat(trust.path("service").path("onTimeShare").asDouble()).isEqualTo(1);
        assertThat(trust.path("service").path("refundedShare").asDouble()).isZero();
        assertThat(trust.path("skus")).hasSize(1);
        assertThat(trust.toString()).doesNotContain("supplier", "openByStage", "byHand");
    }
}
