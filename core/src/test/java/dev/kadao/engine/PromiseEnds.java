package dev.kadao.engine;

import dev.kadao.order.Compensation.Kind;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Situations after a wait that was too long: what is given on top, and the end by the shop's policy. */
final class PromiseEnds {
    private static final Route TOP_UP = Route.topUp("a");

    private final Map<String, Consumer<PromiseShop>> cases = new LinkedHashMap<>();

    private PromiseEnds() {}

    /** How each is reached, by name. */
    static Map<String, Consumer<PromiseShop>> all() {
        PromiseEnds all = new PromiseEnds();
        all.toldOften();
        all.compensated();
        all.ended();
        return all.cases;
    }

    private void toldOften() {
        cases.put("keys delivered, and told again as often as may be", shop -> {
            shop.stocked().paid(Route.keys());
            for (int again = 0; again < 5; again++) {
                shop.minutes(2).complained();
            }
            shop.seconds(1);
        });
    }

    private void compensated() {
        Map<String, Compensator.Answer> grants = new LinkedHashMap<>();
        grants.put("it is not clear whether it was given", new Compensator.Answer.Unknown("silence"));
        grants.put("given", new Compensator.Answer.Granted());
        grants.put("declined", new Compensator.Answer.Declined("no such account"));
        for (Kind kind : new Kind[] {Kind.CREDIT, Kind.COUPON}) {
            grants.forEach((how, answer) ->
                    cases.put("delivered late, a " + kind.name().toLowerCase() + ", " + how, shop -> {
                        shop.onGrant = answer;
                        late(shop, kind);
                    }));
        }
        Map<String, @Nullable RefundAnswer> refunds = new LinkedHashMap<>();
        refunds.put("the gateway works on it", new RefundAnswer.Pending());
        refunds.put("given", null);
        refunds.put("declined", new RefundAnswer.Declined("no such account"));
        refunds.forEach((how, answer) -> cases.put("delivered late, a share of the price, " + how, shop -> {
            shop.gateway.onRefund = answer;
            late(shop, Kind.REFUND_SHARE);
        }));
        cases.put("refunded late, a credit, given", shop -> {
            shop.rule = rule(Kind.CREDIT);
            shop.paid(Route.keys()).minutes(62);
        });
    }

    private static void late(PromiseShop shop, Kind kind) {
        shop.rule = rule(kind);
        shop.paid(Route.keys()).minutes(5).stocked().minutes(2);
    }

    private static CompensationTerms rule(Kind kind) {
        Money five = new Money(500, Rig.PRICE.currency());
        Money more = new Money(501, Rig.PRICE.currency());
        return new CompensationTerms(
                Duration.ZERO,
                more,
                null,
                kind,
                kind == Kind.REFUND_SHARE ? 100 : null,
                kind == Kind.CREDIT ? five : null,
                kind == Kind.COUPON ? "sorry" : null);
    }

    private void ended() {
        ending(
                "out of stock, 61 minutes, money back at the end",
                shop -> shop.paid(Route.keys()).minutes(61));
        ending(
                "out of stock to the end, money back",
                shop -> shop.paid(Route.keys()).minutes(92));
        ending("out of stock to the end, the gateway works on the refund", shop -> {
            shop.gateway.onRefund = new RefundAnswer.Pending();
            shop.paid(Route.keys()).minutes(92);
        });
        ending("out of stock to the end, the gateway declines the refund", shop -> {
            shop.gateway.onRefund = new RefundAnswer.Declined("no such account");
            shop.paid(Route.keys()).minutes(92);
        });
        ending("no clear answer before the end", shop -> silent(shop).minutes(61));
        ending("no clear answer at the end", shop -> silent(shop).minutes(92));
        ending("no clear answer at the end, a definite no after it", shop -> {
            silent(shop).minutes(92);
            shop.a.says(new Answer.Declined(Scope.SUPPLIER, "our balance is empty"));
            shop.minutes(30);
        });
        ending("no clear answer at the end, delivered after it", shop -> {
            silent(shop).minutes(92);
            shop.a.says(ScriptedSupplier.DELIVERED);
            shop.minutes(30);
        });
        ending("the supplier works on it at the end, then a person", shop -> {
            shop.a.says(new Answer.Accepted("s-1", null));
            shop.paid(TOP_UP).minutes(122);
        });
    }

    private static PromiseShop silent(PromiseShop shop) {
        shop.a.says(new Answer.Unknown("time-out"));
        return shop.paid(TOP_UP);
    }

    private void ending(String name, Consumer<PromiseShop> history) {
        cases.put(name, shop -> {
            shop.end = Duration.ofMinutes(90);
            shop.stockWait = Duration.ofHours(6);
            history.accept(shop);
        });
    }
}
