package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.engine.Tally.End;
import dev.kadao.insight.Reconciliation.What;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.Statement.Line;
import dev.kadao.port.StoredNotice;
import dev.kadao.port.StoredNotice.State;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds one line of a statement against what is on record. What does not fit is recorded as a notice of the same words
 * would be, or becomes a case. Doing it again does nothing twice: money is known by its trade number, a refund of ours
 * by its reference, one that is none of ours by a stored row, a case by its fact. What matches writes nothing.
 */
final class StatementLines {
    private static final Duration FIRST_GAP = Duration.ofMinutes(1);
    private static final int MOST_TRIES = 3;
    private static final int HALF_KEY = 32;

    private final Steps steps;
    private final Committer committer;
    private final NoticeMatching matching;
    private final DueNotices notices;
    private final Asking asking;

    StatementLines(Steps steps, Committer committer, NoticeMatching matching, DueNotices notices, Asking asking) {
        this.steps = steps;
        this.committer = committer;
        this.matching = matching;
        this.notices = notices;
        this.asking = asking;
    }

    /**
     * The statement a line stands in.
     *
     * @param words how it is named to people, with its period
     */
    record Source(String gateway, String words) {
        private Bytes raw(Line line) {
            return Codec.encodeStatementLine("line " + line.number() + " of " + words);
        }
    }

    /** Money came, as the statement says. */
    End received(Source source, Line.Received line) {
        NoticeMatching.Genuine said = new NoticeMatching.Genuine(
                source.gateway(),
                line.payment(),
                new PaymentWord.Paid(line.tradeNumber(), line.amount()),
                source.raw(line));
        Payment payment = payment(source, line.payment());
        if (payment == null) {
            return orphan(said.row(State.ORPHAN, steps.now().plus(FIRST_GAP)), line.tradeNumber(), line.amount());
        }
        Receipt known = payment.receipt(line.tradeNumber());
        if (known != null && known.amount().equals(line.amount())) {
            return End.MATCHED;
        }
        String both = known == null
                ? ""
                : line.amount() + " under trade number " + line.tradeNumber() + " there, " + known.amount() + " here";
        if (known != null && notices.find(said.key(), List.of(State.APPLIED)).isPresent()) {
            return End.of(What.TOLD, both);
        }
        NoticeMatching.Match match = matching.matchBooks(said);
        if (match instanceof NoticeMatching.Applied applied) {
            if (known != null) {
                return applied.written() ? aCase(applied.entries(), both) : End.of(What.TOLD, both);
            }
            return applied.written() ? recorded(applied.entries(), line) : End.MATCHED;
        }
        if (match instanceof NoticeMatching.Orphan) {
            return orphan(said.row(State.ORPHAN, steps.now().plus(FIRST_GAP)), line.tradeNumber(), line.amount());
        }
        // As with a notice: once it is stored, the due loop applies it as soon as it can be.
        committer.write(said.row(State.UNAPPLIED, steps.now()));
        return failed(match instanceof NoticeMatching.Failed failed ? failed.reason() : "it cannot be applied");
    }

