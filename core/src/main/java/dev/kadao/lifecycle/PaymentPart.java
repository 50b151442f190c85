package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.Payment;
import dev.kadao.order.Receipt;
import dev.kadao.order.Receipt.Verdict;
import dev.kadao.order.Stage;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Payments: opened, watched until the gateway says that they are over, and every amount recorded with its verdict. */
final class PaymentPart {
    private static final Set<Stage> PAYABLE = EnumSet.of(Stage.AWAITING_PAYMENT, Stage.CLOSED, Stage.ON_HOLD);
    private static final int MOST_OPEN = 5;
    private static final int MOST_PAYMENTS = 20;

    private PaymentPart() {}

    static void react(Draft draft, Event event) {
        if (event instanceof Event.PaymentWanted wanted) {
            wanted(draft, wanted);
        } else if (event instanceof Event.OpenAnswered opened) {
            openAnswered(draft, draft.checkout().payment(opened.payment()), opened.answer());
        } else if (event instanceof Event.MoneySaid said) {
            moneySaid(draft, draft.checkout().payment(said.payment()), said);
        } else if (event instanceof Event.NoticeReadAnew anew) {
            readAnew(draft, draft.checkout().payment(anew.payment()), anew);
        } else if (event instanceof Event.CloseAnswered closed) {
            closeAnswered(draft, draft.checkout().payment(closed.payment()), closed.answer());
        } else if (event instanceof Event.TimeCame) {
            draft.checkout().payments().forEach(payment -> timeCame(draft, payment));
        }
    }

    /** Requests a payment; the caller has checked that it is possible. */
    static void request(Draft draft, String gateway, GatewayTerms terms, @Nullable PayWith payWith) {
        Checkout checkout = draft.checkout();
        int number = checkout.payments().size() + 1;
        Instant deadline = draft.now().plus(checkout.terms().paymentDeadline());
        draft.add(new Entry.PaymentRequested(number, gateway, terms, checkout.total(), deadline));
        if (payWith != null) {
            draft.add(new Entry.PaymentOpened(number, payWith));
        }
    }

    private static void wanted(Draft draft, Event.PaymentWanted wanted) {
        Checkout checkout = draft.checkout();
        boolean payable = checkout.orders().stream()
                .anyMatch(order -> order.stage() == Stage.AWAITING_PAYMENT || order.stage() == Stage.ON_HOLD);
        long open = checkout.payments().stream().filter(Payment::isWatched).count();
        if (checkout.isSettled() || !payable) {
            draft.refuse(
                    dev.kadao.lifecycle.Verdict.Refusal.WRONG_STAGE,
                    "checkout " + checkout.id() + " takes no further payment: it is "
                            + (checkout.isSettled() ? "paid" : "closed"));
        } else if (open >= MOST_OPEN) {
            draft.refuse(
                    dev.kadao.lifecycle.Verdict.Refusal.LIMIT_REACHED,
                    "checkout " + checkout.id() + " has " + open + " open payments; at most " + MOST_OPEN
                            + " may be open at once: pay one of them or wait until one is closed");
        } else if (checkout.payments().size() >= MOST_PAYMENTS) {
            draft.refuse(
                    dev.kadao.lifecycle.Verdict.Refusal.LIMIT_REACHED,
                    "checkout " + checkout.id() + " has used all " + MOST_PAYMENTS + " payments: place it anew");
        } else {
            request(draft, wanted.gateway(), wanted.gatewayTerms(), wanted.payWith());
        }
    }

    private static void openAnswered(Draft draft, Payment payment, OpenAnswer answer) {
        int number = payment.id().number();
        if (answer instanceof OpenAnswer.Opened opened) {
            if (payment.payWith() == null) {
                draft.add(new Entry.PaymentOpened(number, opened.payWith()));
                if (payment.state() == Payment.State.CLOSED) {
                    // It was told to close before it was opened: unwatched, it could be paid and nobody would know.
                    draft.add(new Entry.PaymentClosingBegun(number));
                }
            }
        } else if (answer instanceof OpenAnswer.Refused && payment.state() == Payment.State.REQUESTED) {
            draft.add(new Entry.PaymentClosed(number));
        } else if (answer instanceof OpenAnswer.Unknown && payment.state() == Payment.State.REQUESTED) {
            String part = Parts.of(payment);
            draft.tryAgain(part, Backoff.retry(draft.checkout().terms(), draft.tries(part)), false);
        }
    }

