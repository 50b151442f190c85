package dev.kadao.codec;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Currency;
import dev.kadao.order.Dispatch;
import dev.kadao.order.DispatchId;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Keys;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.RefundId;
import dev.kadao.order.Route;
import dev.kadao.order.Schedule;
import dev.kadao.order.Stage;
import dev.kadao.order.Started;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A checkout in the middle of its work: three orders, two payments, a surplus on its way back. */
final class IndexSample {
    private static final Instant AT = Instant.parse("2026-11-01T08:00:00.250Z");
    private static final CheckoutId ID = new CheckoutId("cart42");
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private IndexSample() {}

    static Checkout checkout() {
        Order waiting = order(1, "steam-50", Route.keys()).paid(AT, false).with(Keys.NONE.waiting(AT));
        Order completed = order(2, "steam-50", Route.keys()).paid(AT, false).with(Stage.COMPLETED, AT);
        Order uncertain = order(3, "phone-100", Route.topUp("a", "b"))
                .paid(AT, false)
                .with(dispatch())
                .with(Stage.UNCERTAIN, AT);
        return new Checkout(
                ID,
                AT,
                AT,
                new Terms(
                        SECOND,
                        List.of(SECOND),
                        SECOND,
                        Terms.LatePayment.DELIVER,
                        SECOND,
                        Terms.WaitOver.REFUND,
                        SECOND,
                        SECOND,
                        SECOND,
                        new Terms.Sla(SECOND, SECOND, SECOND),
                        true,
                        null,
                        null,
                        null),
                PRICE,
                null,
                "0".repeat(64),
                false,
                List.of(waiting, completed, uncertain),
                List.of(paid(), payment(2, "epay", Payment.State.OPEN)),
                List.of(refund()),
                List.of(),
                List.of(aCase(1).closed(AT), aCase(2)),
                Map.of(),
                Schedule.EMPTY,
                null,
                null,
                null,
                null);
    }

    private static Order order(int line, String sku, Route route) {
        return Order.placed(new OrderId(ID, line), sku, 1, PRICE, new Commitment("a".repeat(64)), route, AT);
    }

    private static Dispatch dispatch() {
        return new Dispatch(
                new DispatchId(new OrderId(ID, 3), 1),
                "gone",
                new SupplierTerms(new Guarantee.AtMostOnce(), SECOND, SECOND),
                Dispatch.State.UNKNOWN,
                new Started(1, "w", AT, AT, AT),
                false,
                AT,
                AT,
                null,
                false,
                false);
    }

    private static Payment payment(int number, String gateway, Payment.State state) {
        GatewayTerms terms = new GatewayTerms(true, true, true, true);
        return new Payment(new PaymentId(ID, number), gateway, terms, PRICE, state, AT, AT, null, List.of());
    }

    private static Payment paid() {
        Money none = Money.zero(Currency.CNY);
        return payment(1, "alipay", Payment.State.PAID)
                .with(new Receipt("t1", PRICE, AT, Receipt.Verdict.SURPLUS, none))
                .with(new Receipt("t2", PRICE, AT, Receipt.Verdict.MATCHED, none));
    }

    private static Refund refund() {
        return new Refund(
                new RefundId(ID, 1),
                new PaymentId(ID, 1),
                "t1",
                PRICE,
                null,
                "surplus",
                Refund.State.DUE,
                null,
                AT,
                AT);
    }

    private static Case aCase(int number) {
        return new Case(
                number, Case.Kind.OTHER, "cart42.1", 1, null, AT, List.of(Case.Evidence.of("fact")), null, null, null);
    }
}