    private static End recorded(List<Entry> entries, Line.Received line) {
        String verdict = entries.stream()
                .filter(Entry.MoneyReceived.class::isInstance)
                .map(entry -> ((Entry.MoneyReceived) entry).verdict().name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("received");
        String sentence = line.amount() + " came under trade number " + line.tradeNumber()
                + " and was unknown here: recorded as " + verdict.replace('_', ' ');
        return new End(What.REPAIRED, sentence, casesIn(entries), 0);
    }

    /**
     * Money went back, as the statement says.
     *
     * @param isLast whether lines that may say first how the money came have all been gone through
     * @return empty if it is to be looked at again after them
     */
    Optional<End> givenBack(Source source, Line.GivenBack line, boolean isLast) {
        Payment payment = payment(source, line.payment());
        Refund ours = payment == null ? null : refund(payment.id(), line);
        if (ours != null) {
            return Optional.of(ours(source, line, ours));
        }
        if (payment == null) {
            NoticeWrite row = rowOf(source, line, State.ORPHAN);
            return Optional.of(orphan(row, line.tradeNumber(), line.amount()));
        }
        if (payment.receipt(line.tradeNumber()) != null) {
            return Optional.of(withoutUs(source, line, payment.id()));
        }
        if (!isLast) {
            return Optional.empty();
        }
        Held held = steps.read(payment.id().checkout());
        if (held != null) {
            asking.aboutPayment(held, payment.id().number());
        }
        Payment told = payment(source, line.payment());
        boolean isKnown = told != null && told.receipt(line.tradeNumber()) != null;
        if (!isKnown && !line.amount().equals(payment.amount())) {
            // Taken for all that came, a part would stand against the payment's own amount for ever.
            String why =
                    line.amount() + " of trade number " + line.tradeNumber() + " went back, and how much had come is"
                            + " unknown here: reconcile the period in which it was paid, then this one again";
            return Optional.of(End.of(What.UNANSWERED, why).afterAsking());
        }
        return Optional.of(withoutUs(source, line, payment.id()).afterAsking());
    }

    /** The refund of ours that a line speaks of; where the source has no references, one of the same trade and amount. */
    private @Nullable Refund refund(PaymentId payment, Line.GivenBack line) {
        Held held = steps.read(payment.checkout());
        return held == null
                ? null
                : held.checkout().refunds().stream()
                        .filter(refund -> refund.payment().equals(payment))
                        .filter(refund -> line.refund().isEmpty()
                                ? refund.counts()
                                        && !refund.isUnsent()
                                        && refund.tradeNumber().equals(line.tradeNumber())
                                        && refund.amount().equals(line.amount())
                                : refund.id().toString().equals(line.refund()))
                        .findFirst()
                        .orElse(null);
    }

    private End ours(Source source, Line.GivenBack line, Refund refund) {
        String id = refund.id().toString();
        if (!line.amount().equals(refund.amount()) || !line.tradeNumber().equals(refund.tradeNumber())) {
            String fact = source.words() + " has refund " + id + " with " + line.amount() + " of trade number "
                    + line.tradeNumber() + ", on record here it is " + refund.amount() + " of trade number "
                    + refund.tradeNumber();
            return differs(refund.payment(), refund.line(), id, fact);
        }
        if (refund.state() == Refund.State.DONE) {
            return End.MATCHED;
        }
        int number = refund.id().number();
        Held asked = refund.isUnsent() ? null : steps.read(refund.id().checkout());
        RefundAnswer word = asked == null ? null : asking.aboutRefund(asked, number);
        if (word instanceof RefundAnswer.Pending) {
            // A bill names what has only begun (PROCESSING) and is not written anew: it ends by the gateway's own word.
            return End.of(What.EDGE, "").afterAsking();
        }
        if (word instanceof RefundAnswer.Declined) {
            String no = "refund " + id + " stands there, and the gateway declines it when asked: a person has its case";
            return End.of(What.TOLD, no).afterAsking();
        }
        StepEnd end = steps.step(
                refund.id().checkout(),
                (held, now) -> Change.of(held, new Event.RefundSaid(now, number, 0, new RefundAnswer.Refunded())),
                Rule.PLAIN);
        if (end instanceof StepEnd.Written written) {
            String sentence = "refund " + id + " of " + refund.amount() + " is done there and was "
                    + refund.state().name().toLowerCase(Locale.ROOT) + " here: recorded as done";
            return new End(What.REPAIRED, sentence, casesIn(written.entries()), 0);
        }
        return end instanceof StepEnd.Unchanged ? End.MATCHED : failed(end);
    }

    /**
     * Given back at the console or by a charge-back. The gateway's word for it is a sum, its statement names each part:
     * every part leaves a row, so that their sum is known however many statements they stand in, and the sum that a
     * notice told before is not counted again.
     */
    private End withoutUs(Source source, Line.GivenBack line, PaymentId id) {
        NoticeWrite row = rowOf(source, line, State.APPLIED);
        End done = End.MATCHED;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Payment payment = payment(source, line.payment());
            Receipt receipt = payment == null ? null : payment.receipt(line.tradeNumber());
            if (receipt != null
                    && !receipt.amount().currency().equals(line.amount().currency())) {
                String fact = source.words() + " has " + line.amount() + " given back of trade number "
                        + line.tradeNumber() + ", which is on record here with " + receipt.amount();
                return differs(id, null, line.tradeNumber(), fact);
            }
            List<StoredNotice> parts = notices.applied(row.key().substring(0, HALF_KEY));
            boolean isCounted = parts.stream().anyMatch(part -> part.key().equals(row.key()));
            Money all = isCounted
                    ? sum(parts, line.amount())
                    : sum(parts, line.amount()).plus(line.amount());
            if (receipt != null && isRecorded(receipt, all)) {
                return isCounted || committer.write(row) ? done : failed("the store did not take it");
            }
            StepEnd end = movedBack(line, id, all, row);
            if (end instanceof StepEnd.Unchanged unchanged) {
                if (isRecorded(unchanged.held(), id, line.tradeNumber(), all)) {
                    // Another process went through the same statement and was faster.
                    continue;
                }
                if (!isCounted) {
                    committer.write(row);
                }
                String fact = source.words() + " has " + all + " of trade number " + line.tradeNumber()
                        + " given back without us, more than is left beside our own refunds";
                return differs(id, null, line.tradeNumber(), fact);
            }
            if (!(end instanceof StepEnd.Written written)) {
                return failed(end);
            }
            String sentence = line.amount() + " of trade number " + line.tradeNumber()
                    + " went back without us and was unknown here: recorded, " + all + " in all";
            done = new End(What.REPAIRED, sentence, done.cases() + casesIn(written.entries()), 0);
            // Another process may have counted another part at the same time: look once more.
        }
        return done;
    }

