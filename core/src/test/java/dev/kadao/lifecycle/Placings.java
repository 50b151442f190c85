package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Currency;
import dev.kadao.order.Entry;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.Route;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The placings from which the life of a checkout is walked: each route, guarantee and policy that decides differently. */
record Placings(
        String name,
        Route route,
        Map<String, SupplierTerms> suppliers,
        Terms terms,
        GatewayTerms gateway,
        int orders,
        boolean opensLocally) {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Money PRICE = new Money(4900, Currency.CNY);
    static final Guarantee.Asking FINAL = asking(true);
    static final Guarantee.Asking NOT_FINAL = asking(false);
    private static final GatewayTerms ABLE = new GatewayTerms(true, true, true, true);

    private static Guarantee.Asking asking(boolean notFoundIsFinal) {
        return new Guarantee.Asking(
                Duration.ofSeconds(5),
                notFoundIsFinal,
                List.of(Duration.ofSeconds(2), Duration.ofSeconds(15)),
                Duration.ofMinutes(30),
                Duration.ofDays(3));
    }

    static Terms terms(Terms.LatePayment late, Terms.WaitOver over, boolean notifies) {
        return new Terms(
                Duration.ofMinutes(15),
                List.of(Duration.ofSeconds(30), Duration.ofMinutes(5)),
                Duration.ofMinutes(10),
                late,
                Duration.ofHours(1),
                over,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofDays(3),
                new Terms.Sla(Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1)),
                notifies);
    }

    private static SupplierTerms supplier(Guarantee guarantee) {
        return new SupplierTerms(guarantee, Duration.ofSeconds(3), Duration.ofHours(2));
    }

    private static Placings topUp(String name, Guarantee guarantee) {
        return new Placings(
                name,
                Route.topUp("a"),
                Map.of("a", supplier(guarantee)),
                terms(Terms.LatePayment.DELIVER, Terms.WaitOver.REFUND, false),
                ABLE,
                1,
                true);
    }

    static Placings keys() {
        Terms terms = terms(Terms.LatePayment.DELIVER, Terms.WaitOver.REFUND, true);
        return new Placings("keys", Route.keys(), Map.of(), terms, ABLE, 1, true);
    }

    static Placings keysThatPark() {
        Terms terms = terms(Terms.LatePayment.REFUND, Terms.WaitOver.PARK, false);
        GatewayTerms unable = new GatewayTerms(false, false, false, true);
        return new Placings("keys-park", Route.keys(), Map.of(), terms, unable, 1, false);
    }

    static Placings twoOrders() {
        Terms terms = terms(Terms.LatePayment.DELIVER, Terms.WaitOver.REFUND, false);
        return new Placings("two-orders", Route.keys(), Map.of(), terms, ABLE, 2, true);
    }

    static Placings queryableFinal() {
        return topUp("queryable-final", new Guarantee.Queryable(FINAL));
    }

    static List<Placings> ofOneOrder() {
        Terms terms = terms(Terms.LatePayment.DELIVER, Terms.WaitOver.REFUND, false);
        Map<String, SupplierTerms> chain =
                Map.of("a", supplier(new Guarantee.Queryable(FINAL)), "b", supplier(new Guarantee.AtMostOnce()));
        return List.of(
                keys(),
                keysThatPark(),
                topUp("idempotent", new Guarantee.Idempotent(Duration.ofDays(1), null)),
                topUp("idempotent-askable", new Guarantee.Idempotent(Duration.ofDays(1), NOT_FINAL)),
                queryableFinal(),
                topUp("queryable-not-final", new Guarantee.Queryable(NOT_FINAL)),
                topUp("at-most-once", new Guarantee.AtMostOnce()),
                new Placings("two-suppliers", Route.topUp("a", "b"), chain, terms, ABLE, 1, true));
    }

    Verdict.Moved place() {
        List<Entry.PlacedOrder> placed = new ArrayList<>();
        for (int line = 1; line <= orders; line++) {
            placed.add(new Entry.PlacedOrder(line, "sku", 1, PRICE, commitment('a'), route));
        }
        Money total = new Money(PRICE.minorUnits() * orders, PRICE.currency());
        Event.PaymentWanted wanted =
                new Event.PaymentWanted(START, "g", gateway, opensLocally ? PayWith.redirect("/pay") : null);
        return Lifecycle.place(
                new Event.Placed(START, new CheckoutId("cart42"), terms, total, null, "hash", false, placed, wanted));
    }

    Checkout placed() {
        return place().after();
    }

    static Commitment commitment(char digit) {
        return new Commitment(String.valueOf(digit).repeat(64));
    }
}
