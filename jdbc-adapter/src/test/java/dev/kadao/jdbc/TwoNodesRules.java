package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.PaymentSettings;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.Step;
import dev.kadao.port.StoredNotice;
import dev.kadao.testkit.FakeGateway;
import dev.kadao.testkit.FakeGateway.Call;
import dev.kadao.testkit.rules.Together;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Money that comes to two shops on one database in the same moment, their due loops running. Each race is run
 * {@code -Dkadao.races} times.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class TwoNodesRules {
    private static final int RACES = Integer.getInteger("kadao.races", 8);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SKU = "steam-50";
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    private final FakeGateway gateway = FakeGateway.capable(InstantSource.system());
    private final List<AutoCloseable> open = new ArrayList<>();
    private JdbcCheckoutStore store;
    private JdbcKeyInventory inventory;

    /** The test's own database; the same one each time. */
    abstract DataSource database();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Fulfillment node(DataSource over, PaymentGateway at, Dispatcher supplier, PaymentSettings payment) {
        Fulfillment node = Fulfillment.builder()
                .store(JdbcCheckoutStore.over(over).open())
                .inventory(JdbcKeyInventory.over(over, TestDatabases.cipher()).open())
                .router(sku -> Optional.of(sku.equals(SKU) ? Route.keys() : Route.topUp("a")))
                .gateway("fake", at)
                .supplier("a", supplier)
                .payment(payment)
                .engine(EngineSettings.defaults()
                        .withWatchdogInterval(Duration.ofMillis(50))
                        .withClaimLease(Duration.ofSeconds(2)))
                .build();
        open.add(node);
        return node;
    }

    private Fulfillment node() {
        return node(database(), gateway, new Sending(() -> {}), PaymentSettings.defaults());
    }

    /** Looks at the database from outside of both nodes. */
    private JdbcCheckoutStore store() {
        if (store == null) {
            store = JdbcCheckoutStore.over(database()).open();
        }
        return store;
    }

    private JdbcKeyInventory inventory() {
        if (inventory == null) {
            inventory =
                    JdbcKeyInventory.over(database(), TestDatabases.cipher()).open();
        }
        return inventory;
    }

    private void stock(int keys) {
        TestDatabases.importKeys(
                inventory(),
                SKU,
                IntStream.range(0, keys).mapToObj(i -> Secret.of("key-" + i)).toList());
    }

    private int sold() {
        return (int) inventory().stock(SKU).sold();
    }

    private static PlaceRequest request(String sku, String id) {
        return PlaceRequest.of("fake", new PlaceRequest.Line(sku, 1, "13800000000", PRICE))
                .withId(id);
    }

    private static PaymentId payment(String id, int number) {
        return PaymentId.parse(id + "_p" + number);
    }

    private static Checkout checkout(Fulfillment node, String id) {
        return node.checkout(new CheckoutId(id)).orElseThrow().checkout();
    }

    private static Stage stage(Fulfillment node, String id) {
        return checkout(node, id).order(1).stage();
    }

    private long version(String id) {
        return store().read(new CheckoutId(id)).checkout().orElseThrow().version();
    }

    private static boolean areBack(Checkout checkout) {
        return checkout.refunds().stream().noneMatch(Refund::isOpen);
    }

    private void isSettledOnceAndTheOtherOneIsBack(Fulfillment node, String id) {
        await().atMost(LONG).until(() -> {
            Checkout now = checkout(node, id);
            return now.order(1).stage() == Stage.DELIVERED && now.refunds().size() == 1 && areBack(now);
        });
        Checkout checkout = checkout(node, id);
        assertThat(checkout.payments())
                .extracting(PaymentStatus::of)
                .containsExactlyInAnyOrder(PaymentStatus.SETTLED, PaymentStatus.SURPLUS);
        for (Payment payment : checkout.payments()) {
            boolean surplus = PaymentStatus.of(payment) == PaymentStatus.SURPLUS;
            assertThat(gateway.refunded(payment.id())).as("%s", payment.id()).isEqualTo(surplus ? 4_900 : 0);
        }
    }

    @Test
    void both_codes_paid_on_two_nodes_at_once_settle_once_and_the_other_one_goes_back_once() {
        Fulfillment one = node();
        Fulfillment two = node();
        stock(RACES + 5);
        for (int race = 0; race < RACES; race++) {
            String id = "cart" + race;
            one.place(request(SKU, id)).orThrow();
            one.openPayment(new CheckoutId(id), "fake").orThrow();
            List<InboundNotice> notices =
                    List.of(gateway.pay(payment(id, 1), PRICE), gateway.pay(payment(id, 2), PRICE));
            // Each node is told of each, or each of one: two or four callers.
            int callers = race % 2 == 0 ? 2 : 4;
            List<NoticeReply> replies =
                    Together.run(callers, i -> (i % 2 == 0 ? one : two).receive("fake", notices.get((i + i / 2) % 2)));
            assertThat(replies).extracting(NoticeReply::status).containsOnly(200);
        }
        for (int race = 0; race < RACES; race++) {
            isSettledOnceAndTheOtherOneIsBack(two, "cart" + race);
        }
        assertThat(gateway.arrived(Call.REFUND)).isEqualTo(RACES);
        assertThat(sold()).isEqualTo(RACES);
        assertThat(one.desk().audit().violations()).isEmpty();
    }

    /** The second code is paid before, while and after the supplier sends: told to the other node each time. */
    @Test
    void the_second_code_paid_while_one_node_has_the_goods_sent_goes_back_once_and_nothing_is_sent_twice() {
        Fulfillment two = node();
        Map<String, InboundNotice> seconds = new ConcurrentHashMap<>();
        Sending supplier = new Sending(() -> seconds.values().forEach(notice -> two.receive("fake", notice)));
        Fulfillment one = node(database(), gateway, supplier, PaymentSettings.defaults());
        for (int race = 0; race < RACES; race++) {
            String id = "top" + race;
            one.place(request("phone", id)).orThrow();
            one.openPayment(new CheckoutId(id), "fake").orThrow();
            InboundNotice first = gateway.pay(payment(id, 1), PRICE);
            InboundNotice second = gateway.pay(payment(id, 2), PRICE);
            seconds.put(id, second);
            assertThat(one.receive("fake", first).status()).isEqualTo(200);
            assertThat(two.receive("fake", second).status()).isEqualTo(200);
            isSettledOnceAndTheOtherOneIsBack(two, id);
            seconds.clear();
        }
        assertThat(gateway.arrived(Call.REFUND)).isEqualTo(RACES);
        assertThat(supplier.sent).hasSize(RACES).doesNotHaveDuplicates();
        assertThat(one.desk().audit().violations()).isEmpty();
    }

    @Test
    void a_notice_that_comes_eight_times_at_once_to_two_nodes_settles_once_and_is_acknowledged_eight_times() {
        Fulfillment one = node();
        Fulfillment two = node();
        stock(RACES + 5);
        for (int race = 0; race < RACES; race++) {
            String id = "cart" + race;
            one.place(request(SKU, id)).orThrow();
            InboundNotice paid = gateway.pay(payment(id, 1), PRICE);
            long before = version(id);

            List<NoticeReply> replies = Together.run(8, i -> (i % 2 == 0 ? one : two).receive("fake", paid));

            assertThat(replies).hasSize(8).extracting(NoticeReply::status).containsOnly(200);
            assertThat(version(id)).as("version of %s", id).isEqualTo(before + 1);
            assertThat(stage(two, id)).isEqualTo(Stage.DELIVERED);
            assertThat(checkout(one, id).payment(1).receipts()).hasSize(1);
        }
        assertThat(sold()).isEqualTo(RACES);
        assertThat(one.desk().audit().violations()).isEmpty();
    }

    /** While one node tells the gateway to close, the buyer pays and the other node is told so. */
    @ParameterizedTest
    @EnumSource(LatePayment.class)
    void a_notice_that_races_the_closing_at_the_deadline_is_delivered_or_refunded_and_never_lost(LatePayment late) {
        Fulfillment[] nodes = new Fulfillment[2];
        PaidAtClosing racing = new PaidAtClosing(gateway, nodes);
        PaymentSettings soon = new PaymentSettings(
                Duration.ofMillis(300), List.of(Duration.ofSeconds(30)), Duration.ofMinutes(10), late);
        nodes[0] = node(database(), racing, new Sending(() -> {}), soon);
        nodes[1] = node(database(), racing, new Sending(() -> {}), soon);
        stock(RACES + 5);
        List<String> ids =
                IntStream.range(0, RACES).mapToObj(race -> "cart" + race).toList();
        ids.forEach(id -> nodes[0].place(request(SKU, id)).orThrow());

        int delivered = 0;
        for (String id : ids) {
            await().atMost(LONG).until(() -> {
                Stage stage = stage(nodes[1], id);
                return stage == Stage.DELIVERED || stage == Stage.REFUNDED;
            });
            boolean goods = stage(nodes[1], id) == Stage.DELIVERED;
            delivered += goods ? 1 : 0;
            assertThat(gateway.refunded(payment(id, 1))).as(id).isEqualTo(goods ? 0 : 4_900);
        }
        assertThat(racing.replies).hasSize(RACES);
        racing.replies
                .values()
                .forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
        assertThat(sold()).isEqualTo(delivered);
        if (late == LatePayment.DELIVER) {
            assertThat(delivered).isEqualTo(RACES);
        }
        assertThat(nodes[0].desk().audit().violations()).isEmpty();
    }

    @Test
    void a_notice_that_races_its_checkouts_commit_is_stored_whoever_wins_and_applied() {
        Fulfillment one = node();
        Fulfillment two = node();
        stock(RACES + 5);
        for (int race = 0; race < RACES; race++) {
            String id = "cart" + race;
            InboundNotice paid = gateway.pay(payment(id, 1), PRICE);
            List<Integer> replies = Together.run(2, i -> {
                if (i == 0) {
                    one.place(request(SKU, id)).orThrow();
                    return 200;
                }
                return two.receive("fake", paid).status();
            });
            assertThat(replies).containsOnly(200);
        }
        // And one that surely came first.
        InboundNotice early = gateway.pay(payment("early", 1), PRICE);
        assertThat(two.receive("fake", early).status()).isEqualTo(200);
        assertThat(orphans()).isNotEmpty();
        one.place(request(SKU, "early")).orThrow();

        // Orphans are looked at again a minute later: that minute is over.
        orphans().forEach(this::isDue);

        for (String id : IntStream.rangeClosed(0, RACES)
                .mapToObj(race -> race == RACES ? "early" : "cart" + race)
                .toList()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(stage(two, id)).as(id).isEqualTo(Stage.DELIVERED));
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(orphans()).isEmpty());
        assertThat(sold()).isEqualTo(RACES + 1);
        assertThat(one.desk().audit().violations()).isEmpty();
    }

    private List<StoredNotice> orphans() {
        return store().view(view -> view.notices(StoredNotice.State.ORPHAN, "", 100));
    }

    private void isDue(StoredNotice orphan) {
        NoticeWrite now = new NoticeWrite(
                orphan.key(),
                orphan.source(),
                orphan.reference(),
                orphan.word(),
                orphan.raw(),
                StoredNotice.State.ORPHAN,
                Instant.EPOCH);
        store().commit(List.of(new Step.NoticeAlone("due-" + orphan.reference(), now)));
    }

    @Test
    void a_settled_payments_repeated_notice_costs_one_read_and_no_write_at_either_node() {
        Fulfillment one = node();
        stock(1);
        WatchedDataSource watched = new WatchedDataSource(database());
        one.place(request(SKU, "cart1")).orThrow();
        InboundNotice paid = gateway.pay(payment("cart1", 1), PRICE);
        one.receive("fake", paid);
        long version = version("cart1");
        Fulfillment two = Fulfillment.builder()
                .store(JdbcCheckoutStore.over(watched).open())
                .router(sku -> Optional.of(Route.keys()))
                .inventory(
                        JdbcKeyInventory.over(watched, TestDatabases.cipher()).open())
                .gateway("fake", gateway)
                .engine(EngineSettings.defaults().withWatchdogInterval(Duration.ofHours(1)))
                .build();
        open.add(two);
        await().atMost(LONG).until(() -> two.health().sinceDueLoop() != null);
        watched.reset();

        for (int i = 0; i < 20; i++) {
            assertThat(two.receive("fake", paid).status()).isEqualTo(200);
        }

        assertThat(watched.commits.get()).isZero();
        assertThat(watched.statements.get()).isEqualTo(20);
        assertThat(version("cart1")).isEqualTo(version);
    }

    /** A supplier that delivers, and something that happens while it does. */
    private static final class Sending implements Dispatcher {
        final List<String> sent = new CopyOnWriteArrayList<>();
        private final Runnable meanwhile;

        Sending(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public SupplierTerms terms() {
            return new SupplierTerms(new Guarantee.AtMostOnce(), Duration.ofSeconds(30), Duration.ofHours(1));
        }

        @Override
        public Answer dispatch(Request request, Deadline deadline) {
            meanwhile.run();
            sent.add(request.reference().toString());
            return new Answer.Delivered(new Proof.Receipt("receipt"), null);
        }
    }
}
