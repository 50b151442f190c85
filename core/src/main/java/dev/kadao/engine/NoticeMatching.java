package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.order.Bytes;
import dev.kadao.order.Entry;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Finds the payment that a genuine notice speaks of and records what it says, in one commit with the notice row. */
final class NoticeMatching {
    static final String GATEWAY = "gateway:";
    private static final int MOST_REFERENCE = 64;

    private final Steps steps;

    NoticeMatching(Steps steps) {
        this.steps = steps;
    }

    /** A genuine notice: what a gateway said of a payment. */
    record Genuine(String gateway, String reference, PaymentWord word, Bytes raw) {

        static Genuine of(StoredNotice stored) {
            return new Genuine(
                    stored.source().substring(GATEWAY.length()),
                    stored.reference(),
                    Codec.decodeWord(stored.word()),
                    stored.raw());
        }

        NoticeWrite row(StoredNotice.State state, @Nullable Instant due) {
            return row(key(), state, due);
        }

        NoticeWrite row(String key, StoredNotice.State state, @Nullable Instant due) {
            String cut = reference.length() > MOST_REFERENCE ? reference.substring(0, MOST_REFERENCE) : reference;
            return new NoticeWrite(key, GATEWAY + gateway, cut, Codec.encodeWord(word), raw, state, due);
        }

        /** What it says, digested. */
        String key() {
            return Ids.sha256(
                    GATEWAY + gateway, reference, Codec.encodeWord(word).asUtf8());
        }
    }

    /** What became of a notice. */
    sealed interface Match {}

    /**
     * @param written whether its row was written with it; else what it says was known already
     * @param entries what was decided
     */
    record Applied(boolean written, List<Entry> entries) implements Match {}

    /** It names no payment that was opened at that gateway. */
    record Orphan() implements Match {}

    /** The gateway's notices are not enough: the payment must be asked about. */
    record MustAsk(Held held, int payment) implements Match {}

    record Failed(String reason) implements Match {}

    /** Makes the event of a payment that was found. */
    @FunctionalInterface
    interface Telling {
        Change of(Held held, Instant now, int payment, NoticeWrite row);
    }

    Match match(Genuine notice) {
        return match(notice, false, said(notice));
    }

    /** The same for what needs no question: the gateway's own books say it. */
    Match matchBooks(Genuine notice) {
        return match(notice, true, said(notice));
    }

    private static Telling said(Genuine notice) {
        return (held, now, payment, row) ->
                new Change(new Event.MoneySaid(now, payment, notice.word(), true), held.personal(), row);
    }

    /** @param isEnough whether it is believed without asking, whatever the gateway's notices are worth */
    Match match(Genuine notice, boolean isEnough, Telling telling) {
        PaymentId payment;
        try {
            payment = PaymentId.parse(notice.reference());
        } catch (InvalidValueException noneOfOurs) {
            return new Orphan();
        }
        int number = payment.number();
        AtomicReference<@Nullable MustAsk> mustAsk = new AtomicReference<>();
        StepEnd end = steps.step(
                payment.checkout(),
                (held, now) -> {
                    mustAsk.set(null);
                    Payment opened = opened(held, number, notice.gateway());
                    if (opened == null) {
                        return Optional.empty();
                    }
                    if (!isEnough && mustBeAsked(held, opened, notice.word(), now)) {
                        mustAsk.set(new MustAsk(held, number));
                        return Optional.empty();
                    }
                    return Optional.of(telling.of(held, now, number, notice.row(StoredNotice.State.APPLIED, null)));
                },
                Rule.PLAIN);
        return judged(end, mustAsk.get());
    }

    private static boolean mustBeAsked(Held held, Payment opened, PaymentWord word, Instant now) {
        if (opened.gatewayTerms().noticeIsEnough()) {
            return false;
        }
        return word instanceof PaymentWord.Paid paid
                ? opened.receipt(paid.tradeNumber()) == null
                : !isKnown(held, opened.id().number(), word, now);
    }

    /** Whether this word of a gateway says nothing that is not on record. */
    static boolean isKnown(Held held, int payment, PaymentWord word, Instant now) {
        return Lifecycle.isKnown(held.checkout(), new Event.MoneySaid(now, payment, word, true));
    }

    private static Match judged(StepEnd end, @Nullable MustAsk mustAsk) {
        if (end instanceof StepEnd.Written written) {
            return new Applied(true, written.entries());
        }
        if (end instanceof StepEnd.Unchanged) {
            return new Applied(false, List.of());
        }
        if (end instanceof StepEnd.Failed failed) {
            return new Failed(failed.reason());
        }
        if (end instanceof StepEnd.Refused refused) {
            return new Failed("money was refused, which must never be: "
                    + refused.verdict().sentence());
        }
        return mustAsk == null ? new Orphan() : mustAsk;
    }

    /** The payment of that number, if it was asked for at that gateway. */
    static @Nullable Payment opened(Held held, int number, String gateway) {
        if (number > held.checkout().payments().size()) {
            return null;
        }
        Payment payment = held.checkout().payment(number);
        return payment.gateway().equals(gateway) ? payment : null;
    }
}
