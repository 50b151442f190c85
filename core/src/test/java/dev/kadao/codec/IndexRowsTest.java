package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Checkout;
import dev.kadao.order.Delivery;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore.IndexRow;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The values by which checkouts are found. */
class IndexRowsTest {

    @Test
    void a_waiting_value_sorts_by_time_whatever_the_fraction() {
        Instant second = Instant.parse("2026-11-01T00:00:00Z");
        assertThat(Codec.waitingValue("steam-50", second)).isEqualTo("steam-50 2026-11-01T00:00:00.000000Z");
        assertThat(Codec.waitingValue("steam-50", second.plusNanos(1500)))
                .isEqualTo("steam-50 2026-11-01T00:00:00.000001Z")
                .isGreaterThan(Codec.waitingValue("steam-50", second));
    }

    @Test
    void a_value_that_is_long_or_no_plain_text_is_digested_to_at_most_120_characters() {
        assertThat(Codec.indexValue("x".repeat(120))).isEqualTo("x".repeat(120));
        assertThat(Codec.indexValue("x".repeat(121))).startsWith("sha256:").hasSize(71);
        assertThat(Codec.indexValue("a\u0000")).startsWith("sha256:");
        assertThat(Codec.indexValue("a\ud800")).startsWith("sha256:");
        assertThat(Codec.indexValue("2026卡到🎁")).isEqualTo("2026卡到🎁");
        assertThat(Codec.waitingValue("x".repeat(200), Instant.EPOCH)).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void a_checkout_is_found_by_order_payment_case_gateway_supplier_and_trade() {
        assertThat(Codec.indexRows(IndexSample.checkout()))
                .containsExactlyInAnyOrder(
                        new IndexRow("order", "", 1),
                        new IndexRow("order", "", 2),
                        new IndexRow("order", "", 3),
                        new IndexRow("stage", "PAID", 1),
                        new IndexRow("stage", "COMPLETED", 2),
                        new IndexRow("stage", "UNCERTAIN", 3),
                        new IndexRow("sku", "steam-50", 1),
                        new IndexRow("sku", "steam-50", 2),
                        new IndexRow("sku", "phone-100", 3),
                        new IndexRow("open", "", 1),
                        new IndexRow("open", "", 3),
                        new IndexRow("owed", "2026-11-01T08:00:00.250000Z", 1),
                        new IndexRow("owed", "2026-11-01T08:00:00.250000Z", 3),
                        new IndexRow("waiting", "steam-50 2026-11-01T08:00:00.250000Z", 1),
                        new IndexRow("supplier", "a", 3),
                        new IndexRow("supplier", "b", 3),
                        new IndexRow("supplier", "gone", 3),
                        new IndexRow("payment", "", 1),
                        new IndexRow("payment", "", 2),
                        new IndexRow("payment-status", "settled", 1),
                        new IndexRow("payment-status", "open", 2),
                        new IndexRow("trade", "t1", 1),
                        new IndexRow("trade", "t2", 1),
                        new IndexRow("received", "alipay|20261101T080000|t1", 1),
                        new IndexRow("received", "alipay|20261101T080000|t2", 1),
                        new IndexRow("gateway", "alipay", 0),
                        new IndexRow("gateway", "epay", 0),
                        new IndexRow("case", "closed", 1),
                        new IndexRow("case", "open", 2));
    }

    @Test
    void what_was_received_and_refunded_is_found_by_gateway_and_time() {
        Instant at = Instant.parse("2026-11-30T23:59:59.999Z");
        assertThat(Codec.timedValue("alipay", at, "t1")).isEqualTo("alipay|20261130T235959|t1");
        assertThat(Codec.timedValue("alipay", at)).isEqualTo("alipay|20261130T235959|");
        assertThat(Codec.timedValue("g".repeat(32), at, "x".repeat(72)))
                .hasSize(120)
                .endsWith("|" + Codec.timedText("x".repeat(72)));
        assertThat(Codec.timedText("x".repeat(71))).isEqualTo("x".repeat(71));

        Checkout sample = IndexSample.checkout();
        assertThat(Codec.indexRows(sample)).noneMatch(row -> row.kind().equals("refunded"));
        Checkout done = sample.with(sample.refund(1).with(Refund.State.DONE, at));
        assertThat(Codec.indexRows(done)).contains(new IndexRow("refunded", "alipay|20261130T235959|cart42_r1", 1));
    }

    @Test
    void an_order_that_a_person_took_keeps_nobody_behind_it_from_the_keys_it_waits_for() {
        assertThat(Codec.indexRows(IndexSample.checkout().with(1, order -> order.taken("ann"))))
                .noneMatch(row -> row.kind().equals("waiting"));
    }

    @Test
    void an_order_counts_in_the_statistics_from_its_delivery_or_refund_on() {
        Instant at = Instant.parse("2026-11-30T23:59:59Z");
        Checkout owed = IndexSample.checkout();
        assertThat(Codec.indexRows(owed)).noneMatch(row -> row.kind().equals("service"));
        Checkout delivered = owed.with(
                3, order -> order.with(Stage.DELIVERED, at).with(new Delivery(at, Duration.ofMillis(900), false)));
        assertThat(Codec.indexRows(delivered))
                .contains(new IndexRow("service", "20261130|072|T--|=gone|phone-100", 3))
                .doesNotContain(new IndexRow("owed", "2026-11-01T08:00:00.250000Z", 3));
        Checkout refunded = owed.with(1, order -> order.with(Stage.REFUNDED, at));
        assertThat(Codec.indexRows(refunded)).contains(new IndexRow("service", "20261130|---|-R-|-|steam-50", 1));
    }

    @Test
    void what_an_earlier_version_delivered_does_not_count_for_it_did_not_keep_when() {
        Instant at = Instant.parse("2026-11-30T23:59:59Z");
        Checkout refunded = IndexSample.checkout()
                .with(1, order -> order.withWindow(at).with(Stage.REFUNDED, at))
                .with(3, order -> order.withWindow(at).with(Stage.DELIVERED, at));
        assertThat(Codec.indexRows(refunded)).noneMatch(row -> row.kind().equals("service"));
    }

    @Test
    void the_gateway_that_was_paid_is_in_use_until_the_orders_are_over() {
        Checkout nothingOnItsWay =
                IndexSample.checkout().with(IndexSample.checkout().refund(1).with(Refund.State.DONE, Instant.EPOCH));
        assertThat(Codec.indexRows(nothingOnItsWay)).contains(new IndexRow("gateway", "alipay", 0));

        Checkout over = nothingOnItsWay
                .with(1, order -> order.with(Stage.REFUNDED, Instant.EPOCH))
                .with(3, order -> order.with(Stage.REFUNDED, Instant.EPOCH));
        assertThat(Codec.indexRows(over)).doesNotContain(new IndexRow("gateway", "alipay", 0));
    }
}
