package dev.kadao.engine;

import dev.kadao.ScriptedGateway;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Compensation;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.port.Compensator;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Answer;
import java.time.Duration;
import java.util.List;

/** An engine by a manual clock with one order, {@code kd5001.1}, in a situation. */
public final class SupportRig {
    public static final CheckoutId CHECKOUT = new CheckoutId("kd5001");
    public static final OrderId ORDER = new OrderId(CHECKOUT, 1);
    public static final List<String> SITUATIONS = List.of(
            "unpaid",
            "closed",
            "hold",
            "waiting",
            "late-stock",
            "processing",
            "processing-late",
            "stuck",
            "parked",
            "keys-unseen",
            "keys-seen",
            "completed",
            "disputed",
            "top-up-done",
            "refunding",
            "refunded",
            "twice-back",
            "twice-pending",
            "compensating",
            "compensated");

    private static final String ID = CHECKOUT.value();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATE = Duration.ofMinutes(3);

    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final SlowRefunds gateway = new SlowRefunds();
    private Rig rig = new Rig(1, gateway, supplier);

    /** A gateway that may take its time with refunds. */
    private static final class SlowRefunds extends ScriptedGateway {
        private boolean isSlow;

        @Override
        public RefundAnswer refund(RefundRequest request, Deadline deadline) {
            return isSlow ? new RefundAnswer.Pending() : super.refund(request, deadline);
        }

        @Override
        public RefundAnswer queryRefund(dev.kadao.order.RefundId refund, dev.kadao.order.PaymentId payment) {
            return isSlow ? new RefundAnswer.Pending() : super.queryRefund(refund, payment);
        }
    }

    private SupportRig() {}

    /** The situation of that name; "none" has no order, "stranger" one of somebody else. */
    public static SupportRig in(String situation) {
        SupportRig made = new SupportRig();
        made.arrange(situation);
        return made;
    }

    private void arrange(String situation) {
        switch (situation) {
            case "none" -> {}
            case "unpaid" -> rig.place(ID, Route.keys());
            case "closed" -> {
                rig.place(ID, Route.keys());
                pass(Duration.ofMinutes(40));
            }
            case "hold" -> {
                rig.place(ID, Route.keys());
                rig.receive(ScriptedGateway.paid(ID + "_p1", "t1", new Money(100, Rig.PRICE.currency())));
            }
            case "waiting", "late-stock" -> {
                keys(0);
                pass(situation.equals("waiting") ? SOON : LATE);
            }
            case "keys-unseen" -> keys(1);
            case "keys-seen", "completed", "disputed" -> seen(situation);
            case "processing", "processing-late", "stranger" ->
                topUp(new Answer.Accepted("s-77", Duration.ofSeconds(2)), situation.endsWith("late") ? LATE : SOON);
            case "stuck" -> topUp(new Answer.Unknown("no answer"), LATE);
            case "parked" -> topUp(new Answer.Partial(0, "half of it", List.of()), SOON);
            case "top-up-done" -> topUp(ScriptedSupplier.DELIVERED, SOON);
            case "refunding", "refunded" -> {
                gateway.isSlow = situation.equals("refunding");
                keys(1);
                rig.act(ID, 1, "REFUND");
            }
            case "twice-back", "twice-pending" -> {
                gateway.isSlow = situation.equals("twice-pending");
                rig.stock("sku", 1);
                rig.place(ID, Route.keys());
                String second = rig.openPayment(ID);
                rig.pay(ID + "_p1", "t1");
                rig.pay(second, "t2");
                pass(SOON);
            }
            case "compensating", "compensated" -> {
                gateway.isSlow = situation.equals("compensating");
                CompensationTerms tenth = new CompensationTerms(
                        Duration.ZERO, Rig.PRICE, null, Compensation.Kind.REFUND_SHARE, 100, null, null);
                rig = Rig.compensating(gateway, supplier, grant -> new Compensator.Answer.Granted(), tenth);
                keys(0);
                pass(LATE);
                rig.stock("sku", 1);
                pass(SOON.multipliedBy(7));
            }
            default -> throw new IllegalArgumentException(situation);
        }
    }

    private void keys(int stock) {
        rig.stock("sku", stock);
        rig.place(ID, Route.keys());
        rig.pay(ID + "_p1", "t1");
    }

    private void seen(String situation) {
        keys(1);
        rig.engine.reveal(ORDER, "203.0.113.7 Firefox/140");
        rig.clockwork.settle();
        if (situation.equals("completed")) {
            rig.engine.confirm(ORDER);
        } else if (situation.equals("disputed")) {
            rig.engine.dispute(ORDER, "does not work");
        }
        rig.clockwork.settle();
    }

    private void topUp(Answer answer, Duration span) {
        for (int i = 0; i < 2_000; i++) {
            supplier.onSend.add(() -> answer);
            supplier.onAsk.add(() -> answer);
        }
        rig.placeTopUp(ID);
        rig.pay(ID + "_p1", "t1");
        pass(span);
    }

    public void placeAnother(String id) {
        rig.place(id, Route.keys());
    }

    public void pass(Duration span) {
        rig.clockwork.advance(span);
    }

    public void settle() {
        rig.clockwork.settle();
    }

    public Engine engine() {
        return rig.engine;
    }

    public Checkout checkout() {
        return rig.checkout(ID);
    }

    public ScriptedGateway gateway() {
        return gateway;
    }
}
