package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.Step;
import dev.kadao.port.StoreException;
import dev.kadao.testkit.rules.StepDraft;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class SealedKeysTest {
    private static final String MARK = "PLANTED-KEY-7f3a91c5";
    private static final OrderId ORDER = new OrderId(new CheckoutId("cart1"), 1);

    static {
        // The module under test rightly does not read the logging library that its tests listen to.
        Module self = SealedKeysTest.class.getModule();
        Module logback = LoggerFactory.getILoggerFactory().getClass().getModule();
        self.addReads(logback);
        if (logback.getLayer() != null) {
            logback.getLayer().findModule("ch.qos.logback.core").ifPresent(self::addReads);
        }
    }

    @TempDir
    private Path folder;

    private Runnable endListening = () -> {};

    @Test
    void no_planted_key_is_in_any_file_log_or_exception() throws IOException {
        ListAppender<ILoggingEvent> log = listen();
        DataSource dataSource = TestDatabases.inFile(folder);
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
        inventory.importKeys("a", TestDatabases.text(MARK + 1, MARK + 2, MARK + 3, MARK + "\u0007"), "b", "s");
        inventory.reserve(ORDER, "a", 2);
        inventory.handOver(ORDER);
        RevealAnswer revealed = inventory.reveal(ORDER);
        assertThat(((RevealAnswer.Revealed) revealed).keys())
                .extracting(Secret::expose)
                .allMatch(key -> key.startsWith(MARK));
        inventory.replace(ORDER, 1);
        inventory.release(ORDER, "money back");
        List<String> supplied = suppliedTexts(dataSource, inventory);
        String trace = brokenTrace(dataSource, inventory);
        TestDatabases.execute(dataSource, "CHECKPOINT");
        TestDatabases.execute(dataSource, "SHUTDOWN");

        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)) {
                assertThat(indexOf(content, MARK.getBytes(charset)))
                        .as("%s in %s", charset, file)
                        .isNegative();
            }
        }
        assertThat(indexOf(
                        Files.readAllBytes(files.get(0)),
                        "kadao_meta".toUpperCase().getBytes(StandardCharsets.UTF_8)))
                .as("the search itself finds what is there")
                .isNotNegative();
        assertThat(trace).contains("StoreException").doesNotContain(MARK);
        assertThat(revealed.toString()).doesNotContain(MARK);
        assertThat(supplied).hasSize(8).noneMatch(text -> text.contains(MARK));
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains(MARK));
    }

    @Test
    void ciphertexts_swapped_between_rows_are_noticed_and_nothing_is_shown_or_marked() {
        DataSource dataSource = TestDatabases.inMemory();
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
        inventory.importKeys("a", TestDatabases.text("k1", "k2"), "b", "s");
        inventory.reserve(ORDER, "a", 1);
        inventory.handOver(ORDER);
        TestDatabases.execute(
                dataSource,
                "UPDATE kadao_key k SET sealed = (SELECT o.sealed FROM kadao_key o WHERE o.id <> k.id) WHERE 1 = 1");

        assertThatThrownBy(() -> inventory.reveal(ORDER))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isTransient()).isFalse())
                .hasMessageContaining("sealed for another row");
        assertThat(TestDatabases.ask(dataSource, "SELECT COUNT(*) FROM kadao_key WHERE revealed_at IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void a_row_moved_to_another_sku_is_noticed() {
        DataSource dataSource = TestDatabases.inMemory();
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
        inventory.importKeys("cheap", TestDatabases.text("k1"), "b", "s");
        TestDatabases.execute(dataSource, "UPDATE kadao_key SET sku = 'dear'");
        TestDatabases.execute(dataSource, "UPDATE kadao_free_key SET sku = 'dear'");
        inventory.reserve(ORDER, "dear", 1);
        inventory.handOver(ORDER);

        assertThatThrownBy(() -> inventory.reveal(ORDER)).isInstanceOf(StoreException.class);
    }

    @Test
    void another_master_key_is_refused_naming_both() {
        DataSource dataSource = TestDatabases.inMemory();
        JdbcKeyInventory.over(dataSource, TestDatabases.cipher(1)).open();
        MasterKeyCipher other = TestDatabases.cipher(2);

        assertThatThrownBy(() -> JdbcKeyInventory.over(dataSource, other).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining(TestDatabases.cipher(1).keyId())
                .hasMessageContaining(other.keyId());
    }

    @Test
    void a_master_key_id_is_the_start_of_a_digest_and_tells_nothing_else() {
        MasterKeyCipher cipher = MasterKeyCipher.of(new byte[32]);

        // printf 'kadao key id' | cat - <(head -c 32 /dev/zero) | sha256sum
        assertThat(cipher.keyId()).isEqualTo("2634605e909475d2");
        assertThat(cipher).hasToString("MasterKeyCipher(" + cipher.keyId() + ")");
        assertThatThrownBy(() -> MasterKeyCipher.of(new byte[31]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("32 bytes, not 31");
    }

    @Test
    void what_one_master_key_wrapped_does_not_open_under_another() {
        Bytes wrapped = TestDatabases.cipher(1).wrap(Bytes.utf8("data key"));

        assertThat(TestDatabases.cipher(1).unwrap(wrapped)).isEqualTo(Bytes.utf8("data key"));
        assertThat(TestDatabases.cipher(1).wrap(Bytes.utf8("data key"))).isNotEqualTo(wrapped);
        assertThatThrownBy(() -> TestDatabases.cipher(2).unwrap(wrapped))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(TestDatabases.cipher(2).keyId());
    }

    /** All that is said and stored of keys that a supplier sold: handed over, unfit, aside, refused and failing ones. */
    private static List<String> suppliedTexts(DataSource dataSource, JdbcKeyInventory inventory) {
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        store.sharesCommitWith(inventory);
        List<String> texts = new ArrayList<>();
        Map<String, List<Secret>> parcels = new LinkedHashMap<>();
        parcels.put("good", secrets("s1", "s2"));
        parcels.put("known", secrets("s3", "s1"));
        parcels.put("twice", secrets("s4", "s4"));
        parcels.put("control", secrets("s5", "s6\u0007"));
        parcels.put("toolong", secrets("s7" + "x".repeat(512)));
        for (Map.Entry<String, List<Secret>> parcel : parcels.entrySet()) {
            OrderId order = new OrderId(new CheckoutId(parcel.getKey()), 1);
            Step step = StepDraft.insert(parcel.getKey())
                    .withStock(
                            new Step.StockRequest.Supply(order, "a", 1, 0, parcel.getValue()),
                            new Step.StockRequest.SetAside(order, "a", 2, secrets("aside"), "spare"));
            texts.add(step + " " + store.commit(List.of(step)));
        }
        StepDraft thrown = StepDraft.insert("thrown");
        Step failing = thrown.withStock(
                List.of(new Step.StockRequest.Supply(
                        new OrderId(new CheckoutId("thrown"), 1), "a", 1, 0, secrets("s8"))),
                answers -> {
                    throw new IllegalStateException("thrown on purpose for " + answers);
                });
        texts.add(store.commit(List.of(failing)).toString());
        texts.add(inventory
                .desk()
                .setAside(new OrderId(new CheckoutId("known"), 1))
                .toString());
        texts.add(store.<String>view(view -> view.checkouts(null, 100).stream()
                .map(checkout -> checkout.document().asUtf8())
                .collect(Collectors.joining())));
        return texts;
    }

    private static List<Secret> secrets(String... ends) {
        return Stream.of(ends).map(end -> Secret.of(MARK + end)).toList();
    }

    private static String brokenTrace(DataSource dataSource, JdbcKeyInventory inventory) {
        OrderId other = new OrderId(new CheckoutId("cart2"), 1);
        inventory.importKeys("a", TestDatabases.text(MARK + 9), "b", "s");
        inventory.reserve(other, "a", 1);
        inventory.handOver(other);
        TestDatabases.execute(dataSource, "UPDATE kadao_key SET id = id || 'x' WHERE order_id = 'cart2.1'");
        try {
            inventory.reveal(other);
            throw new AssertionError("a key whose row was changed was shown");
        } catch (StoreException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        }
    }

    private ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.DEBUG);
        root.addAppender(log);
        endListening = () -> {
            root.detachAppender(log);
            root.setLevel(before);
        };
        return log;
    }

    @AfterEach
    void endListening() {
        endListening.run();
    }

    private static int indexOf(byte[] content, byte[] wanted) {
        for (int start = 0; start <= content.length - wanted.length; start++) {
            int i = 0;
            while (i < wanted.length && content[start + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return start;
            }
        }
        return -1;
    }
}
