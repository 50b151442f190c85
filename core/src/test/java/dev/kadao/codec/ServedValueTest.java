package dev.kadao.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Served;
import java.time.Duration;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** How an order that counts in the statistics is written, and what is read of it. */
class ServedValueTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");

    private static Served served(String sku, String supplier, Duration took) {
        return new Served(DAY, sku, supplier, took, true, false, true, false);
    }

    @Test
    void the_forms_are_kept_for_ever() {
        assertThat(ServedValue.of(served("steam-50", "a", Duration.ofMillis(4_321))))
                .isEqualTo("20261123|088|T-D|=a|steam-50");
        assertThat(ServedValue.of(served("steam-50", null, Duration.ZERO))).isEqualTo("20261123|000|T-D|-|steam-50");
        assertThat(ServedValue.of(new Served(DAY, "a|b", null, null, false, true, false, false)))
                .isEqualTo("20261123|---|-R-|-|a|b");
        assertThat(ServedValue.of(new Served(DAY, "skin", null, Duration.ofHours(3), false, false, false, true)))
                .isEqualTo("20261123|170|L--|H|skin");
        assertThat(Codec.servedOn(DAY)).isEqualTo("20261123|");
    }

    @Property
    void a_time_is_read_to_within_five_percent(
            @ForAll @LongRange(min = 1_000_000, max = 40L * 86_400_000_000_000L) long nanos) {
        Duration took = Duration.ofNanos(nanos);
        double read = ServedValue.middle(ServedValue.bucket(took)).toNanos();
        assertThat(read / nanos).isBetween(0.953, 1.049);
    }

    @Property
    void what_took_longer_is_in_no_lower_bucket(@ForAll @LongRange(min = 0, max = 100_000_000_000L) long nanos) {
        assertThat(ServedValue.bucket(Duration.ofNanos(nanos + 1)))
                .isGreaterThanOrEqualTo(ServedValue.bucket(Duration.ofNanos(nanos)));
    }

    @Test
    void what_is_written_is_read_but_for_the_exact_time() {
        for (Served served : new Served[] {
            served("steam-50", "a", Duration.ZERO),
            served("a|b", null, Duration.ofSeconds(2)),
            new Served(DAY, "x", "b.1", null, false, true, true, false),
            new Served(DAY, "x", null, Duration.ofDays(3), false, true, false, true)
        }) {
            Served read = Codec.served(ServedValue.of(served)).orElseThrow();
            assertThat(read).usingRecursiveComparison().ignoringFields("took").isEqualTo(served);
            assertThat(read.isDelivered()).isEqualTo(served.isDelivered());
            assertThat(ServedValue.of(read)).isEqualTo(ServedValue.of(served));
        }
    }

    @Test
    void the_longest_names_find_room_and_others_are_told_by_their_digest() {
        Served longest = served("s".repeat(64), "x".repeat(32), Duration.ofDays(31));
        assertThat(ServedValue.of(longest))
                .hasSizeLessThanOrEqualTo(120)
                .endsWith("|=" + longest.supplier() + "|" + longest.sku());
        assertThat(ServedValue.of(served("s".repeat(500) + "\ud800", "x|".repeat(500), Duration.ofDays(31))))
                .hasSizeLessThanOrEqualTo(120)
                .contains("|=sha256:", "|sha256:");
    }

    @Test
    void what_another_version_wrote_is_left_out() {
        for (String value :
                new String[] {"", "20261123|", "x|088|T-D|=a|sku", "20261123|o88|T-D|=a|sku", "20261123|088|T|=a|sku"
                }) {
            assertThat(Codec.served(value)).as(value).isEmpty();
        }
    }
}