    private static void moneySaid(Draft draft, Payment payment, Event.MoneySaid said) {
        PaymentWord word = said.word();
        if (word instanceof PaymentWord.Paid paid) {
            paid(draft, payment, paid.tradeNumber(), paid.amount());
        } else if (word instanceof PaymentWord.MovedBack moved) {
            movedBack(draft, payment, moved);
        } else if (word instanceof PaymentWord.Closed) {
            if (payment.isWatched()) {
                draft.add(new Entry.PaymentClosed(payment.id().number()));
            }
        } else if (!said.inNotice()) {
            askAgain(draft, payment);
        }
    }

    private static void paid(Draft draft, Payment payment, String trade, Money amount) {
        int number = payment.id().number();
        Receipt known = payment.receipt(trade);
        if (known != null) {
            if (!known.amount().equals(amount)) {
                String fact = "trade number " + trade + " was reported with " + known.amount() + " and with " + amount;
                draft.openCase(Case.Kind.CONFLICT, trade, null, number, fact);
            }
            return;
        }
        received(draft, number, trade, amount);
    }

    private static void received(Draft draft, int number, String trade, Money amount) {
        Verdict verdict = judge(draft.checkout(), amount);
        draft.add(new Entry.MoneyReceived(number, trade, amount, verdict));
        if (verdict == Verdict.MATCHED || verdict == Verdict.LATE) {
            heldMoneyIsSurplus(draft);
            draft.checkout().payments().stream()
                    .filter(Payment::isWatched)
                    .filter(other -> other.state() != Payment.State.CLOSING)
                    .forEach(other ->
                            draft.add(new Entry.PaymentClosingBegun(other.id().number())));
        }
    }

    /** An amount that was misread is put right while nobody has decided about that money; else a person must. */
    private static void readAnew(Draft draft, Payment payment, Event.NoticeReadAnew anew) {
        if (anew.was() instanceof PaymentWord.Paid wrong
                && anew.word() instanceof PaymentWord.Paid right
                && right.tradeNumber().equals(wrong.tradeNumber())
                && isUndecided(draft.checkout(), payment, wrong)
                && !right.amount().equals(wrong.amount())) {
            String fact = "read anew by " + anew.actor() + ": " + right.amount() + " came, not " + wrong.amount();
            Receipt known = payment.receipt(wrong.tradeNumber());
            Case.Kind kind = known == null ? null : CasePart.kindFor(known.verdict());
            if (kind != null && draft.checkout().openCase(kind, wrong.tradeNumber()) != null) {
                Case.Evidence evidence = new Case.Evidence(fact, anew.reason());
                draft.openCase(kind, wrong.tradeNumber(), null, payment.id().number(), evidence);
            }
            received(draft, payment.id().number(), right.tradeNumber(), right.amount());
        } else {
            moneySaid(draft, payment, new Event.MoneySaid(anew.now(), anew.payment(), anew.word(), true));
        }
    }

    private static boolean isUndecided(Checkout checkout, Payment payment, PaymentWord.Paid said) {
        Receipt known = payment.receipt(said.tradeNumber());
        return known != null
                && known.isHeld()
                && known.amount().equals(said.amount())
                && !known.movedBack().isPositive()
                && checkout.refunds().stream()
                        .noneMatch(refund -> refund.counts() && Shares.isOf(refund, payment, known));
    }

    private static Verdict judge(Checkout checkout, Money amount) {
        boolean payable = checkout.orders().stream().anyMatch(order -> PAYABLE.contains(order.stage()));
        if (checkout.isSettled() || !payable) {
            return Verdict.SURPLUS;
        }
        Money owed = checkout.total();
        if (!amount.currency().equals(owed.currency())) {
            return Verdict.OTHER_CURRENCY;
        }
        if (!amount.equals(owed)) {
            return amount.isMoreThan(owed) ? Verdict.OVER : Verdict.SHORT;
        }
        boolean late = checkout.orders().stream().anyMatch(order -> order.stage() == Stage.CLOSED);
        return late ? Verdict.LATE : Verdict.MATCHED;
    }

    private static void heldMoneyIsSurplus(Draft draft) {
        for (Payment payment : draft.checkout().payments()) {
            for (Receipt receipt : payment.receipts()) {
                if (receipt.isHeld()) {
                    draft.add(new Entry.MoneyJudgedAnew(payment.id().number(), receipt.tradeNumber(), Verdict.SURPLUS));
                }
            }
        }
    }

