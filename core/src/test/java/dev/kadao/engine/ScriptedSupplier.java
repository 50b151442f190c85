package dev.kadao.engine;

import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** A supplier that answers by a script; at its end every dispatch is delivered. */
final class ScriptedSupplier implements QueryableDispatcher, NotifyingDispatcher {
    static final Guarantee.Asking ASKING = new Guarantee.Asking(
            Duration.ofSeconds(5), false, List.of(Duration.ofSeconds(2)), Duration.ofMinutes(30), Duration.ofDays(3));
    static final Answer DELIVERED = new Answer.Delivered(new Proof.Receipt("receipt-1"), "s-1");

    final List<Request> sent = new ArrayList<>();
    final List<DispatchId> asked = new ArrayList<>();
    final Queue<Supplier<Answer>> onSend = new ArrayDeque<>();
    final Queue<Supplier<Answer>> onAsk = new ArrayDeque<>();
    /** What its notices say, in their order; their body is the reference. */
    final Queue<Answer> inNotice = new ArrayDeque<>();

    private final Guarantee guarantee;

    ScriptedSupplier(Guarantee guarantee) {
        this.guarantee = guarantee;
    }

    static ScriptedSupplier queryable() {
        return new ScriptedSupplier(new Guarantee.Queryable(ASKING));
    }

    @Override
    public SupplierTerms terms() {
        return new SupplierTerms(guarantee, Duration.ofSeconds(3), Duration.ofHours(2));
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        sent.add(request);
        return onSend.isEmpty() ? DELIVERED : onSend.remove().get();
    }

    @Override
    public Answer query(DispatchId reference) {
        asked.add(reference);
        return onAsk.isEmpty() ? DELIVERED : onAsk.remove().get();
    }

    @Override
    public SupplierReading read(InboundNotice notice) {
        return new SupplierReading.Genuine(
                notice.body().asUtf8(),
                inNotice.remove(),
                NoticeReply.text(200, "stored"),
                NoticeReply.text(500, "not stored"));
    }
}
