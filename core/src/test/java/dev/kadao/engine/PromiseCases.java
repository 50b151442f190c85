package dev.kadao.engine;

import dev.kadao.insight.Diagnosis;
import dev.kadao.order.Checkout;
import dev.kadao.order.Currency;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Terms;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The situations of an order that buyers ask about, each reached in the real engine. */
final class PromiseCases {
    private static final Answer ACCEPTED = new Answer.Accepted("s-1", null);
    private static final Answer UNKNOWN = new Answer.Unknown("time-out");
    private static final Answer REFUSED = new Answer.NotSent("refused");
    private static final Answer NO = new Answer.Declined(Scope.ORDER, "sold out");
    private static final Answer CLOSED_SHOP = new Answer.Declined(Scope.SUPPLIER, "our balance is empty");
    private static final Route KEYS = Route.keys();
    private static final Route TOP_UP = Route.topUp("a");

    private final List<Case> cases = new ArrayList<>();

    /**
     * One situation, found.
     *
     * @param shop in which time can go on
     */
    record Case(String name, PromiseShop shop, Checkout checkout, Diagnosis diagnosis) {}

    private PromiseCases() {}

    static List<Case> all() {
        PromiseCases all = new PromiseCases();
        all.unpaid();
        all.keys();
        all.afterDelivery();
        all.suppliers();
        all.unclear();
        all.noSupplier();
        all.people();
        all.money();
        PromiseEnds.all().forEach(all::add);
        return List.copyOf(all.cases);
    }

    private void add(String name, Consumer<PromiseShop> history) {
        PromiseShop shop = new PromiseShop();
        history.accept(shop);
        cases.add(new Case(name, shop, shop.checkout(), shop.diagnosis()));
    }

    private void unpaid() {
        add("placed, keys", shop -> shop.placed(KEYS).minutes(1));
        add("placed, top-up", shop -> shop.placed(TOP_UP).minutes(1));
        add("deadline over, the gateway answers nothing", shop -> {
            shop.gateway.onClose = new CloseAnswer.Unknown("silence");
            shop.placed(KEYS).minutes(16);
        });
        add("not paid in time", shop -> shop.placed(KEYS).minutes(16));
        add("paid too little", shop -> shop.placed(KEYS).paid(money("4.90")).minutes(1));
        add("paid too much", shop -> shop.placed(KEYS).paid(money("490.00")).minutes(1));
        add("paid in full after too little", shop -> {
            shop.stocked().placed(KEYS).paid(money("4.90")).minutes(1);
            shop.act("RELEASE");
        });
        add(
                "paid after closing",
                shop -> shop.stocked().placed(KEYS).minutes(16).paid(Rig.PRICE).seconds(1));
        add(
                "paid after closing, no stock",
                shop -> shop.placed(KEYS).minutes(16).paid(Rig.PRICE).seconds(1));
    }

    private void keys() {
        add(
                "the stock cannot be asked, just paid",
                shop -> shop.stocked().stockDown().paid(KEYS).seconds(10));
        add(
                "the stock cannot be asked, 3 minutes",
                shop -> shop.stocked().stockDown().paid(KEYS).minutes(3));
        add("out of stock, just paid", shop -> shop.paid(KEYS).seconds(10));
        add("out of stock, 3 minutes", shop -> shop.paid(KEYS).minutes(3));
        add("out of stock, 20 minutes", shop -> shop.paid(KEYS).minutes(20));
        add("out of stock, 61 minutes, waits for 6 hours", shop -> {
            shop.stockWait = Duration.ofHours(6);
            shop.paid(KEYS).minutes(61);
        });
        add("out of stock, 3 minutes, then a person", shop -> {
            shop.waitOver = Terms.WaitOver.PARK;
            shop.paid(KEYS).minutes(3);
        });
        add("stock was waited for to the end, then a person", shop -> {
            shop.waitOver = Terms.WaitOver.PARK;
            shop.paid(KEYS).minutes(62);
        });
        add(
                "stock was waited for to the end, then money back",
                shop -> shop.paid(KEYS).minutes(62));
        add("set aside in another database that hands nothing over, just paid", shop -> {
            shop.stockIsElsewhere = true;
            shop.stocked().paid(KEYS).seconds(10);
        });
        add("set aside in another database that hands nothing over, 20 minutes", shop -> {
            shop.stockIsElsewhere = true;
            shop.stocked().paid(KEYS).minutes(20);
        });
    }

