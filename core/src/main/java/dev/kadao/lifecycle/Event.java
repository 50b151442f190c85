package dev.kadao.lifecycle;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Entry;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Hold;
import dev.kadao.order.Intent;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.Started;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Escrow;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came in: a notice, a port's answer, a due time or an act of a person. Each carries the store's time. */
public sealed interface Event {
    Instant now();

    /** By what a repetition is recognised; goes into the journal row. Holds no personal data. */
    String identity();

    /**
     * A checkout is placed. The first payment, if wanted, is in the same step.
     *
     * @param riskHold why its orders are to be held once they are paid; null if they are not
     * @param asksOncePaid whether advisers are to be asked about risk once it is paid; null if not
     */
    record Placed(
            Instant now,
            CheckoutId id,
            Terms terms,
            Money total,
            @Nullable Commitment account,
            String tokenHash,
            boolean tokenGiven,
            List<Entry.PlacedOrder> orders,
            @Nullable PaymentWanted payment,
            @Nullable String riskHold,
            @Nullable Boolean asksOncePaid)
            implements Event {
        public Placed {
            orders = List.copyOf(orders);
        }

        @Override
        public String identity() {
            return "placed";
        }
    }

    /**
     * A payment is wanted at a gateway.
     *
     * @param payWith the answer of a gateway that opens locally; null if it is opened after the commit
     */
    record PaymentWanted(
            Instant now,
            String gateway,
            GatewayTerms gatewayTerms,
            @Nullable PayWith payWith) implements Event {
        @Override
        public String identity() {
            return "payment-wanted:" + gateway;
        }
    }

    /** A gateway answered to opening a payment. */
    record OpenAnswered(Instant now, int payment, OpenAnswer answer) implements Event {
        @Override
        public String identity() {
            return "open:p" + payment;
        }
    }

    /** A gateway said something of a payment, in a notice or when asked. */
    record MoneySaid(Instant now, int payment, PaymentWord word, boolean inNotice) implements Event {
        @Override
        public String identity() {
            String trade = word instanceof PaymentWord.Paid paid
                    ? ":" + paid.tradeNumber()
                    : word instanceof PaymentWord.MovedBack moved ? ":" + moved.tradeNumber() : "";
            return "money:p" + payment + ":" + word.getClass().getSimpleName() + trade;
        }
    }

    /**
     * A person had a stored notice read again, by a reader that has been put right.
     *
     * @param was what it was taken to say before
     * @param actor who wanted it
     */
    record NoticeReadAnew(Instant now, int payment, PaymentWord was, PaymentWord word, String actor, Commitment reason)
            implements Event {
        @Override
        public String identity() {
            return "read-anew:" + new MoneySaid(now, payment, word, true).identity();
        }
    }

    /**
     * A statement of a gateway does not fit what is on record, in a way that no word of the gateway repairs.
     *
     * @param line the order it is about; null if it concerns a payment alone
     * @param subject the refund or trade number
     * @param fact both sides and the period; the same for the same statement, so that it is told once
     */
    record StatementDiffered(
            Instant now, int payment, @Nullable Integer line, String subject, String fact) implements Event {
        @Override
        public String identity() {
            return "statement:" + subject;
        }
    }

    /** A gateway answered to closing a payment. */
    record CloseAnswered(Instant now, int payment, CloseAnswer answer) implements Event {
        @Override
        public String identity() {
            return "close:p" + payment;
        }
    }

    /** A stored due time came. */
    record TimeCame(Instant now) implements Event {
        @Override
        public String identity() {
            return "time";
        }
    }

    /**
     * The advisers answered, or are not waited for any longer, about the risk of what is paid.
     *
     * @param hold why it is held for a person; null if it is not
     * @param again whether they are to be asked once more, since no answer was had
     */
    record RiskSaid(Instant now, @Nullable String hold, boolean again) implements Event {
        @Override
        public String identity() {
            return "risk:" + (again ? "again" : hold == null ? "allowed" : "held");
        }
    }

