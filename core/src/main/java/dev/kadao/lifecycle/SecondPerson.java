package dev.kadao.lifecycle;

import dev.kadao.lifecycle.Event.DeskAct;
import dev.kadao.lifecycle.Verdict.Refusal;
import dev.kadao.order.Commitment;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Keys;
import dev.kadao.order.Order;
import dev.kadao.order.Proposal;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The acts by which money or goods leave the shop on a person's word: done at once, or proposed by one and done as another one
 * approves, where the checkout's terms want two.
 */
final class SecondPerson {
    private SecondPerson() {}

    /** What is to be done, whoever decides it in the end. */
    private record Wanted(
            Proposal.Act act,
            String actor,
            Commitment reason,
            @Nullable Commitment evidence,
            @Nullable Integer count) {}

    static void decide(Draft draft, Event.Acted acted, Order order) {
        Proposal.Act act = Proposal.Act.valueOf(acted.act().name());
        Wanted wanted = new Wanted(act, acted.actor(), acted.reason(), acted.evidence(), acted.count());
        refuseUnlessPossible(draft, wanted, order);
        if (draft.isRefused()) {
            return;
        }
        if (!needsTwo(act, draft.checkout().terms().handling())) {
            carryOut(draft, wanted, order);
            return;
        }
        Proposal known = order.proposal();
        if (known != null) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    known.act() + " of order " + order.id() + " is proposed already, by " + known.actor()
                            + " with act '" + known.actId() + "': approve or decline that");
            return;
        }
        draft.add(new Entry.ActProposed(
                order.line(), acted.actId(), act, acted.actor(), acted.reason(), acted.evidence(), acted.count()));
    }

    private static boolean needsTwo(Proposal.Act act, Terms.@Nullable Handling handling) {
        if (handling == null || !handling.secondPerson()) {
            return false;
        }
        return switch (act) {
            case REFUND, MARK_DELIVERED -> true;
            case RELEASE, REPLACE -> Boolean.TRUE.equals(handling.forGoods());
        };
    }

    static void approve(Draft draft, Event.Acted acted, Order order) {
        Proposal proposal = standing(draft, order);
        if (proposal == null) {
            return;
        }
        if (proposal.isBy(acted.actor())) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    proposal.act() + " of order " + order.id() + " was proposed by " + proposal.actor()
                            + ", who cannot approve it too: ask somebody else");
            return;
        }
        DeskAct act = DeskAct.valueOf(proposal.act().name());
        if (!DeskPart.allowedIn(act, draft.checkout(), order).contains(order.stage())) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " is " + order.stage() + ": " + act + " is not possible any more");
            return;
        }
        Wanted wanted =
                new Wanted(proposal.act(), proposal.actor(), proposal.reason(), proposal.evidence(), proposal.count());
        refuseUnlessPossible(draft, wanted, order);
        if (!draft.isRefused()) {
            draft.add(new Entry.ProposalApproved(order.line(), proposal.actId(), acted.actor(), acted.reason()));
            carryOut(draft, wanted, draft.order(order.line()));
        }
    }

    /** The proposer may take it back. */
    static void decline(Draft draft, Event.Acted acted, Order order) {
        Proposal proposal = standing(draft, order);
        if (proposal != null) {
            draft.add(new Entry.ProposalDeclined(order.line(), proposal.actId(), acted.actor(), acted.reason()));
        }
    }

    private static @Nullable Proposal standing(Draft draft, Order order) {
        Proposal proposal = order.proposal();
        if (proposal == null) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "nothing is proposed for order " + order.id()
                            + (order.proposed() == null ? "" : ", or it has moved on since: propose it anew"));
        }
        return proposal;
    }

    private static void refuseUnlessPossible(Draft draft, Wanted wanted, Order order) {
        switch (wanted.act()) {
            case MARK_DELIVERED -> refuseUnlessAttestable(draft, wanted, order);
            case REFUND -> refuseUnlessRefundable(draft, order);
            case REPLACE -> refuseUnlessReplaceable(draft, order);
            case RELEASE -> {
                // Whatever is on hold can be released.
            }
        }
    }

    private static void carryOut(Draft draft, Wanted wanted, Order order) {
        switch (wanted.act()) {
            case MARK_DELIVERED ->
                draft.add(new Entry.DeliveryAttested(
                        order.line(),
                        wanted.actor(),
                        wanted.reason(),
                        Objects.requireNonNull(wanted.evidence(), "asked for before"),
                        Moves.windowEnd(draft),
                        Moves.took(draft, order.line()),
                        wanted.count()));
            case REFUND -> refund(draft, wanted, order);
            case REPLACE -> draft.add(new Entry.ReplacementDecided(order.line(), wanted.actor(), wanted.reason()));
            case RELEASE -> DeskPart.release(draft, order, wanted.actor(), wanted.reason());
        }
    }

    private static void refuseUnlessReplaceable(Draft draft, Order order) {
        String hindrance = DeskPart.hindranceToReplace(order);
        if (hindrance != null) {
            draft.refuse(Refusal.WRONG_STAGE, "order " + order.id() + " cannot be replaced: " + hindrance);
        }
    }

    /** Where nobody counted, the evidence is the person's word for all that was ordered. */
    private static void refuseUnlessAttestable(Draft draft, Wanted wanted, Order order) {
        Integer count = wanted.count();
        if (wanted.evidence() == null) {
            draft.refuse(
                    Refusal.MISSING_EVIDENCE,
                    "order " + order.id() + " can be marked as delivered with evidence only: say what shows it");
        } else if (count != null && count != order.quantity()) {
            draft.refuse(
                    Refusal.OTHER_COUNT,
                    "order " + order.id() + " is for " + order.quantity() + " and " + count
                            + " were delivered, as the act says: deliver the rest first, or refund it");
        }
    }

    private static void refuseUnlessRefundable(Draft draft, Order order) {
        boolean unseenKeys = order.route().givesKeys()
                && order.keys().state() == Keys.State.HANDED_OVER
                && !order.keys().revealed();
        if (order.stage() == Stage.DELIVERED && !unseenKeys) {
            draft.refuse(
                    Refusal.WRONG_STAGE,
                    "order " + order.id() + " is delivered and "
                            + (order.keys().revealed() ? "its keys were seen" : "cannot be taken back")
                            + ": only unseen keys can be refunded here");
        }
    }

    private static void refund(Draft draft, Wanted wanted, Order order) {
        int line = order.line();
        Dispatch last = order.lastDispatch();
        if (last != null && order.dueWithPeople() != null) {
            draft.add(new Entry.DispatchDeclined(line, last.id().number(), false, "staff handed nothing over"));
        }
        draft.add(new Entry.RefundDecided(line, wanted.actor(), wanted.reason()));
        boolean delivered = order.stage() == Stage.DELIVERED;
        Moves.refund(draft, line, delivered ? KeysPart.UNSEEN : "decided by an operator");
    }
}
