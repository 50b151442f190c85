package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.DispatchId;
import dev.kadao.order.OrderId;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FakeDispatcherTest extends DispatcherContract {
    private static final DispatchId REFERENCE = new DispatchId(new OrderId(new CheckoutId("cart7"), 1), 1);
    private final FakeDispatcher dispatcher = FakeDispatcher.idempotent(ManualClock.atFixedTime());

    @Override
    protected Dispatcher openDispatcher() {
        return dispatcher;
    }

    @Override
    protected int executions(DispatchId reference) {
        return dispatcher.executions(reference);
    }

    @Override
    protected int requestsArrived() {
        return dispatcher.arrived().size();
    }

    @Override
    protected Optional<InboundNotice> noticeOf(DispatchId reference) {
        return Optional.of(dispatcher.notice(reference.toString(), dispatcher.query(reference)));
    }

    @Override
    protected Optional<Dispatcher> openDispatcherAt(URI endpoint, Duration callLimit) {
        return Optional.empty();
    }

    private Answer send(FakeDispatcher to) {
        return to.dispatch(request(REFERENCE, 1), Deadline.in(Duration.ofMinutes(5)));
    }

    @Test
    void a_lost_request_is_not_found_and_a_lost_answer_was_delivered() {
        dispatcher.failSends(Fault.LOSE_REQUEST, Fault.LOSE_ANSWER);
        assertThat(send(dispatcher)).isInstanceOf(Answer.Unknown.class);
        assertThat(dispatcher.query(REFERENCE)).isEqualTo(new Answer.NotFound());
        assertThat(send(dispatcher)).isInstanceOf(Answer.Unknown.class);
        assertThat(dispatcher.query(REFERENCE)).isInstanceOf(Answer.Delivered.class);
        assertThat(dispatcher.executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    void a_throwing_send_throws_before_or_after_it_is_carried_out() {
        dispatcher.failSends(Fault.THROW_BEFORE, Fault.THROW_AFTER);
        assertThatThrownBy(() -> send(dispatcher)).hasMessageContaining("on purpose");
        assertThat(dispatcher.executions()).isZero();
        assertThatThrownBy(() -> send(dispatcher)).hasMessageContaining("on purpose");
        assertThat(dispatcher.executions()).isEqualTo(1);
    }

    @Test
    void a_failing_query_is_unknown_once() {
        send(dispatcher);
        dispatcher.failQueries(Fault.LOSE_ANSWER);
        assertThat(dispatcher.query(REFERENCE)).isInstanceOf(Answer.Unknown.class);
        assertThat(dispatcher.query(REFERENCE)).isInstanceOf(Answer.Delivered.class);
    }

    @Test
    void without_the_promise_a_repeated_reference_is_carried_out_again() {
        FakeDispatcher careless = FakeDispatcher.queryable(ManualClock.atFixedTime(), true);
        send(careless);
        send(careless);
        assertThat(careless.executions(REFERENCE)).isEqualTo(2);
    }

    @Test
    void what_was_accepted_is_finished_later_and_only_once() {
        dispatcher.next(new Answer.Accepted("their-1", Duration.ofSeconds(5)));
        assertThat(send(dispatcher)).isEqualTo(new Answer.Accepted("their-1", Duration.ofSeconds(5)));
        assertThat(dispatcher.executions(REFERENCE)).isZero();
        Answer delivered = FakeDispatcher.deliver(request(REFERENCE, 1));
        InboundNotice notice = dispatcher.finish(REFERENCE, delivered);
        dispatcher.finish(REFERENCE, delivered);
        assertThat(((SupplierReading.Genuine) dispatcher.read(notice)).answer()).isEqualTo(delivered);
        assertThat(dispatcher.query(REFERENCE)).isEqualTo(delivered);
        assertThat(dispatcher.executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    void what_was_not_sent_did_not_arrive() {
        dispatcher.next(new Answer.NotSent("connection refused"));
        assertThat(send(dispatcher)).isEqualTo(new Answer.NotSent("connection refused"));
        assertThat(dispatcher.arrived()).isEmpty();
        assertThat(send(dispatcher)).isInstanceOf(Answer.Delivered.class);
    }

    @Test
    void every_answer_comes_out_of_its_notice_as_it_went_in() {
        for (Answer answer : List.of(
                FakeDispatcher.deliver(request(REFERENCE, 1)),
                FakeDispatcher.deliverKeys(request(REFERENCE, 1)),
                new Answer.Delivered(new Proof.Receipt("r"), null),
                new Answer.Partial(2, "two only"),
                new Answer.Accepted(null, null),
                new Answer.Declined(Scope.SUPPLIER, "empty balance"),
                new Answer.Declined(Scope.ORDER, "号码错误"),
                new Answer.NotFound(),
                new Answer.Unknown("busy"))) {
            InboundNotice notice = dispatcher.notice("any reference", answer);
            assertThat(((SupplierReading.Genuine) dispatcher.read(notice)).answer())
                    .isEqualTo(answer);
            assertThat(dispatcher.read(FakeDispatcher.forged(notice))).isInstanceOf(SupplierReading.Forged.class);
        }
    }
}
