package dev.kadao.engine;

import static dev.kadao.ScriptedGateway.FORGED;
import static dev.kadao.ScriptedGateway.NOT_STORED;
import static dev.kadao.ScriptedGateway.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.engine.TroubledStore.Trouble;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.Step;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices that are forged, repeated, too early or cannot be applied: each at a bounded cost, and no money lost. */
class NoticeIssuesTest {
    private final BookGateway gateway = new BookGateway();
    private final Rig rig = Rig.at(gateway, LatePayment.DELIVER);

    @AfterEach
    void the_audit_finds_nothing_broken() {
        rig.store.heal();
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    private List<StoredNotice> notices(StoredNotice.State state) {
        return rig.store.view(view -> view.notices(state, "", 10_000));
    }

    private long version(String id) {
        return rig.store.read(new CheckoutId(id)).checkout().orElseThrow().version();
    }

    private void place() {
        rig.stock("sku", 2);
        rig.place("cart1", Route.keys());
    }

    @Test
    void ten_thousand_forged_notices_write_nothing_and_are_counted() {
        place();
        int commits = rig.store.commits;
        List<?> bytes = rig.bytes();

        for (int i = 0; i < 10_000; i++) {
            InboundNotice forged = ScriptedGateway.notice("FORGED cart1_p1 t" + i);
            assertThat(rig.engine.receive("sandbox", forged)).isEqualTo(FORGED);
        }

        assertThat(rig.store.commits).isEqualTo(commits);
        assertThat(rig.bytes()).isEqualTo(bytes);
        for (StoredNotice.State state : StoredNotice.State.values()) {
            assertThat(notices(state)).isEmpty();
        }
        assertThat(rig.engine.forgedNotices()).isEqualTo(10_000);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);
    }

    @Test
    void a_settled_payments_repeated_notice_is_acknowledged_with_no_write_at_all() {
        place();
        InboundNotice paid = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        rig.receive(paid);
        int commits = rig.store.commits;
        long version = version("cart1");

        for (int i = 0; i < 100; i++) {
            assertThat(rig.receive(paid)).isEqualTo(STORED);
        }

        assertThat(rig.store.commits).isEqualTo(commits);
        assertThat(version("cart1")).isEqualTo(version);
    }

    @Test
    void a_settled_payments_repeated_notice_at_another_node_writes_nothing_either() {
        place();
        Engine other = rig.another();
        InboundNotice paid = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        rig.receive(paid);
        rig.clockwork.advance(Duration.ofSeconds(5));
        int commits = rig.store.commits;

        assertThat(other.receive("sandbox", paid)).isEqualTo(STORED);
        rig.clockwork.settle();

        assertThat(rig.store.commits).isEqualTo(commits);
        assertThat(rig.inventory.stock("sku").sold()).isOne();
    }

