package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of a checkout as pure functions. */
public final class Lifecycle {
    private Lifecycle() {}

    /** Decides a placing. */
    public static Verdict.Moved place(Event.Placed event) {
        Entry placed = new Entry.CheckoutPlaced(
                event.id(),
                event.terms(),
                event.total(),
                event.account(),
                event.tokenHash(),
                event.tokenGiven(),
                event.orders(),
                event.riskHold(),
                event.asksOncePaid());
        Draft draft = new Draft(Apply.apply(null, placed, event.now()), event.now());
        Event.PaymentWanted wanted = event.payment();
        if (wanted != null) {
            PaymentPart.request(draft, wanted.gateway(), wanted.gatewayTerms(), wanted.payWith());
        }
        List<Entry> entries = new java.util.ArrayList<>(List.of(placed));
        draft.decided(Entry.class).forEach(entries::add);
        return new Verdict.Moved(draft.checkout(), entries);
    }

    /**
     * Decides an event about an existing checkout, part by part in fixed order: the desk, payments, risk, orders by line (the
     * promise to the buyer last, so that time which ends an order reaches no rung of it), refunds, compensation, holds,
     * messages, cases. A later part reacts to what earlier ones decided in this step.
     */
    public static Verdict decide(Checkout checkout, Event event) {
        Draft draft = new Draft(checkout, event.now());
        if (!isStillDue(checkout, event)) {
            return new Verdict.Refused(
                    Verdict.Refusal.NOT_DUE, "checkout " + checkout.id() + ": " + event.identity() + " is not due");
        }
        DeskPart.react(draft, event);
        PaymentPart.react(draft, event);
        RiskPart.react(draft, event);
        for (Order order : checkout.orders()) {
            int line = order.line();
            FundsPart.react(draft, event, line);
            KeysPart.react(draft, event, line);
            DispatchPart.react(draft, event, line);
            BuyerPart.react(draft, event, line);
            QuestionPart.react(draft, event, line);
            RecipientPart.react(draft, event, line);
            SlaPart.react(draft, event, line);
        }
        RefundPart.react(draft, event);
        RemedyPart.react(draft, event);
        HoldPart.react(draft, event);
        MessagePart.react(draft, event);
        CasePart.react(draft, event);
        return draft.verdict();
    }

    /** Whether a gateway's word says nothing that is not on record, whatever else may be due just now. */
    public static boolean isKnown(Checkout checkout, Event.MoneySaid said) {
        Draft draft = new Draft(checkout, said.now());
        PaymentPart.react(draft, said);
        return draft.verdict() instanceof Verdict.Repeated;
    }

    /** The right to an act is given only while that very act is due: two workers, or an old plan, get one right. */
    private static boolean isStillDue(Checkout checkout, Event event) {
        if (event instanceof Event.DispatchIntended intended) {
            Effect.DispatchGoods wanted = intended.effect();
            return Due.pending(checkout, event.now()).stream()
                    .filter(Effect.DispatchGoods.class::isInstance)
                    .map(Effect.DispatchGoods.class::cast)
                    .filter(due -> due.id().equals(wanted.id()))
                    .anyMatch(due -> suppliersFor(checkout, due).contains(wanted.supplier()));
        }
        if (event instanceof Event.RefundIntended intended) {
            return Due.pending(checkout, event.now()).contains(intended.effect());
        }
        return true;
    }

    /** Applies one entry; the only function that changes a checkout. {@code checkout} is null for the first entry. */
    public static Checkout apply(@Nullable Checkout checkout, Entry entry, Instant at) {
        return Apply.apply(checkout, entry, at);
    }

    /** The effects that are due, at most one per part and eight in all; never a started act. */
    public static List<Effect> pending(Checkout checkout, Instant now) {
        return Due.pending(checkout, now);
    }

    /** What of keys before payment is due, all of it: for a stock that is asked inside the commit. */
    public static List<Effect.OfStock> pendingUnpaid(Checkout checkout, Instant now) {
        return Due.ofUnpaid(checkout, now);
    }

    /**
     * To whom a dispatch that is due may be sent, best first: a new one to any supplier of the chain that has not said no to
     * the order, so that one that takes no orders for now holds up nobody; a known reference only to its own supplier.
     */
    public static List<String> suppliersFor(Checkout checkout, Effect.DispatchGoods due) {
        Order order = checkout.order(due.line());
        boolean known = order.dispatch(due.dispatch()) != null;
        return known ? List.of(due.supplier()) : Suppliers.choices(order);
    }

    /** When the checkout wants attention next; null if never again by itself. */
    public static @Nullable Instant nextDue(Checkout checkout) {
        return Due.next(checkout);
    }
}
