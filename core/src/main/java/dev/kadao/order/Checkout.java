package dev.kadao.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is paid at once: one or more orders with everything that happens to them. The unit of consistency: it is stored
 * as one document and changes as a whole.
 *
 * @param at the time of its latest fact; never runs backwards
 * @param account commitment to the buyer's account; null if the shop gave none
 * @param tokenHash lower-case hex SHA-256 of the pick-up token
 * @param tokenGiven whether the shop chose the token (compared when placing is repeated)
 * @param acts digests of the acts of people by act id, so that a repetition is recognised
 * @param schedule when its parts want attention; not a fact
 * @param compensations what buyers got on top; null if nothing, see {@link #compensated()}
 * @param riskHold why its orders are held for a person once they are paid, free of personal data; null if they are not
 * @param holds what an escrow service holds; null if nothing, see {@link #held()}
 * @param asksOncePaid whether advisers are to be asked about risk once it is paid; null if not, or not any more
 */
public record Checkout(
        CheckoutId id,
        Instant placedAt,
        Instant at,
        Terms terms,
        Money total,
        @Nullable Commitment account,
        String tokenHash,
        boolean tokenGiven,
        List<Order> orders,
        List<Payment> payments,
        List<Refund> refunds,
        List<Message> messages,
        List<Case> cases,
        Map<String, String> acts,
        Schedule schedule,
        @Nullable List<Compensation> compensations,
        @Nullable String riskHold,
        @Nullable List<Hold> holds,
        @Nullable Boolean asksOncePaid) {

    public Checkout {
        orders = List.copyOf(orders);
        payments = List.copyOf(payments);
        refunds = List.copyOf(refunds);
        messages = List.copyOf(messages);
        cases = List.copyOf(cases);
        SortedMap<String, String> sorted = new TreeMap<>(acts);
        acts = java.util.Collections.unmodifiableSortedMap(sorted);
        compensations = compensations == null ? null : List.copyOf(compensations);
        holds = holds == null ? null : List.copyOf(holds);
    }

    /** A checkout as it is placed. */
    public static Checkout placed(
            CheckoutId id,
            Instant at,
            Terms terms,
            Money total,
            @Nullable Commitment account,
            String tokenHash,
            boolean tokenGiven,
            List<Order> orders,
            @Nullable String riskHold,
            @Nullable Boolean asksOncePaid) {
        return new Checkout(
                id,
                at,
                at,
                terms,
                total,
                account,
                tokenHash,
                tokenGiven,
                orders,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Schedule.EMPTY,
                null,
                riskHold,
                null,
                asksOncePaid);
    }

    /**
     * The order on a line.
     *
     * @throws InvalidValueException if there is no such line
     */
    public Order order(int line) {
        return nth(orders, line, "order");
    }

    public Payment payment(int number) {
        return nth(payments, number, "payment");
    }

    public Refund refund(int number) {
        return nth(refunds, number, "refund");
    }

    public Message message(int number) {
        return nth(messages, number, "message");
    }

    public Case caseNumber(int number) {
        return nth(cases, number, "case");
    }

    /**
     * How often the news that an order's goods are there may still be told again; the first delivery and each replacement are
     * news of their own.
     */
    public int resendsLeft(Order order) {
        long told = messages.stream()
                .filter(known -> known.line() == order.line() && known.kind().isOfDelivery())
                .count();
        long again = Math.max(0, told - 1 - order.keys().replacement());
        return (int) Math.max(0, terms.mostResends() - again);
    }

    /** Whether an order was delivered, its buyer is told by messages, and has not looked at what was delivered. */
    public boolean isUnseen(Order order) {
        return terms.notifies()
                && order.stage() == Stage.DELIVERED
                && !order.keys().revealed();
    }

    /** What buyers got, or are to get, on top because it came too late; at most one for an order. */
    public List<Compensation> compensated() {
        return compensations == null ? List.of() : compensations;
    }

    /** What an escrow service holds, held or is to hold; at most one for an order. */
    public List<Hold> held() {
        return holds == null ? List.of() : holds;
    }

    /** The hold of an order; null if there is none. */
    public @Nullable Hold hold(int line) {
        return held().stream().filter(hold -> hold.line() == line).findFirst().orElse(null);
    }

    public Compensation compensation(int number) {
        return nth(compensated(), number, "compensation");
    }

    /** The compensation that a refund carries; null if the refund gives back what was paid for nothing. */
    public @Nullable Compensation compensationBy(Refund refund) {
        return compensated().stream()
                .filter(known ->
                        known.refund() != null && known.refund() == refund.id().number())
                .findFirst()
                .orElse(null);
    }

    /** The receipts that pay for the orders; empty while unpaid. */
    public List<Receipt> settlingReceipts() {
        return payments.stream()
                .flatMap(payment -> payment.receipts().stream())
                .filter(Receipt::settles)
                .toList();
    }

    public boolean isSettled() {
        return payments.stream().flatMap(payment -> payment.receipts().stream()).anyMatch(Receipt::settles);
    }

    public @Nullable Case openCase(Case.Kind kind, String subject) {
        return cases.stream()
                .filter(known -> known.isOpen()
                        && known.kind() == kind
                        && known.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }

    /** By when the buyer is to pay, and for how long keys are kept that are reserved until then. */
    public Instant payBy() {
        return payments.stream()
                .map(Payment::deadline)
                .max(Instant::compareTo)
                .orElse(placedAt.plus(terms.paymentDeadline()));
    }

    /** The promise that holds for an order: its route's own, else the checkout's. */
    public Terms.Sla sla(Order order) {
        Terms.Sla own = order.route().sla();
        return own == null ? terms.sla() : own;
    }

    /**
     * Whether the last word about an order's goods was a sign of life: stock is waited for within its limit, or the supplier
     * said that it works on them. One that cannot be asked says so once.
     */
    public boolean hasSignOfLife(Order order) {
        Schedule.Attempt attempt = schedule.of("o" + order.line());
        Dispatch last = order.lastDispatch();
        boolean processing =
                order.stage() == Stage.DISPATCHING && last != null && last.state() == Dispatch.State.ACCEPTED;
        return attempt == null ? processing : attempt.alive();
    }

    private <T> T nth(List<T> parts, int number, String noun) {
        if (number < 1 || number > parts.size()) {
            throw new InvalidValueException(
                    "checkout " + id + " has no " + noun + " " + number + ": it has " + parts.size());
        }
        return parts.get(number - 1);
    }

    private static <T> List<T> replaced(List<T> parts, int number, T part) {
        List<T> changed = new ArrayList<>(parts);
        if (number - 1 == changed.size()) {
            changed.add(part);
        } else {
            changed.set(number - 1, part);
        }
        return changed;
    }

    public Checkout with(int line, UnaryOperator<Order> change) {
        List<Order> changed = replaced(orders, line, change.apply(order(line)));
        return with(copy -> copy.orders = changed);
    }

    public Checkout with(Payment payment) {
        List<Payment> changed = replaced(payments, payment.id().number(), payment);
        return with(copy -> copy.payments = changed);
    }

    public Checkout with(Refund refund) {
        List<Refund> changed = replaced(refunds, refund.id().number(), refund);
        return with(copy -> copy.refunds = changed);
    }

    public Checkout with(Message message) {
        List<Message> changed = replaced(messages, message.number(), message);
        return with(copy -> copy.messages = changed);
    }

    public Checkout with(Case newCase) {
        List<Case> changed = replaced(cases, newCase.number(), newCase);
        return with(copy -> copy.cases = changed);
    }

    public Checkout with(Compensation compensation) {
        List<Compensation> changed = replaced(compensated(), compensation.number(), compensation);
        return with(copy -> copy.compensations = changed);
    }

    /** This checkout with a hold, in the place of the one of the same order. */
    public Checkout with(Hold hold) {
        List<Hold> changed = new ArrayList<>(held());
        changed.removeIf(known -> known.line() == hold.line());
        changed.add(hold);
        changed.sort(Comparator.comparingInt(Hold::line));
        return with(copy -> copy.holds = changed);
    }

    public Checkout withAct(String actId, String digest) {
        Map<String, String> changed = new TreeMap<>(acts);
        changed.put(actId, digest);
        return with(copy -> copy.acts = changed);
    }

    /** Asked about risk once paid, and not to be asked again. */
    public Checkout withRiskAssessed(@Nullable String hold) {
        return with(copy -> {
            copy.riskHold = hold;
            copy.asksOncePaid = null;
        });
    }

    public Checkout with(Schedule newSchedule) {
        return with(copy -> copy.schedule = newSchedule);
    }

    public Checkout at(Instant time) {
        return with(copy -> copy.at = time.isAfter(at) ? time : at);
    }

    private Checkout with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made(this);
    }

    /** The components that can change, so that a change names what changes alone. */
    private static final class Copy {
        private Instant at;
        private List<Order> orders;
        private List<Payment> payments;
        private List<Refund> refunds;
        private List<Message> messages;
        private List<Case> cases;
        private Map<String, String> acts;
        private Schedule schedule;
        private @Nullable List<Compensation> compensations;
        private @Nullable List<Hold> holds;
        private @Nullable String riskHold;
        private @Nullable Boolean asksOncePaid;

        private Copy(Checkout checkout) {
            at = checkout.at;
            orders = checkout.orders;
            payments = checkout.payments;
            refunds = checkout.refunds;
            messages = checkout.messages;
            cases = checkout.cases;
            acts = checkout.acts;
            schedule = checkout.schedule;
            compensations = checkout.compensations;
            holds = checkout.holds;
            riskHold = checkout.riskHold;
            asksOncePaid = checkout.asksOncePaid;
        }

        private Checkout made(Checkout checkout) {
            return new Checkout(
                    checkout.id,
                    checkout.placedAt,
                    at,
                    checkout.terms,
                    checkout.total,
                    checkout.account,
                    checkout.tokenHash,
                    checkout.tokenGiven,
                    orders,
                    payments,
                    refunds,
                    messages,
                    cases,
                    acts,
                    schedule,
                    compensations,
                    riskHold,
                    holds,
                    asksOncePaid);
        }
    }
}