    /** Eight of them, each arriving while the one before is about to commit, in turn at two nodes. */
    @Test
    void a_notice_that_comes_eight_times_at_once_at_two_nodes_settles_once_and_is_acknowledged_each_time() {
        place();
        Engine[] nodes = {rig.engine, rig.another(), rig.another(), rig.another()};
        InboundNotice paid = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        long version = version("cart1");
        List<NoticeReply> replies = new ArrayList<>();
        arriving(nodes, 0, paid, replies);
        replies.add(nodes[0].receive("sandbox", paid));
        for (Engine node : nodes) {
            replies.add(node.receive("sandbox", paid));
        }
        assertThat(replies).hasSize(8).containsOnly(STORED);
        assertThat(version("cart1")).isEqualTo(version + 1);
        rig.clockwork.settle();

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.inventory.stock("sku").sold()).isOne();
        assertThat(rig.checkout("cart1").payment(1).receipts()).hasSize(1);
    }

    private void arriving(Engine[] nodes, int at, InboundNotice paid, List<NoticeReply> replies) {
        int next = at + 1;
        if (next < nodes.length) {
            rig.store.beforeCommit(0, () -> {
                arriving(nodes, next, paid, replies);
                replies.add(nodes[next].receive("sandbox", paid));
            });
        }
    }

    @Test
    void a_notice_before_its_checkouts_commit_is_an_orphan_first_and_applied_soon_after() {
        InboundNotice early = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        assertThat(rig.receive(early)).isEqualTo(STORED);
        assertThat(notices(StoredNotice.State.ORPHAN)).hasSize(1);

        place();
        assertThat(rig.stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);
        rig.clockwork.advance(Duration.ofSeconds(62));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(notices(StoredNotice.State.ORPHAN)).isEmpty();
        assertThat(notices(StoredNotice.State.APPLIED)).hasSize(1);
    }

    @Test
    void a_notice_that_came_hours_before_its_checkout_was_there_is_matched_within_the_day() {
        gateway.words.clear();
        assertThat(rig.receive(ScriptedGateway.paid("cart1_p1", "t1", Rig.PRICE)))
                .isEqualTo(STORED);
        rig.pass(Duration.ofHours(20));
        place();

        rig.pass(Duration.ofHours(3));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(notices(StoredNotice.State.ORPHAN)).isEmpty();
    }

    @Test
    void an_early_notice_that_is_repeated_after_the_placing_settles_at_once_and_its_orphan_is_gone() {
        InboundNotice early = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        rig.receive(early);
        place();

        assertThat(rig.receive(early)).isEqualTo(STORED);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(notices(StoredNotice.State.ORPHAN)).isEmpty();
        rig.pass(Duration.ofDays(2));
        assertThat(notices(StoredNotice.State.ORPHAN_CASE)).isEmpty();
        assertThat(rig.inventory.stock("sku").sold()).isOne();
    }

    @Test
    void a_notice_of_a_payment_number_that_was_not_opened_yet_is_matched_once_it_is() {
        place();
        assertThat(rig.receive(gateway.pay("cart1_p2", "t2", Rig.PRICE))).isEqualTo(STORED);
        assertThat(notices(StoredNotice.State.ORPHAN)).hasSize(1);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.AWAITING_PAYMENT);

        rig.openPayment("cart1");
        rig.clockwork.advance(Duration.ofMinutes(2));

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(PaymentStatus.of(rig.checkout("cart1").payment(2))).isEqualTo(PaymentStatus.SETTLED);
    }

    @Test
    void notices_that_cannot_be_applied_are_capped_per_hour_and_none_beyond_is_acknowledged() {
        place();
        rig.store.trouble(Trouble.DOWN, Integer.MAX_VALUE, Step.OfCheckout.class::isInstance);
        for (int i = 0; i < HourlyCap.MOST; i++) {
            assertThat(rig.engine.receive("sandbox", ScriptedGateway.paid("cart1_p1", "t" + i, Rig.PRICE)))
                    .isEqualTo(STORED);
        }
        InboundNotice oneMore = ScriptedGateway.paid("cart1_p1", "one-more", Rig.PRICE);
        assertThat(rig.engine.receive("sandbox", oneMore)).isEqualTo(NOT_STORED);
        assertThat(notices(StoredNotice.State.UNAPPLIED)).hasSize(HourlyCap.MOST);

        rig.clockwork.pause(Duration.ofHours(1));
        assertThat(rig.engine.receive("sandbox", oneMore)).isEqualTo(STORED);
        assertThat(notices(StoredNotice.State.UNAPPLIED)).hasSize(HourlyCap.MOST + 1);
    }

    @Test
    void an_unapplied_notice_that_is_sent_again_takes_no_further_place_under_the_cap() {
        place();
        rig.store.trouble(Trouble.DOWN, Integer.MAX_VALUE, Step.OfCheckout.class::isInstance);
        InboundNotice again = gateway.pay("cart1_p1", "t1", Rig.PRICE);
        for (int i = 0; i <= HourlyCap.MOST; i++) {
            assertThat(rig.engine.receive("sandbox", again)).isEqualTo(STORED);
        }
        assertThat(notices(StoredNotice.State.UNAPPLIED)).hasSize(1);
    }
}
