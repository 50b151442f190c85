package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.Dispatcher;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The order whose goods are owed for longest is found by a few index rows, and nothing else hides it. */
class OldestOwedTest {
    private static final Duration LIMIT = Duration.ofHours(2);

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);
    private final OldestOwed oldest = new OldestOwed(rig.store, rig.engine.reads());

    private void owed(String id) {
        rig.placeTopUp(id);
        rig.pay(id + "_p1", "t-" + id);
        assertThat(rig.order(id).isOwed()).isTrue();
    }

    private void onHold(String id) {
        rig.placeTopUp(id);
        rig.receive(dev.kadao.ScriptedGateway.paid(id + "_p1", "t-" + id, Money.parse("1.00", Currency.CNY)));
        assertThat(rig.stage(id)).isEqualTo(Stage.ON_HOLD);
    }

    private void disputed(String id) {
        rig.stock("sku", 1);
        rig.place(id, Route.keys());
        rig.pay(id + "_p1", "t-" + id);
        rig.engine.dispute(rig.order(id).id(), "broken");
        rig.clockwork.settle();
        assertThat(rig.stage(id)).isEqualTo(Stage.DISPUTED);
    }

    private void nobodyDelivers() {
        for (int i = 0; i < 100; i++) {
            supplier.onSend.add(() -> new Dispatcher.Answer.Declined(Dispatcher.Scope.SUPPLIER, "balance is empty"));
        }
    }

    @Test
    void one_that_is_owed_for_exactly_that_long_is_not_owed_for_longer() {
        nobodyDelivers();
        owed("cart1");
        rig.clockwork.pause(LIMIT);
        assertThat(oldest.longerThan(LIMIT)).isEmpty();
        rig.clockwork.pause(Duration.ofNanos(1_000));
        assertThat(oldest.longerThan(LIMIT)).get().satisfies(found -> {
            assertThat(found.order().id()).hasToString("cart1.1");
            assertThat(found.age()).isEqualTo(LIMIT.plusNanos(1_000));
        });
    }

    @Test
    void while_none_is_owed_for_too_long_a_look_is_one_query_and_reads_no_document() {
        nobodyDelivers();
        for (int i = 1; i <= 30; i++) {
            owed("cart" + i);
        }
        rig.store.views = 0;
        rig.store.reads = 0;
        assertThat(oldest.longerThan(LIMIT)).isEmpty();
        assertThat(rig.store.views).isEqualTo(1);
        assertThat(rig.store.reads).isZero();
    }

    @Test
    void holds_and_disputes_hide_no_order_whose_goods_are_owed() {
        onHold("hold1");
        disputed("dispute1");
        nobodyDelivers();
        rig.clockwork.pause(Duration.ofSeconds(1));
        owed("cart1");
        rig.clockwork.pause(LIMIT.plusSeconds(1));
        assertThat(oldest.longerThan(LIMIT))
                .get()
                .satisfies(found -> assertThat(found.order().id()).hasToString("cart1.1"));
    }

    @Test
    void what_waits_for_a_persons_decision_alone_is_not_told() {
        onHold("hold1");
        disputed("dispute1");
        rig.clockwork.pause(LIMIT.multipliedBy(10));
        assertThat(oldest.longerThan(LIMIT)).isEmpty();
    }

    @Test
    void behind_more_of_them_than_one_look_reads_it_is_found_by_a_later_look() {
        int many = OldestOwed.MOST_READ + OldestOwed.PAGE;
        for (int i = 1; i <= many; i++) {
            onHold("hold" + i);
        }
        nobodyDelivers();
        rig.clockwork.pause(Duration.ofSeconds(1));
        owed("cart1");
        rig.clockwork.pause(LIMIT.plusSeconds(1));

        rig.store.views = 0;
        assertThat(oldest.longerThan(LIMIT)).isEmpty();
        assertThat(rig.store.views).isEqualTo(OldestOwed.MOST_READ / OldestOwed.PAGE);
        assertThat(oldest.longerThan(LIMIT)).isPresent();
        assertThat(oldest.longerThan(LIMIT))
                .as("known while the next round is under way")
                .isPresent();
    }
}
