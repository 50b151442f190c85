package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoreException;
import dev.kadao.testkit.FaultyStore.Call;
import dev.kadao.testkit.FaultyStore.Moment;
import dev.kadao.testkit.rules.StepDraft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {
    private final InMemoryCheckoutStore real = InMemoryCheckoutStore.withClock(ManualClock.atFixedTime());
    private final FaultyStore store = new FaultyStore(real);

    private boolean isStored(String id) {
        return real.read(new CheckoutId(id)).checkout().isPresent();
    }

    @Test
    void a_step_lost_before_is_not_written_and_one_lost_after_is() {
        store.loseNext(
                Moment.BEFORE_COMMIT,
                step -> step instanceof Step.Plain plain && plain.id().value().equals("bbb"));
        store.loseNext(
                Moment.AFTER_COMMIT,
                step -> step instanceof Step.Plain plain && plain.id().value().equals("ccc"));
        List<StepResult> results = store.commit(List.of(
                StepDraft.insert("aaa").plain(),
                StepDraft.insert("bbb").plain(),
                StepDraft.insert("ccc").plain(),
                StepDraft.insert("ddd").plain()));
        assertThat(results.get(0)).isInstanceOf(StepResult.Done.class);
        assertThat(results.get(1)).isInstanceOf(StepResult.Unknown.class);
        assertThat(results.get(2)).isInstanceOf(StepResult.Unknown.class);
        assertThat(results.get(3)).isInstanceOf(StepResult.Done.class);
        assertThat(isStored("aaa") && isStored("ccc") && isStored("ddd")).isTrue();
        assertThat(isStored("bbb")).isFalse();
        assertThat(store.injected()).isEqualTo(2);
        assertThat(store.commit(List.of(StepDraft.insert("bbb").plain())).get(0))
                .isInstanceOf(StepResult.Done.class);
    }

    @Test
    void the_next_step_alone_can_be_lost() {
        store.loseNext(Moment.BEFORE_COMMIT);
        assertThat(store.commit(List.of(StepDraft.insert("aaa").plain())).get(0))
                .isInstanceOf(StepResult.Unknown.class);
        assertThat(isStored("aaa")).isFalse();
    }

    @Test
    void calls_throw_as_often_as_planned() {
        store.failNext(Call.READ, 2);
        store.failNext(Call.CLAIM, 1);
        store.failNext(Call.VIEW, 1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.read(new CheckoutId("aaa")))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.isTransient()).isTrue());
        }
        assertThat(store.read(new CheckoutId("aaa")).checkout()).isEmpty();
        assertThatThrownBy(() -> store.claim("w", Duration.ofSeconds(1), 1)).isInstanceOf(StoreException.class);
        assertThat(store.claim("w", Duration.ofSeconds(1), 1).checkouts()).isEmpty();
        assertThatThrownBy(() -> store.view(view -> 1)).isInstanceOf(StoreException.class);
        assertThat(store.<Integer>view(view -> 1)).isEqualTo(1);
    }

    @Test
    void a_notifier_records_what_it_was_told_and_fails_first_where_planned() {
        RecordingNotifier notifier = new RecordingNotifier();
        OrderId order = new OrderId(new CheckoutId("aaa"), 1);
        notifier.failNext(1);
        assertThatThrownBy(() -> notifier.tell(order, Message.Kind.DELIVERED, Optional.of("me@example.com"), "aaa_m1"))
                .hasMessageContaining("on purpose");
        notifier.tell(order, Message.Kind.DELIVERED, Optional.of("me@example.com"), "aaa_m1");
        assertThat(notifier.told()).hasSize(1);
        assertThat(notifier.told().toString()).contains("aaa_m1").doesNotContain("me@example.com");
    }
}