    /** The stock answered to taking, replacing or releasing keys of an order. */
    record StockSaid(Instant now, int line, StockAnswer answer) implements Event {
        @Override
        public String identity() {
            return "stock:" + line;
        }
    }

    /** A stock elsewhere reserved the order's keys; handing over follows. */
    record KeysSetAside(Instant now, int line) implements Event {
        @Override
        public String identity() {
            return "reserved:" + line;
        }
    }

    /** New stock of an order's SKU has arrived: it is tried at once. */
    record StockArrived(Instant now, int line) implements Event {
        @Override
        public String identity() {
            return "stock-arrived:" + line;
        }
    }

    /** A worker asks for the right to make the call of an {@link Effect.DispatchGoods}. */
    record DispatchIntended(Instant now, Effect.DispatchGoods effect, SupplierTerms supplierTerms, Started started)
            implements Event {
        @Override
        public String identity() {
            return effect.id() + ":" + started.worker();
        }
    }

    /**
     * A supplier said something of a dispatch.
     *
     * @param send the send whose caller reports; 0 for a query or notice
     * @param receipt the commitment to the receipt of a delivery with proof; null otherwise
     */
    record SupplierSaid(
            Instant now,
            int line,
            int dispatch,
            int send,
            Dispatcher.Answer answer,
            @Nullable Commitment receipt) implements Event {
        @Override
        public String identity() {
            return "supplier:" + line + "." + dispatch + ":" + answer.getClass().getSimpleName();
        }
    }

    /** A question or a new dispatch was not begun, since its supplier takes none just now; no try, and no answer. */
    record PutOff(Instant now, int line, int dispatch, Instant until) implements Event {
        @Override
        public String identity() {
            return "put-off:" + line + "." + dispatch;
        }
    }

    /** A worker asks for the right to make the call of an {@link Effect.RefundMoney}. */
    record RefundIntended(Instant now, Effect.RefundMoney effect, Started started) implements Event {
        @Override
        public String identity() {
            return effect.id() + ":" + started.worker();
        }
    }

    /**
     * A gateway said something of a refund.
     *
     * @param send the send whose caller reports; 0 for a query
     */
    record RefundSaid(Instant now, int refund, int send, RefundAnswer answer) implements Event {
        @Override
        public String identity() {
            return "refund:r" + refund + ":" + answer.getClass().getSimpleName();
        }
    }

    /** The escrow service answered to being asked for a move. */
    record EscrowSaid(Instant now, int line, Hold.Move move, Escrow.Answer answer) implements Event {
        @Override
        public String identity() {
            return "escrow:h" + line + ":" + move + ":" + answer.getClass().getSimpleName();
        }
    }

    /** The compensator answered to being asked for a compensation. */
    record CompensationSaid(Instant now, int compensation, Compensator.Answer answer) implements Event {
        @Override
        public String identity() {
            return "compensation:k" + compensation + ":" + answer.getClass().getSimpleName();
        }
    }

    /** A message was told, or not. */
    record MessageTold(Instant now, int message, Telling telling) implements Event {
        /** How a try ended. */
        public enum Telling {
            TOLD,
            /** Tried again while tries are left. */
            NOT_TOLD,
            /** Given up at once: no further try can succeed. */
            NEVER
        }

        @Override
        public String identity() {
            return "message:m" + message;
        }
    }

    /**
     * Somebody was to be alerted to an open case.
     *
     * @param level at which
     * @param told whether it was told; if not, it is tried again
     */
    record CaseAlerted(Instant now, int caseNumber, int level, boolean told) implements Event {
        @Override
        public String identity() {
            return "alert:c" + caseNumber;
        }
    }

    /**
     * The buyer has seen the keys of an order (they are marked in the inventory already).
     *
     * @param origin commitment to where they were asked for; null if that is not known
     */
    record KeysShown(Instant now, int line, @Nullable Commitment origin) implements Event {
        @Override
        public String identity() {
            return "shown:" + line;
        }
    }

