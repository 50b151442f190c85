package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Request;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import dev.kadao.port.QueryableDispatcher;
import dev.kadao.testkit.rules.Together;
import dev.kadao.testkit.rules.TroubleBench;
import dev.kadao.testkit.rules.TroubleRules;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every dispatcher must do. Extend it with an adapter that speaks to a stand-in of the supplier on this machine
 * which delivers at once, and run it with JUnit 5. Rules about queries and notices are skipped where the dispatcher has
 * none, rules about trouble on the line where it speaks no HTTP. What your supplier's own words mean is known to nobody
 * but you: test each of them by a table of your own.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
public abstract class DispatcherContract implements TroubleRules {
    private static final OrderId ORDER = new OrderId(new CheckoutId("cart42"), 1);
    private static final DispatchId REFERENCE = new DispatchId(ORDER, 1);
    private @Nullable Dispatcher opened;

    /** For subclasses; JUnit makes one instance for each test. */
    protected DispatcherContract() {}

    /** A fresh dispatcher in front of a stand-in that has no orders and delivers at once; asked once for each test. */
    protected abstract Dispatcher openDispatcher();

    /** How many times the stand-in has handed goods over under a reference. */
    protected abstract int executions(DispatchId reference);

    /** How many requests have reached the stand-in, of whatever kind. */
    protected abstract int requestsArrived();

    /** The genuine notice that the stand-in sends of a delivered order; empty if it sends none. */
    protected abstract Optional<InboundNotice> noticeOf(DispatchId reference);

    /**
     * The adapter in front of another address, where the suite itself plays a supplier that is out of order; empty if it
     * does not speak HTTP.
     *
     * @param endpoint an http URL without a path, in place of the supplier's
     * @param callLimit how long one call may take
     */
    protected abstract Optional<Dispatcher> openDispatcherAt(URI endpoint, Duration callLimit);

    /** Something that the stand-in can deliver, under any reference; always the same SKU, recipient and amount. */
    protected Request request(DispatchId reference, int send) {
        return new Request(reference, "topup-100", 1, "13800000000", new Money(9_980, Currency.CNY), send);
    }

    /** Opens what is on trial; called by JUnit. */
    @BeforeEach
    public final void openOnce() {
        opened = openDispatcher();
    }

    /** What the rules about trouble work with. */
    @Override
    public final TroubleBench trouble() {
        return new TroubleBench(this::openDispatcherAt, request(REFERENCE, 1));
    }

    private Dispatcher dispatcher() {
        if (opened == null) {
            throw new IllegalStateException("the dispatcher is opened before each test by openOnce()");
        }
        return opened;
    }

    private QueryableDispatcher queryable() {
        assumeTrue(dispatcher() instanceof QueryableDispatcher, "this supplier cannot be asked");
        return (QueryableDispatcher) dispatcher();
    }

    private NotifyingDispatcher notifying() {
        assumeTrue(dispatcher() instanceof NotifyingDispatcher, "this supplier sends no notices");
        return (NotifyingDispatcher) dispatcher();
    }

    private Answer.Delivered deliver(int send) {
        Answer answer = dispatcher().dispatch(request(REFERENCE, send), Deadline.in(Duration.ofMinutes(5)));
        assertThat(answer).isInstanceOf(Answer.Delivered.class);
        return (Answer.Delivered) answer;
    }

    private InboundNotice notice() {
        deliver(1);
        Optional<InboundNotice> notice = noticeOf(REFERENCE);
        assumeTrue(notice.isPresent(), "this stand-in sends no notices");
        return notice.orElseThrow();
    }

