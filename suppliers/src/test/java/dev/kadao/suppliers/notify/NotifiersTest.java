package dev.kadao.suppliers.notify;

import static dev.kadao.suppliers.notify.Samples.BUYER;
import static dev.kadao.suppliers.notify.Samples.ORDER;
import static dev.kadao.suppliers.notify.Samples.REFERENCE;
import static dev.kadao.suppliers.notify.Samples.notTold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Message.Kind;
import dev.kadao.port.NotToldException;
import dev.kadao.port.Notifier;
import dev.kadao.testkit.RecordingNotifier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NotifiersTest {
    private final RecordingNotifier mail = new RecordingNotifier();
    private final RecordingNotifier hook = new RecordingNotifier();

    private static NotToldException failureOf(Notifier notifier) {
        return notTold(() -> notifier.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE));
    }

    private static Notifier thatThrows(RuntimeException thrown) {
        return (order, kind, recipient, reference) -> {
            throw thrown;
        };
    }

    @Test
    void each_notifier_tells_each_message() {
        Notifier both = Notifiers.all(mail, hook);
        both.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);
        both.tell(ORDER, Kind.REFUNDED, BUYER, "cart42_m2");

        assertThat(mail.told()).hasSize(2);
        assertThat(hook.told()).isEqualTo(mail.told());
    }

    @Test
    void a_mail_is_not_repeated_because_the_webhook_failed() {
        hook.failNext(3);
        Notifier both = Notifiers.all(mail, hook);
        for (int i = 0; i < 3; i++) {
            assertThat(failureOf(both)).hasMessage("notifier 2 threw IllegalStateException");
        }
        both.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

        assertThat(mail.told()).hasSize(1);
        assertThat(hook.told()).hasSize(1);
    }

    @Test
    void the_second_tells_even_though_the_first_failed() {
        mail.failNext(1);

        assertThat(failureOf(Notifiers.all(mail, hook)).kind()).isEqualTo(NotToldException.Kind.RECIPIENT);

        assertThat(hook.told()).hasSize(1);
    }

    @Test
    void after_a_restart_a_message_comes_again_with_the_same_reference() {
        hook.failNext(1);
        failureOf(Notifiers.all(mail, hook));
        Notifiers.all(mail, hook).tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

        assertThat(mail.told()).hasSize(2).allMatch(told -> told.reference().equals(REFERENCE));
    }

    @Test
    void a_message_that_one_can_never_tell_is_told_by_the_others() {
        Notifier never = thatThrows(NotToldException.never("no address"));
        Notifiers.all(never, hook).tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);

        assertThat(hook.told()).hasSize(1);
    }

    @Test
    void a_message_that_nobody_can_ever_tell_is_given_up_and_says_why() {
        NotToldException failure = failureOf(Notifiers.all(
                thatThrows(NotToldException.never("no address")), thatThrows(NotToldException.never("no endpoint"))));

        assertThat(failure.kind()).isEqualTo(NotToldException.Kind.NEVER);
        assertThat(failure).hasMessage("no address; no endpoint");
    }

    @Test
    void a_message_that_one_can_never_tell_and_another_not_now_is_tried_again() {
        hook.failNext(1);
        Notifier both = Notifiers.all(thatThrows(NotToldException.never("no address")), hook);

        assertThat(failureOf(both).kind()).isEqualTo(NotToldException.Kind.RECIPIENT);
        both.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE);
        assertThat(hook.told()).hasSize(1);
    }

    @Test
    void one_that_is_broken_is_not_held_against_the_others() {
        NotToldException failure =
                failureOf(Notifiers.all(thatThrows(NotToldException.notifierFailed("connection refused")), hook));

        assertThat(failure.kind()).isEqualTo(NotToldException.Kind.RECIPIENT);
        assertThat(failure).hasMessage("connection refused");
        assertThat(failure.getSuppressed())
                .as("it is still seen which one is broken")
                .singleElement()
                .extracting(part -> ((NotToldException) part).kind())
                .isEqualTo(NotToldException.Kind.NOTIFIER);
    }

    @Test
    void one_that_failed_and_now_hangs_holds_one_call_and_no_more() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        RecordingNotifier slow = new RecordingNotifier();
        slow.failNext(1);
        Notifier hanging = (order, kind, recipient, reference) -> {
            slow.tell(order, kind, recipient, reference);
            entered.countDown();
            try {
                end.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Notifier both = Notifiers.all(hanging, hook);
        failureOf(both);
        CompletableFuture<Void> held = CompletableFuture.runAsync(
                () -> both.tell(ORDER, Kind.DELIVERED, BUYER, REFERENCE), work -> new Thread(work).start());
        await().atMost(Samples.LONG).until(() -> entered.getCount() == 0);

        NotToldException other = notTold(() -> both.tell(ORDER, Kind.REFUNDED, BUYER, "cart42_m2"));

        assertThat(other).hasMessage("notifier 1 failed last time, and one other try of it is under way");
        assertThat(hook.told()).extracting(RecordingNotifier.Told::reference).containsExactly(REFERENCE, "cart42_m2");
        end.countDown();
        await().atMost(Samples.LONG).until(held::isDone);
    }

    @Test
    void none_at_all_is_refused() {
        assertThatThrownBy(Notifiers::all).isInstanceOf(InvalidValueException.class);
    }
}