    /** The buyer confirms the recipient; what was confirmed is under the same commitment if it is the one on record. */
    record RecipientConfirmed(Instant now, int line, Commitment recipient) implements Event {
        @Override
        public String identity() {
            return "recipient-confirmed:" + line;
        }
    }

    /** The buyer wants another recipient. */
    record RecipientCorrected(Instant now, int line, Commitment recipient) implements Event {
        @Override
        public String identity() {
            return "recipient-corrected:" + line;
        }
    }

    /** The buyer confirms that the goods are in order. */
    record Confirmed(Instant now, int line) implements Event {
        @Override
        public String identity() {
            return "confirmed:" + line;
        }
    }

    /** The buyer asks where the goods are. */
    record Complained(Instant now, int line) implements Event {
        @Override
        public String identity() {
            return "complained:" + line;
        }
    }

    /**
     * The shop's support was asked about an order by its buyer.
     *
     * @param nudges whether whatever is safe is to be done at once, as for a complaint; before PAID too
     * @param fact what a person should know who reads it: our own words, free of personal data
     * @param question commitment to the buyer's words; null if they are not kept
     */
    record Questioned(
            Instant now,
            int line,
            Intent intent,
            boolean nudges,
            Person person,
            String fact,
            @Nullable Commitment question)
            implements Event {
        /** Whether a person is to read it. */
        public enum Person {
            NOT_NEEDED,
            /** With the open case of the order, if there is one, and as long as that is open. */
            WITH_THE_ORDER,
            /** Whatever becomes of the order. */
            ANYWAY
        }

        @Override
        public String identity() {
            return "questioned:" + line + ":" + intent;
        }
    }

    /**
     * The buyer says what the order was like.
     *
     * @param text commitment to what was written; null if nothing was
     */
    record Reviewed(
            Instant now, int line, int stars, @Nullable Commitment text) implements Event {
        @Override
        public String identity() {
            return "reviewed:" + line;
        }
    }

    /** The buyer disputes the goods. */
    record Disputed(Instant now, int line, Commitment reason) implements Event {
        @Override
        public String identity() {
            return "disputed:" + line;
        }
    }

    /**
     * An act of an operator.
     *
     * @param actId unique per checkout; the same one with the same digest is a repetition
     * @param digest of the act's whole content
     * @param line the order; 0 for {@link DeskAct#CLOSE_CASE} of a case without one
     * @param caseNumber the case of {@link DeskAct#CLOSE_CASE}, else 0
     * @param version the order's {@code changes} that the operator saw
     * @param evidence what {@link DeskAct#MARK_DELIVERED} needs; null otherwise
     * @param count how many were handed over, where that is said of {@link DeskAct#MARK_DELIVERED}
     */
    record Acted(
            Instant now,
            String actId,
            String digest,
            DeskAct act,
            int line,
            int caseNumber,
            int version,
            String actor,
            Commitment reason,
            @Nullable Commitment evidence,
            @Nullable Integer count)
            implements Event {

        /** An act that counts nothing. */
        public Acted(
                Instant now,
                String actId,
                String digest,
                DeskAct act,
                int line,
                int caseNumber,
                int version,
                String actor,
                Commitment reason,
                @Nullable Commitment evidence) {
            this(now, actId, digest, act, line, caseNumber, version, actor, reason, evidence, null);
        }

        @Override
        public String identity() {
            return "act:" + actId;
        }
    }

    /** What an operator can do. */
    enum DeskAct {
        RETRY,
        MARK_DELIVERED,
        REPLACE,
        REFUND,
        RELEASE,
        REJECT,
        TAKE,
        GIVE_BACK,
        CLOSE_CASE,
        /** Does what another person proposed. */
        APPROVE,
        /** Does it not. */
        DECLINE
    }
}