    private void afterDelivery() {
        add("keys delivered", shop -> shop.stocked().paid(KEYS).minutes(1));
        add("keys seen", shop -> shop.stocked().paid(KEYS).minutes(1).seen().minutes(1));
        add(
                "keys disputed",
                shop -> shop.stocked().paid(KEYS).seen().minutes(5).disputed().minutes(1));
        add(
                "keys disputed, dispute rejected",
                shop -> shop.stocked()
                        .paid(KEYS)
                        .seen()
                        .minutes(5)
                        .disputed()
                        .act("REJECT")
                        .minutes(1));
        add("keys to be replaced, out of stock", shop -> {
            shop.stock.importKeys("sku", List.of(dev.kadao.order.Secret.of("only")));
            shop.paid(KEYS).seen().minutes(5).disputed().act("REPLACE").seconds(10);
        });
        add("keys to be replaced, out of stock, 3 minutes", shop -> {
            shop.stock.importKeys("sku", List.of(dev.kadao.order.Secret.of("only")));
            shop.paid(KEYS).seen().minutes(5).disputed().act("REPLACE").minutes(3);
        });
        add(
                "keys replaced",
                shop -> shop.stocked()
                        .paid(KEYS)
                        .seen()
                        .disputed()
                        .act("REPLACE")
                        .minutes(1));
        add(
                "keys confirmed",
                shop -> shop.stocked().paid(KEYS).seen().confirmed().minutes(1));
        add("window over", shop -> shop.stocked().paid(KEYS).later(Duration.ofDays(4)));
        add(
                "disputed after completion",
                shop -> shop.stocked()
                        .paid(KEYS)
                        .seen()
                        .confirmed()
                        .minutes(1)
                        .disputed()
                        .minutes(1));
        add("topped up", shop -> shop.paid(TOP_UP).minutes(1));
    }

    private void suppliers() {
        PromiseShop[] during = new PromiseShop[1];
        Case[] found = new Case[1];
        PromiseShop calling = new PromiseShop();
        during[0] = calling;
        calling.knowsRecentTimes = true;
        calling.a.whileSending = () -> found[0] =
                new Case("a call to the supplier is under way", calling, calling.checkout(), calling.diagnosis());
        calling.paid(TOP_UP).seconds(1);
        cases.add(found[0]);
        add("the supplier works on it, just paid, it is known how long others took", shop -> {
            shop.knowsRecentTimes = true;
            shop.a.says(ACCEPTED);
            shop.paid(TOP_UP).seconds(10);
        });
        add("the supplier works on it, longer than others took", shop -> {
            shop.knowsRecentTimes = true;
            shop.a.says(ACCEPTED);
            shop.paid(TOP_UP).seconds(30);
        });
        add(
                "the supplier works on it, just paid, nothing is known of others",
                shop -> accepted(shop).seconds(10));
        add("the supplier works on it, 3 minutes", shop -> accepted(shop).minutes(3));
        add("the supplier works on it, 20 minutes", shop -> accepted(shop).minutes(20));
        add("the supplier works on it, 61 minutes", shop -> accepted(shop).minutes(61));
        add("the supplier worked on it for over 2 hours", shop -> accepted(shop).minutes(122));
        add("a supplier that cannot be asked works on it, 3 minutes", shop -> {
            shop.a.guarantee = new Guarantee.AtMostOnce();
            accepted(shop).minutes(3);
        });
        add("keys from a supplier that works on it", shop -> {
            shop.a.says(ACCEPTED);
            shop.paid(Route.sourced("a")).seconds(10);
        });
    }

    private static PromiseShop accepted(PromiseShop shop) {
        shop.a.says(ACCEPTED);
        return shop.paid(TOP_UP);
    }

    private static PromiseShop silent(PromiseShop shop) {
        shop.a.says(UNKNOWN);
        return shop.paid(TOP_UP);
    }

