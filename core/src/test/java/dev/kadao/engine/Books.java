package dev.kadao.engine;

import static dev.kadao.engine.Books.statement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.insight.Reconciliation;
import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.RefundId;
import dev.kadao.order.Route;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import dev.kadao.port.StoredNotice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A shop with some keys, and a gateway whose books a test writes. */
final class Books {

    /** Refunds go as scripted; unknown ones are carried out. */
    static final class Gateway extends ScriptedGateway {
        final Map<RefundId, RefundAnswer> refundAnswers = new ConcurrentHashMap<>();

        @Override
        public RefundAnswer refund(RefundRequest request, Deadline deadline) {
            RefundAnswer carriedOut = super.refund(request, deadline);
            return refundAnswers.getOrDefault(request.refund(), carriedOut);
        }

        @Override
        public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
            return refundAnswers.getOrDefault(refund, super.queryRefund(refund, payment));
        }
    }

    final Gateway gateway = new Gateway();
    final Rig rig = new Rig(1, gateway, ScriptedSupplier.queryable());

    Books() {
        rig.stock("sku", 100);
    }

    void place(String... ids) {
        for (String id : ids) {
            rig.place(id, Route.keys());
        }
    }

    Reconciliation reconcile(ScriptedStatement statement) {
        Reconciliation report = rig.engine.reconcile("sandbox", statement, 0);
        rig.clockwork.settle();
        return report;
    }

    static ScriptedStatement statement() {
        return new ScriptedStatement();
    }

    List<Case.Kind> openCases(String id) {
        return rig.checkout(id).cases().stream()
                .filter(Case::isOpen)
                .map(Case::kind)
                .toList();
    }

    Receipt receipt(String id) {
        return rig.checkout(id).payment(1).receipts().get(0);
    }

    /** A checkout whose second payment was paid too: its money goes back as the first refund. */
    void placeWithRefund(String id) {
        place(id);
        rig.engine.openPayment(new CheckoutId(id), "sandbox");
        rig.clockwork.settle();
        rig.pay(id + "_p1", "t1" + id);
        rig.pay(id + "_p2", "t2" + id);
    }

    static ScriptedStatement withBothOf(String id) {
        return statement().received(id + "_p1", "t1" + id, "49.00").received(id + "_p2", "t2" + id, "49.00");
    }

    List<StoredNotice> notices(StoredNotice.State state) {
        return rig.engine.reads().notices(state, "", 100);
    }

    void close(String id, int number) {
        rig.engine.act(
                new CheckoutId(id),
                new PersonAct("close-" + number, "CLOSE_CASE", 0, number, 0, "ann", "looked at it", null));
        rig.clockwork.settle();
        assertThat(openCases(id)).isEmpty();
    }

    /** One that holds so few digests at a time, on the same store. */
    Reconciling narrow(int mostKept) {
        EngineSettings settings = EngineSettings.defaults();
        EngineParts parts = new EngineParts(
                rig.store,
                rig.inventory,
                null,
                Map.of("sandbox", gateway),
                Map.of(),
                Rig.TERMS,
                settings,
                SweepSettings.defaults());
        Clockwork clockwork = rig.clockwork;
        Seldom seldom = new Seldom(clockwork::nanos);
        StoreTime time = new StoreTime(ManualClockwork.START, clockwork::nanos);
        Flights flights = new Flights();
        Lanes lanes = new Lanes(settings.intake(), settings.busyAfter());
        Committer committer =
                new Committer(rig.store, true, "w2", settings.claimLease(), new Ids(clockwork), time, flights, seldom);
        Steps steps = new Steps(rig.store, committer, "w2", lanes, time, flights, seldom);
        Answers answers = new Answers(steps, clockwork, clockwork.crew("work", 1, 1), seldom);
        Calls calls = new Calls(steps, answers, flights, clockwork, "w2", settings, seldom);
        Ports ports = new Ports(parts, clockwork);
        GatewayCalls gateways = new GatewayCalls(calls, ports, settings.callLimit());
        NoticeMatching matching = new NoticeMatching(steps);
        DueNotices notices = new DueNotices(rig.store, committer, matching, gateways, flights, seldom);
        Asking asking = new Asking(gateways, flights, clockwork, settings.callLimit());
        StatementLines lines = new StatementLines(steps, committer, matching, notices, asking);
        return new Reconciling(ports, lines, new OwnRecords(rig.store, steps, asking, lines), clockwork, mostKept);
    }
}
