package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Compensation;
import dev.kadao.order.CompensationTerms;
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
import org.jspecify.annotations.Nullable;

/** The placings from which the life of a checkout is walked: each route, guarantee and policy that decides differently. */
record Placings(
        String name,
        Focus focus,
        List<Route> routes,
        Map<String, SupplierTerms> suppliers,
        Terms terms,
        GatewayTerms gateway,
        boolean opensLocally,
        int mostDispatches,
        @Nullable String riskHold,
        @Nullable Boolean asksOncePaid) {

    Placings(
            String name,
            Focus focus,
            List<Route> routes,
            Map<String, SupplierTerms> suppliers,
            Terms terms,
            GatewayTerms gateway,
            boolean opensLocally,
            int mostDispatches) {
        this(name, focus, routes, suppliers, terms, gateway, opensLocally, mostDispatches, null, null);
    }

    /** Which columns are walked in full; parts that are independent of each other would only multiply. */
    enum Focus {
        GOODS,
        MONEY,
        REFUNDS,
        CART
    }

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Money PRICE = new Money(4900, Currency.CNY);
    static final Guarantee.Asking FINAL = asking(true);
    static final Guarantee.Asking NOT_FINAL = asking(false);
    private static final GatewayTerms ABLE = new GatewayTerms(true, true, true, true);
    private static final GatewayTerms UNABLE = new GatewayTerms(false, false, false, true);
    private static final GatewayTerms REFUNDS_ONCE = new GatewayTerms(false, true, false, true);

    private static Guarantee.Asking asking(boolean notFoundIsFinal) {
        return new Guarantee.Asking(
                Duration.ofSeconds(5),
                notFoundIsFinal,
                List.of(Duration.ofSeconds(2), Duration.ofMinutes(5)),
                Duration.ofMinutes(30),
                Duration.ofHours(3));
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
                notifies,
                null,
                new Terms.Handling(Duration.ofHours(4), Duration.ofHours(2), Duration.ofDays(1), false),
                null);
    }

    /** Late after half a second, so that whatever takes a step more is compensated. */
    static Terms compensating(CompensationTerms... rules) {
        Terms.Sla soon = new Terms.Sla(Duration.ofMillis(500), Duration.ofMinutes(15), Duration.ofHours(1));
        return with(new Terms.Remedies(false, List.of(rules)), soon);
    }

    private static Terms with(Terms.Remedies remedies, Terms.Sla sla) {
        Terms usual = usual();
        return new Terms(
                usual.paymentDeadline(),
                usual.paymentQueries(),
                usual.closeGrace(),
                usual.latePayment(),
                usual.stockWait(),
                usual.stockWaitOver(),
                usual.retryFirst(),
                usual.retryMax(),
                usual.disputeWindow(),
                sla,
                true,
                null,
                null,
                remedies);
    }

    static CompensationTerms share(Duration breach, int permille) {
        Money least = new Money(1, PRICE.currency());
        return new CompensationTerms(breach, least, null, Compensation.Kind.REFUND_SHARE, permille, null, null);
    }

    static CompensationTerms credit(Duration breach, long minorUnits) {
        Money amount = new Money(minorUnits, PRICE.currency());
        Money more = new Money(minorUnits + 1, PRICE.currency());
        return new CompensationTerms(breach, more, null, Compensation.Kind.CREDIT, null, amount, null);
    }

    static Placings compensatedByShare() {
        return keys("compensated-share", Focus.GOODS, compensating(share(Duration.ZERO, 100)), ABLE, true);
    }

    static Placings compensatedByCredit() {
        Placings supplied = queryableFinal();
        Terms terms = compensating(credit(Duration.ZERO, 500));
        return new Placings(
                "compensated-credit", Focus.GOODS, supplied.routes(), supplied.suppliers(), terms, ABLE, true, 1);
    }

    /** What is paid is held until it is completed. */
    static Placings escrow() {
        return keys("escrow", Focus.GOODS, with(new Terms.Remedies(true, null), usual().sla()), ABLE, true);
    }

    /** A cart of which each order is compensated by the way in which it ends. */
    static Placings compensatedCart() {
        Placings mixed = mixedCart();
        Terms terms = compensating(credit(Duration.ZERO, 500), share(Duration.ofSeconds(1), 999));
        return new Placings("compensated-cart", Focus.CART, mixed.routes(), mixed.suppliers(), terms, ABLE, true, 2);
    }

    /** A chain of two suppliers, in a shop that refunds what it has owed for too long. */
    static Placings ending() {
        Placings chain = twoSuppliers();
        Terms terms = usual();
        Terms overdue = new Terms(
                terms.paymentDeadline(),
                terms.paymentQueries(),
                terms.closeGrace(),
                terms.latePayment(),
                terms.stockWait(),
                terms.stockWaitOver(),
                terms.retryFirst(),
                terms.retryMax(),
                terms.disputeWindow(),
                terms.sla(),
                true,
                new Terms.Overdue(Duration.ofMinutes(90)),
                terms.handling(),
                null);
        return new Placings("ending", Focus.GOODS, chain.routes(), chain.suppliers(), overdue, ABLE, true, 2);
    }

    private static Terms usual() {
        return terms(Terms.LatePayment.DELIVER, Terms.WaitOver.REFUND, false);
    }

    private static Terms strict() {
        return terms(Terms.LatePayment.REFUND, Terms.WaitOver.PARK, true);
    }

    static SupplierTerms supplier(Guarantee guarantee) {
        return new SupplierTerms(guarantee, Duration.ofSeconds(3), Duration.ofHours(2));
    }

    private static Placings topUp(String name, Guarantee guarantee) {
        Map<String, SupplierTerms> suppliers = Map.of("a", supplier(guarantee));
        return new Placings(name, Focus.GOODS, List.of(Route.topUp("a")), suppliers, usual(), ABLE, true, 1);
    }

    private static Placings keys(String name, Focus focus, Terms terms, GatewayTerms gateway, boolean opensLocally) {
        return new Placings(name, focus, List.of(Route.keys()), Map.of(), terms, gateway, opensLocally, 1);
    }

    static Placings keys() {
        Terms terms = terms(Terms.LatePayment.DELIVER, Terms.WaitOver.REFUND, true);
        return keys("keys", Focus.GOODS, terms, ABLE, true);
    }

    /** Keys are reserved before they are paid. */
    static Placings reserving() {
        List<Route> routes = List.of(Route.keys().reservedAtPlacing(1));
        return new Placings("reserving", Focus.GOODS, routes, Map.of(), usual(), ABLE, true, 1);
    }

    static Placings idempotent() {
        return topUp("idempotent", new Guarantee.Idempotent(Duration.ofHours(1), null));
    }

    static Placings queryableFinal() {
        Map<String, SupplierTerms> suppliers = Map.of("a", supplier(new Guarantee.Queryable(FINAL)));
        List<Route> routes = List.of(Route.topUp("a"));
        return new Placings("queryable-final", Focus.GOODS, routes, suppliers, usual(), ABLE, true, 2);
    }

    static Placings queryableNotFinal() {
        return topUp("queryable-not-final", new Guarantee.Queryable(NOT_FINAL));
    }

    static Placings atMostOnce() {
        return topUp("at-most-once", new Guarantee.AtMostOnce());
    }

    /** Idempotent, since asking staff again for the same thing opens no second case; by hand within four hours. */
    static Placings byHand() {
        SupplierTerms staff = new SupplierTerms(
                new Guarantee.Idempotent(Duration.ofHours(1), null),
                Duration.ofSeconds(3),
                Duration.ofDays(3),
                Duration.ofHours(4));
        return new Placings(
                "by-hand", Focus.GOODS, List.of(Route.topUp("a")), Map.of("a", staff), usual(), ABLE, true, 1);
    }

    static Placings twoSuppliers() {
        Map<String, SupplierTerms> chain =
                Map.of("a", supplier(new Guarantee.Queryable(FINAL)), "b", supplier(new Guarantee.AtMostOnce()));
        return new Placings(
                "two-suppliers", Focus.GOODS, List.of(Route.topUp("a", "b")), chain, usual(), ABLE, true, 2);
    }

    /** Keys that a supplier sells: they come with a dispatch, lie in the stock, and are replaced by another dispatch. */
    static Placings sourced() {
        Map<String, SupplierTerms> suppliers = Map.of("a", supplier(new Guarantee.Queryable(FINAL)));
        List<Route> routes = List.of(Route.sourced("a"));
        return new Placings("sourced", Focus.GOODS, routes, suppliers, usual(), ABLE, true, 2);
    }

    static Placings money() {
        return keys("money", Focus.MONEY, usual(), ABLE, false);
    }

    /** Held at placing by a rule about risk: its money is taken and its goods wait for a person. */
    static Placings heldByRisk() {
        return new Placings(
                "risk-hold",
                Focus.MONEY,
                List.of(Route.keys()),
                Map.of(),
                usual(),
                ABLE,
                true,
                1,
                "the amount is above CNY 40.00",
                null);
    }

    /** Nothing is handed over before those who are asked about risk have answered. */
    static Placings askedOncePaid() {
        return new Placings(
                "risk-once-paid", Focus.REFUNDS, List.of(Route.keys()), Map.of(), usual(), ABLE, true, 1, null, true);
    }

    static Placings twoOrders() {
        List<Route> routes = List.of(Route.keys(), Route.keys());
        return new Placings("two-orders", Focus.CART, routes, Map.of(), usual(), ABLE, true, 1);
    }

    /** A cart of keys and a top-up with a chain of two suppliers: for the properties, not for the walk. */
    static Placings mixedCart() {
        Placings chain = twoSuppliers();
        List<Route> routes = List.of(Route.keys(), Route.topUp("a", "b"));
        return new Placings("mixed-cart", Focus.CART, routes, chain.suppliers(), usual(), ABLE, true, 2);
    }

    /** Nobody refunds or attests alone. */
    static Placings fourEyes() {
        Terms alone = usual();
        Terms.Handling together =
                new Terms.Handling(Duration.ofHours(4), Duration.ofHours(2), Duration.ofDays(1), true);
        Map<String, SupplierTerms> suppliers = Map.of("a", supplier(new Guarantee.AtMostOnce()));
        return new Placings(
                "four-eyes", Focus.GOODS, List.of(Route.topUp("a")), suppliers, with(alone, together), ABLE, true, 1);
    }

    private static Terms with(Terms terms, Terms.Handling handling) {
        return new Terms(
                terms.paymentDeadline(),
                terms.paymentQueries(),
                terms.closeGrace(),
                terms.latePayment(),
                terms.stockWait(),
                terms.stockWaitOver(),
                terms.retryFirst(),
                terms.retryMax(),
                terms.disputeWindow(),
                terms.sla(),
                terms.notifies(),
                terms.overdue(),
                handling,
                terms.remedies());
    }

    static List<Placings> all() {
        return List.of(
                keys(),
                keys("keys-strict", Focus.GOODS, strict(), UNABLE, true),
                reserving(),
                idempotent(),
                topUp("idempotent-askable", new Guarantee.Idempotent(Duration.ofHours(1), NOT_FINAL)),
                queryableFinal(),
                queryableNotFinal(),
                atMostOnce(),
                byHand(),
                fourEyes(),
                twoSuppliers(),
                sourced(),
                compensatedByShare(),
                compensatedByCredit(),
                escrow(),
                money(),
                keys("refunded-once", Focus.REFUNDS, strict(), REFUNDS_ONCE, true),
                heldByRisk(),
                askedOncePaid(),
                twoOrders());
    }

    Verdict.Moved place() {
        List<Entry.PlacedOrder> placed = new ArrayList<>();
        for (Route route : routes) {
            placed.add(new Entry.PlacedOrder(placed.size() + 1, "sku", 1, PRICE, commitment('a'), route));
        }
        Money total = new Money(PRICE.minorUnits() * routes.size(), PRICE.currency());
        Event.PaymentWanted wanted =
                new Event.PaymentWanted(START, "g", gateway, opensLocally ? PayWith.redirect("/pay") : null);
        return Lifecycle.place(new Event.Placed(
                START,
                new CheckoutId("cart42"),
                terms,
                total,
                null,
                "hash",
                false,
                placed,
                wanted,
                riskHold,
                asksOncePaid));
    }

    Checkout placed() {
        return place().after();
    }

    static Commitment commitment(char digit) {
        return new Commitment(String.valueOf(digit).repeat(64));
    }
}