    private static boolean isRecorded(Held held, PaymentId id, String tradeNumber, Money all) {
        Receipt receipt = held.checkout().payment(id.number()).receipt(tradeNumber);
        return receipt != null && isRecorded(receipt, all);
    }

    private static boolean isRecorded(Receipt receipt, Money all) {
        return !all.isMoreThan(receipt.movedBack());
    }

    private StepEnd movedBack(Line.GivenBack line, PaymentId id, Money withoutUs, NoticeWrite row) {
        int number = id.number();
        return steps.step(
                id.checkout(),
                (held, now) -> {
                    Money byUs = sentBack(held.checkout(), number, line);
                    PaymentWord word = new PaymentWord.MovedBack(line.tradeNumber(), withoutUs.plus(byUs));
                    return Optional.of(new Change(new Event.MoneySaid(now, number, word, true), held.personal(), row));
                },
                Rule.PLAIN);
    }

    /** What the gateway's sum holds of our own refunds: those that it may have. */
    private static Money sentBack(Checkout checkout, int payment, Line.GivenBack line) {
        Money sent = Money.zero(line.amount().currency());
        for (Refund refund : checkout.refunds()) {
            boolean ofTrade = refund.payment().number() == payment
                    && refund.tradeNumber().equals(line.tradeNumber())
                    && refund.amount().currency().equals(sent.currency());
            if (ofTrade && refund.counts() && !refund.isUnsent()) {
                sent = sent.plus(refund.amount());
            }
        }
        return sent;
    }

    private static Money sum(List<StoredNotice> parts, Money like) {
        Money sum = Money.zero(like.currency());
        for (StoredNotice part : parts) {
            if (Codec.decodeWord(part.word()) instanceof PaymentWord.MovedBack moved
                    && moved.amount().currency().equals(like.currency())) {
                sum = sum.plus(moved.amount());
            }
        }
        return sum;
    }

    /** The row of one part; those of one trade begin alike. One without a reference is known by its time and amount. */
    private static NoticeWrite rowOf(Source source, Line.GivenBack line, State state) {
        PaymentWord word = new PaymentWord.MovedBack(line.tradeNumber(), line.amount());
        String trade = Ids.sha256("given back", source.gateway(), line.payment(), line.tradeNumber());
        String part = line.refund().isEmpty()
                ? Ids.sha256("at", line.at().toString(), line.amount().toString())
                : Ids.sha256("reference", line.refund(), line.amount().toString());
        return new NoticeMatching.Genuine(source.gateway(), line.payment(), word, source.raw(line))
                .row(trade.substring(0, HALF_KEY) + part.substring(0, HALF_KEY), state, null);
    }

    private @Nullable Payment payment(Source source, String reference) {
        PaymentId id;
        try {
            id = PaymentId.parse(reference);
        } catch (InvalidValueException noneOfOurs) {
            return null;
        }
        Held held = steps.read(id.checkout());
        return held == null ? null : NoticeMatching.opened(held, id.number(), source.gateway());
    }

    private End orphan(NoticeWrite row, String tradeNumber, Money amount) {
        String sentence = amount + " under trade number " + tradeNumber + " is of no payment of ours";
        if (notices.isKnownOrphan(row.key())) {
            return End.of(What.TOLD, sentence);
        }
        NoticeWrite due = new NoticeWrite(
                row.key(),
                row.source(),
                row.reference(),
                row.word(),
                row.raw(),
                State.ORPHAN,
                steps.now().plus(FIRST_GAP));
        return committer.write(due) ? End.of(What.ORPHAN, sentence) : failed("the store did not take it");
    }

    /** Gives a person the contradiction, once. */
    End differs(PaymentId payment, @Nullable Integer line, String subject, String fact) {
        CheckoutId checkout = payment.checkout();
        StepEnd end = steps.step(
                checkout,
                (held, now) -> Change.of(held, new Event.StatementDiffered(now, payment.number(), line, subject, fact)),
                Rule.PLAIN);
        if (end instanceof StepEnd.Written written) {
            return aCase(written.entries(), fact);
        }
        return end instanceof StepEnd.Unchanged ? End.of(What.TOLD, fact) : failed(end);
    }

    private static End aCase(List<Entry> entries, String sentence) {
        return new End(What.CASE, sentence, casesIn(entries), 0);
    }

    private static long casesIn(List<Entry> entries) {
        return entries.stream().filter(Entry.CaseOpened.class::isInstance).count();
    }

    private static End failed(StepEnd end) {
        return failed(end instanceof StepEnd.Failed failed ? failed.reason() : "the checkout is not there any more");
    }

    private static End failed(String reason) {
        return End.of(What.FAILED, "it cannot be recorded now: " + reason + ". Run again");
    }
}
