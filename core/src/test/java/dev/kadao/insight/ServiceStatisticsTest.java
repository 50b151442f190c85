package dev.kadao.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.insight.RecentTimes.Quantiles;
import dev.kadao.insight.ServiceStatistics.Count;
import dev.kadao.insight.ServiceStatistics.Figures;
import dev.kadao.order.Served;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of counts. */
class ServiceStatisticsTest {
    private static final LocalDate ONE = LocalDate.parse("2026-11-22");
    private static final LocalDate TWO = ONE.plusDays(1);

    private final List<Count> counts = new ArrayList<>();

    private void delivered(LocalDate day, String sku, String supplier, int seconds, long count) {
        Duration took = Duration.ofSeconds(seconds);
        counts.add(new Count(new Served(day, sku, supplier, took, seconds < 120, false, false, false), count));
    }

    private Figures all() {
        return ServiceStatistics.of(ONE, TWO, counts).all();
    }

    @Test
    void nothing_gives_no_shares_and_no_times() {
        assertThat(all()).isEqualTo(Figures.NONE);
        assertThat(all().onTimeShare()).isEmpty();
        assertThat(all().refundedShare()).isEmpty();
        assertThat(all().disputedShare()).isEmpty();
        assertThat(ServiceStatistics.of(ONE, TWO, counts).byDay()).isEmpty();
    }

    @Test
    void quantiles_are_the_shortest_times_within_which_so_many_were_delivered() {
        delivered(ONE, "s", null, 1, 50);
        delivered(ONE, "s", null, 2, 45);
        delivered(TWO, "s", null, 300, 5);
        assertThat(all().paidToDelivered()).contains(new Quantiles(Duration.ofSeconds(1), Duration.ofSeconds(2), 100));
        assertThat(all().onTimeShare()).contains(0.95);

        delivered(TWO, "s", null, 301, 1);
        assertThat(all().paidToDelivered())
                .contains(new Quantiles(Duration.ofSeconds(2), Duration.ofSeconds(300), 101));
    }

    @Test
    void one_delivery_is_every_quantile() {
        delivered(ONE, "s", null, 7, 1);
        assertThat(all().paidToDelivered()).contains(new Quantiles(Duration.ofSeconds(7), Duration.ofSeconds(7), 1));
    }

    @Test
    void an_order_counts_once_by_sku_day_and_source() {
        delivered(ONE, "keys", null, 1, 2);
        delivered(TWO, "topup", "a", 1, 3);
        delivered(TWO, "topup", "b", 500, 4);
        counts.add(new Count(new Served(TWO, "topup", null, Duration.ofHours(1), false, false, false, true), 1));
        counts.add(new Count(new Served(TWO, "topup", "b", null, false, true, false, false), 5));
        counts.add(new Count(new Served(TWO, "topup", "b", Duration.ofSeconds(9), true, true, true, false), 1));
        counts.add(new Count(new Served(TWO, "keys", null, null, false, true, false, false), 1));
        delivered(TWO.plusDays(1), "keys", null, 1, 99);

        ServiceStatistics sum = ServiceStatistics.of(ONE, TWO, counts);
        assertThat(sum.all().delivered()).isEqualTo(11);
        assertThat(sum.all().refunded()).isEqualTo(7);
        assertThat(sum.all().refundedUndelivered()).isEqualTo(6);
        assertThat(sum.all().orders()).isEqualTo(17);
        assertThat(sum.all().disputed()).isEqualTo(1);
        assertThat(sum.all().byHand()).isEqualTo(1);
        assertThat(sum.all().refundedShare()).contains(7 / 17.0);
        assertThat(sum.bySku()).containsOnlyKeys("keys", "topup");
        assertThat(sum.bySku().get("keys").delivered()).isEqualTo(2);
        assertThat(sum.bySupplier()).containsOnlyKeys("a", "b");
        assertThat(sum.bySupplier().get("b").delivered()).isEqualTo(5);
        assertThat(sum.bySupplier().get("b").refunded()).isEqualTo(6);
        assertThat(sum.fromStock().delivered()).isEqualTo(2);
        assertThat(sum.fromStock().refunded()).isZero();
        assertThat(sum.byHand().delivered()).isEqualTo(1);
        assertThat(sum.byDay()).containsOnlyKeys(ONE, TWO);
        assertThat(sum.byDay().get(ONE).delivered() + sum.byDay().get(TWO).delivered())
                .isEqualTo(11);
        assertThat(Optional.of(sum.byDay().firstKey())).contains(ONE);
    }
}