    private void unclear() {
        add("no clear answer, just paid", shop -> silent(shop).seconds(10));
        add("no clear answer, 3 minutes", shop -> silent(shop).minutes(3));
        add("no clear answer, 20 minutes", shop -> silent(shop).minutes(20));
        add("no clear answer, 61 minutes", shop -> silent(shop).minutes(61));
        add(
                "no clear answer, 3 minutes, the buyer complained",
                shop -> silent(shop).minutes(3).complained());
        add("no clear answer, sent again under the same number, 3 minutes", shop -> {
            shop.a.guarantee = new Guarantee.Idempotent(Duration.ofDays(1), null);
            silent(shop).minutes(3);
        });
        add("no clear answer from a supplier that cannot be asked", shop -> {
            shop.a.guarantee = new Guarantee.AtMostOnce();
            silent(shop).seconds(10);
        });
        add("the supplier does not know it, 3 minutes", shop -> {
            shop.a.onSend = UNKNOWN;
            shop.a.onAsk = new Answer.NotFound();
            shop.paid(TOP_UP).minutes(3);
        });
        add("the supplier has not known it for 50 minutes", shop -> {
            shop.a.onSend = UNKNOWN;
            shop.a.onAsk = new Answer.NotFound();
            shop.paid(TOP_UP).minutes(50);
        });
        add("delivered in part", shop -> {
            shop.a.says(new Answer.Partial(0, "half of it", List.of()));
            shop.paid(TOP_UP).seconds(10);
        });
    }

    private void noSupplier() {
        add("the supplier cannot be reached, just paid", shop -> {
            shop.a.says(REFUSED);
            shop.paid(TOP_UP).seconds(10);
        });
        add("the supplier cannot be reached, 3 minutes", shop -> {
            shop.a.says(REFUSED);
            shop.paid(TOP_UP).minutes(3);
        });
        add("one supplier said no, the next works on it", shop -> {
            shop.a.says(NO);
            shop.b.says(ACCEPTED);
            shop.paid(Route.topUp("a", "b")).seconds(10);
        });
        add("no supplier takes orders, just paid", shop -> {
            shop.a.says(CLOSED_SHOP);
            shop.paid(TOP_UP).seconds(10);
        });
        add("no supplier takes orders, 3 minutes", shop -> {
            shop.a.says(CLOSED_SHOP);
            shop.paid(TOP_UP).minutes(3);
        });
        add("every supplier said no", shop -> {
            shop.a.says(NO);
            shop.paid(TOP_UP).seconds(10);
        });
    }

    private void people() {
        Route byHand = Route.topUp("staff");
        add("delivered by hand, just paid", shop -> shop.paid(byHand).seconds(10));
        add("delivered by hand, 3 minutes", shop -> shop.paid(byHand).minutes(3));
        add("delivered by hand, 61 minutes", shop -> shop.paid(byHand).minutes(61));
        add("delivered by hand, its time is over", shop -> shop.paid(byHand).later(Duration.ofHours(5)));
        add(
                "taken by an operator, just paid",
                shop -> shop.paid(KEYS).seconds(5).act("TAKE").seconds(5));
        add(
                "taken by an operator, 61 minutes",
                shop -> shop.paid(KEYS).seconds(5).act("TAKE").minutes(61));
        add("marked as delivered by a person", shop -> {
            shop.a.guarantee = new Guarantee.AtMostOnce();
            silent(shop).seconds(10).act("MARK_DELIVERED").minutes(1);
        });
    }

    private void money() {
        add("the refund has no clear answer", shop -> refunding(shop, new RefundAnswer.Unknown("silence")));
        add("the gateway works on the refund", shop -> refunding(shop, new RefundAnswer.Pending()));
        add("the gateway declines the refund", shop -> refunding(shop, new RefundAnswer.Declined("closed account")));
        add(
                "refunded after a dispute",
                shop -> shop.stocked()
                        .paid(KEYS)
                        .seen()
                        .disputed()
                        .act("REFUND")
                        .minutes(1));
        add(
                "the gateway gave the money back while no stock was there",
                shop -> shop.paid(KEYS).minutes(1).moneyMovedBack().seconds(1));
        add("delivered after all while with a person", shop -> {
            accepted(shop).minutes(122);
            shop.a.says(ScriptedSupplier.DELIVERED);
            shop.told("cart1_1_1").seconds(1);
        });
    }

    private static void refunding(PromiseShop shop, @Nullable RefundAnswer answer) {
        shop.gateway.onRefund = answer;
        shop.a.says(NO);
        shop.paid(TOP_UP).minutes(1);
    }

    private static Money money(String amount) {
        return Money.parse(amount, Currency.CNY);
    }
}
