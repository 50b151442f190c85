package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.port.KeyCipher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Data keys that are kept in memory for a while, and those that are not. */
final class DataKeysTest {
    private static final byte[] KEY = {1, 2, 3};
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger unwrapped = new AtomicInteger();

    private DataKeys keys(int most) {
        return new DataKeys(most, Duration.ofNanos(100), nanos::get);
    }

    private byte[] open(DataKeys keys, String wrapped) {
        return keys.open(Bytes.utf8(wrapped), () -> {
            unwrapped.incrementAndGet();
            return KEY.clone();
        });
    }

    @Test
    void a_kept_key_is_unwrapped_once_until_it_is_too_old() {
        DataKeys keys = keys(2);
        open(keys, "a");
        nanos.set(99);
        assertThat(open(keys, "a")).isEqualTo(KEY);
        assertThat(unwrapped).hasValue(1);
        nanos.set(100);
        open(keys, "b");
        assertThat(keys.size()).as("the aged one left").isEqualTo(1);
        open(keys, "a");
        assertThat(unwrapped).hasValue(3);
    }

    @Test
    void what_a_caller_clears_is_his_copy() {
        DataKeys keys = keys(2);
        java.util.Arrays.fill(open(keys, "a"), (byte) 0);
        java.util.Arrays.fill(open(keys, "a"), (byte) 0);
        assertThat(open(keys, "a")).isEqualTo(KEY);
    }

    @Test
    void the_oldest_makes_room_and_none_is_kept_with_zero_or_after_the_end() {
        DataKeys keys = keys(2);
        List.of("a", "b", "c").forEach(wrapped -> open(keys, wrapped));
        assertThat(keys.size()).isEqualTo(2);
        open(keys, "c");
        assertThat(unwrapped).hasValue(3);
        open(keys, "a");
        assertThat(unwrapped).hasValue(4);
        keys.close();
        assertThat(keys.size()).isZero();
        assertThat(open(keys, "a")).isEqualTo(KEY);
        assertThat(keys.size()).isZero();
        open(keys(0), "a");
        assertThat(keys(0).size()).isZero();
    }

    /** Counts what a KMS would be asked. */
    private static final class CountingCipher implements KeyCipher {
        private final KeyCipher cipher = TestDatabases.cipher();
        private final List<Bytes> asked = new ArrayList<>();

        @Override
        public String keyId() {
            return cipher.keyId();
        }

        @Override
        public Bytes wrap(Bytes dataKey) {
            return cipher.wrap(dataKey);
        }

        @Override
        public Bytes unwrap(Bytes wrapped) {
            asked.add(wrapped);
            return cipher.unwrap(wrapped);
        }
    }

    @Test
    void revealing_asks_the_cipher_once_a_batch_and_with_the_cache_off_once_a_reveal() {
        DataSource dataSource = TestDatabases.inMemory();
        CountingCipher cipher = new CountingCipher();
        JdbcKeyInventory kept = JdbcKeyInventory.over(dataSource, cipher).open();
        JdbcKeyInventory off = JdbcKeyInventory.over(dataSource, cipher)
                .dataKeyCache(0, Duration.ofMinutes(1))
                .open();
        kept.importKeys("a", TestDatabases.text("k1", "k2", "k3"), "b", "s");
        OrderId order = new OrderId(new CheckoutId("cart1"), 1);
        kept.reserve(order, "a", 3);
        kept.handOver(order);
        cipher.asked.clear();

        kept.reveal(order);
        kept.reveal(order);
        assertThat(cipher.asked).hasSize(1);
        off.reveal(order);
        off.reveal(order);
        assertThat(cipher.asked).hasSize(3);
        kept.close();
        kept.reveal(order);
        assertThat(cipher.asked).hasSize(4);
        assertThatThrownBy(() -> JdbcKeyInventory.over(dataSource, cipher).dataKeyCache(1, Duration.ZERO))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("0 to turn it off");
    }
}