    private void assertForged(InboundNotice notice) {
        SupplierReading reading = notifying().read(notice);
        assertThat(reading).isInstanceOf(SupplierReading.Forged.class);
        NoticeReply reply = ((SupplierReading.Forged) reading).reply();
        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.body().asUtf8()).doesNotContain(((SupplierReading.Forged) reading).reason());
    }

    @Test
    public void the_terms_are_the_same_each_time_and_a_supplier_that_must_be_asked_can_be() {
        assertThat(dispatcher().terms()).isEqualTo(dispatcher().terms());
        if (dispatcher().terms().guarantee().howToAsk() != null) {
            assertThat(dispatcher()).isInstanceOf(QueryableDispatcher.class);
        }
    }

    @Test
    public void what_is_delivered_has_a_proof() {
        assertProves(deliver(1).proof());
        assertThat(executions(REFERENCE)).isEqualTo(1);
    }

    private void assertProves(Proof proof) {
        if (proof instanceof Proof.Receipt receipt) {
            assertThat(receipt.text()).isNotBlank();
        } else {
            assertThat(((Proof.SuppliedKeys) proof).keys())
                    .hasSize(request(REFERENCE, 1).quantity())
                    .noneMatch(key -> key.expose().isBlank());
        }
    }

    @Test
    public void a_repeated_reference_is_carried_out_once_if_the_supplier_promises_so() {
        assumeTrue(dispatcher().terms().guarantee() instanceof Guarantee.Idempotent, "this supplier is not idempotent");
        Answer.Delivered first = deliver(1);
        assertThat(deliver(2)).isEqualTo(first);
        assertThat(deliver(3)).isEqualTo(first);
        assertThat(executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    public void that_a_reference_is_known_already_is_no_definite_no() {
        deliver(1);
        // It comes twice where something on the way repeats requests; what it is a duplicate of was handed over.
        assertThat(dispatcher().dispatch(request(REFERENCE, 2), Deadline.in(Duration.ofMinutes(5))))
                .isInstanceOfAny(Answer.Delivered.class, Answer.Accepted.class, Answer.Unknown.class);
    }

    @Test
    public void another_reference_is_another_order() {
        deliver(1);
        DispatchId second = new DispatchId(ORDER, 2);
        dispatcher().dispatch(request(second, 1), Deadline.in(Duration.ofMinutes(5)));
        assertThat(executions(REFERENCE)).isEqualTo(1);
        assertThat(executions(second)).isEqualTo(1);
    }

    @Test
    public void what_was_not_sent_is_sent_later_under_the_same_reference() {
        assertThat(dispatcher().dispatch(request(REFERENCE, 1), Deadline.in(Duration.ofSeconds(-1))))
                .isInstanceOf(Answer.NotSent.class);
        deliver(2);
        assertThat(executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    public void orders_at_the_same_time_do_not_mix() {
        List<Map<DispatchId, Answer>> answers = Together.run(8, thread -> {
            Map<DispatchId, Answer> own = new HashMap<>();
            for (int i = 1; i <= 10; i++) {
                DispatchId reference = new DispatchId(ORDER, thread * 10 + i);
                own.put(reference, dispatcher().dispatch(request(reference, 1), Deadline.in(Duration.ofMinutes(5))));
            }
            return own;
        });
        for (Map<DispatchId, Answer> own : answers) {
            own.forEach((reference, answer) -> {
                assertThat(answer).isInstanceOf(Answer.Delivered.class);
                assertThat(executions(reference)).isEqualTo(1);
                if (dispatcher() instanceof QueryableDispatcher queryable) {
                    assertThat(queryable.query(reference)).isEqualTo(answer);
                }
            });
        }
    }

    @Test
    public void nothing_that_may_be_logged_shows_a_key_or_the_recipient() {
        Answer.Delivered delivered = deliver(1);
        String printed = dispatcher() + " " + delivered + " " + delivered.supplierOrder();
        if (dispatcher() instanceof NotifyingDispatcher notifying) {
            printed += noticeOf(REFERENCE)
                    .map(notice -> " " + notifying.read(notice))
                    .orElse("");
        }
        assertThat(printed).doesNotContain(request(REFERENCE, 1).recipient());
        if (delivered.proof() instanceof Proof.SuppliedKeys supplied) {
            assertThat(printed)
                    .doesNotContain(supplied.keys().stream().map(Secret::expose).toArray(String[]::new));
        }
    }

    @Test
    public void after_the_deadline_nothing_is_sent() {
        Answer answer = dispatcher().dispatch(request(REFERENCE, 1), Deadline.in(Duration.ofSeconds(-1)));
        assertThat(answer).isInstanceOf(Answer.NotSent.class);
        assertThat(requestsArrived()).isZero();
        assertThat(executions(REFERENCE)).isZero();
    }

    @Test
    public void a_query_says_what_the_dispatch_said_and_executes_nothing() {
        QueryableDispatcher queryable = queryable();
        Answer.Delivered delivered = deliver(1);
        assertThat(queryable.query(REFERENCE)).isEqualTo(delivered);
        assertThat(queryable.query(REFERENCE)).isEqualTo(delivered);
        assertThat(executions(REFERENCE)).isEqualTo(1);
    }

    @Test
    public void a_query_for_what_was_never_sent_is_not_found_or_unknown() {
        assertThat(queryable().query(REFERENCE)).isInstanceOfAny(Answer.NotFound.class, Answer.Unknown.class);
        assertThat(executions(REFERENCE)).isZero();
    }

    @Test
    public void a_genuine_notice_names_its_reference_and_says_delivered() {
        NotifyingDispatcher notifying = notifying();
        InboundNotice notice = notice();
        int before = requestsArrived();
        SupplierReading reading = notifying.read(notice);
        assertThat(reading).isInstanceOf(SupplierReading.Genuine.class);
        SupplierReading.Genuine genuine = (SupplierReading.Genuine) reading;
        assertThat(genuine.reference()).isEqualTo(REFERENCE.toString());
        assertThat(genuine.answer()).isInstanceOf(Answer.Delivered.class);
        assertProves(((Answer.Delivered) genuine.answer()).proof());
        assertThat(genuine.whenStored()).isNotEqualTo(genuine.whenNot());
        assertThat(notifying.read(notice)).isEqualTo(reading);
        assertThat(requestsArrived()).isEqualTo(before);
    }

    @Test
    public void a_notice_that_was_changed_on_its_way_is_forged() {
        notifying();
        InboundNotice notice = notice();
        byte[] body = notice.body().toArray();
        for (int at = 0; at < body.length; at++) {
            byte[] changed = body.clone();
            changed[at] ^= 1;
            assertForged(with(notice, notice.headers(), changed));
            // Nor is a signature that is not there a good one.
            assertForged(with(notice, Map.of(), changed));
        }
    }

    private static InboundNotice with(InboundNotice notice, Map<String, List<String>> headers, byte[] body) {
        return new InboundNotice(notice.method(), notice.query(), headers, Bytes.of(body), notice.receivedAt());
    }

    @Test
    public void what_is_unsigned_empty_or_noise_is_forged_and_never_an_exception() {
        byte[] noise = new byte[2_000];
        new Random(7).nextBytes(noise);
        for (Bytes body : List.of(Bytes.EMPTY, Bytes.utf8("{"), Bytes.utf8("{\"a\":1,\"a\":2}"), Bytes.of(noise))) {
            assertForged(new InboundNotice("POST", "", Map.of(), body, Instant.now()));
        }
    }
}