    private static void movedBack(Draft draft, Payment payment, PaymentWord.MovedBack moved) {
        int number = payment.id().number();
        Receipt known = payment.receipt(moved.tradeNumber());
        if (known == null) {
            Money received = moved.received();
            if (received != null
                    && received.currency().equals(moved.amount().currency())
                    && received.isMoreThan(moved.amount())) {
                paid(draft, payment, moved.tradeNumber(), received);
            } else {
                draft.add(new Entry.MoneyReceived(number, moved.tradeNumber(), moved.amount(), Verdict.SURPLUS));
            }
            draft.add(new Entry.MoneyMovedBack(number, moved.tradeNumber(), moved.amount()));
            return;
        }
        if (!known.amount().currency().equals(moved.amount().currency())) {
            String fact = "the gateway says that " + moved.amount() + " of " + known.amount() + " went back";
            draft.openCase(Case.Kind.CONFLICT, moved.tradeNumber(), null, number, fact);
            return;
        }
        Money byUs = Shares.sentBack(draft.checkout(), payment, known);
        if (moved.amount().isMoreThan(byUs)) {
            Money withoutUs = moved.amount().minus(byUs);
            Money most = known.amount().minus(byUs);
            Money recorded = withoutUs.isMoreThan(most) ? most : withoutUs;
            if (recorded.isMoreThan(known.movedBack())) {
                draft.add(new Entry.MoneyMovedBack(number, moved.tradeNumber(), recorded));
            }
        } else if (!Shares.mayBeOurs(draft.checkout(), payment, known, moved.amount())) {
            // How much of it is ours is not known while our own refunds are not: only a person can tell.
            String fact = "the gateway says that " + moved.amount() + " of " + known.amount()
                    + " went back, which is no sum of our refunds: see what was given back at its console";
            draft.openCase(Case.Kind.CONFLICT, moved.tradeNumber(), null, number, fact);
        }
    }

    private static void askAgain(Draft draft, Payment payment) {
        if (!payment.isWatched()) {
            return;
        }
        boolean over = !draft.now().isBefore(payment.deadline());
        if (over && payment.state() != Payment.State.CLOSING) {
            draft.add(new Entry.PaymentClosingBegun(payment.id().number()));
            return;
        }
        String part = Parts.of(payment);
        // The first gap lies before the first question about an open payment.
        int gaps = draft.tries(part) + (payment.state() == Payment.State.OPEN ? 1 : 0);
        Duration gap = Backoff.payment(draft.checkout().terms(), payment, gaps, draft.now());
        draft.tryAgain(part, gap, false);
    }

    private static void closeAnswered(Draft draft, Payment payment, CloseAnswer answer) {
        if (!payment.isWatched()) {
            return;
        }
        String part = Parts.of(payment);
        // The grace leaves room for clocks that differ, and for a buyer who begins in the last second.
        Instant surelyOver = payment.deadline().plus(draft.checkout().terms().closeGrace());
        boolean expired = answer instanceof CloseAnswer.NotFound && !draft.now().isBefore(surelyOver);
        if (answer instanceof CloseAnswer.Closed || expired) {
            draft.add(new Entry.PaymentClosed(payment.id().number()));
        } else if (answer instanceof CloseAnswer.AlreadyPaid) {
            draft.tryAgain(part, Duration.ZERO, true);
        } else {
            Duration gap = Backoff.payment(draft.checkout().terms(), payment, draft.tries(part), draft.now());
            draft.tryAgain(part, gap, false);
        }
    }

    private static void timeCame(Draft draft, Payment payment) {
        if (!payment.isWatched()) {
            return;
        }
        int number = payment.id().number();
        if (!draft.now().isBefore(payment.requestedAt().plus(Backoff.PATIENCE_WITH_GATEWAYS))) {
            draft.add(new Entry.PaymentGivenUp(number));
            String fact = "gateway " + payment.gateway() + " has not said for "
                    + Backoff.PATIENCE_WITH_GATEWAYS.toDays() + " days whether this payment was paid or closed";
            draft.openCase(Case.Kind.OTHER, payment.id().toString(), null, number, fact);
        } else if (payment.state() == Payment.State.REQUESTED && !draft.now().isBefore(payment.deadline())) {
            draft.add(new Entry.PaymentClosingBegun(number));
        }
    }
}
