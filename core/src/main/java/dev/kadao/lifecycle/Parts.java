package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Compensation;
import dev.kadao.order.Entry;
import dev.kadao.order.Hold;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Refund;
import org.jspecify.annotations.Nullable;

/** How the parts of a checkout are named in its schedule. */
final class Parts {
    private Parts() {}

    static String of(Payment payment) {
        return "p" + payment.id().number();
    }

    static String of(Order order) {
        return "o" + order.line();
    }

    static String of(Refund refund) {
        return "r" + refund.id().number();
    }

    static String of(Message message) {
        return "m" + message.number();
    }

    static String of(Compensation compensation) {
        return "k" + compensation.number();
    }

    static String of(Hold hold) {
        return "h" + hold.line();
    }

    static String of(Case known) {
        return "c" + known.number();
    }

    /** Until when a buyer's complaint about an order nudges nobody again. */
    static String complaintsOf(Order order) {
        return "n" + order.line();
    }

    /** How often a supplier was asked about an order, over all of its dispatches, and when it may be at the earliest. */
    static String questionsOf(Order order) {
        return "q" + order.line();
    }

    /** Asking about the risk of what is paid. */
    static final String RISK = "risk";

    /** The part whose waiting an entry ends, because the part is now in another state; null if it ends none. */
    static @Nullable String endedBy(Entry entry) {
        if (entry instanceof Entry.OfOrder ofOrder) {
            return leavesWaitingAlone(ofOrder) ? null : "o" + ofOrder.line();
        }
        if (entry instanceof Entry.PaymentOpened opened) {
            return "p" + opened.payment();
        }
        if (entry instanceof Entry.PaymentClosingBegun begun) {
            return "p" + begun.payment();
        }
        if (entry instanceof Entry.PaymentClosed closed) {
            return "p" + closed.payment();
        }
        if (entry instanceof Entry.MoneyReceived received) {
            return "p" + received.payment();
        }
        return entry instanceof Entry.RiskAssessed ? RISK : endedRefundOrMessage(entry);
    }

    private static @Nullable String endedRefundOrMessage(Entry entry) {
        if (entry instanceof Entry.RefundFellDue due) {
            return "r" + due.refund();
        }
        if (entry instanceof Entry.RefundUnclear unclear) {
            return "r" + unclear.refund();
        }
        if (entry instanceof Entry.RefundPending pending) {
            return "r" + pending.refund();
        }
        if (entry instanceof Entry.RefundDone done) {
            return "r" + done.refund();
        }
        if (entry instanceof Entry.RefundDeclined declined) {
            return "r" + declined.refund();
        }
        if (entry instanceof Entry.RefundCancelled cancelled) {
            return "r" + cancelled.refund();
        }
        String ended = endedRemedy(entry);
        if (ended != null) {
            return ended;
        }
        if (entry instanceof Entry.MessageSent sent) {
            return "m" + sent.message();
        }
        if (entry instanceof Entry.MessageGivenUp givenUp) {
            return "m" + givenUp.message();
        }
        return entry instanceof Entry.CaseClosed closed ? "c" + closed.caseNumber() : null;
    }

    private static @Nullable String endedRemedy(Entry entry) {
        if (entry instanceof Entry.CompensationGranted granted) {
            return "k" + granted.compensation();
        }
        if (entry instanceof Entry.CompensationDeclined declined) {
            return "k" + declined.compensation();
        }
        if (entry instanceof Entry.CompensationUnclear unclear) {
            return "k" + unclear.compensation();
        }
        if (entry instanceof Entry.EscrowMoved moved) {
            return "h" + moved.line();
        }
        return entry instanceof Entry.CompensationCancelled cancelled ? "k" + cancelled.compensation() : null;
    }

    private static boolean leavesWaitingAlone(Entry.OfOrder entry) {
        return entry instanceof Entry.KeysRevealed
                || entry instanceof Entry.KeysRevealedAgain
                || entry instanceof Entry.RecipientConfirmed
                || entry instanceof Entry.RecipientCorrected
                || entry instanceof Entry.ComplaintMade
                || entry instanceof Entry.QuestionAsked
                || entry instanceof Entry.RungReached
                || entry instanceof Entry.OrderTaken
                || entry instanceof Entry.ActProposed
                || entry instanceof Entry.ProposalApproved
                || entry instanceof Entry.ProposalDeclined
                || entry instanceof Entry.DispatchStarted
                || entry instanceof Entry.DispatchQuieted
                || entry instanceof Entry.StockMissed;
    }
}
