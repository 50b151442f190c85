package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Bytes;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Finds the payment that a genuine notice speaks of and records what it says, in one commit with the notice row. */
final class NoticeMatching {
    private static final String GATEWAY = "gateway:";
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
            Bytes encoded = Codec.encodeWord(word);
            String source = GATEWAY + gateway;
            String key = Ids.sha256(source, reference, encoded.asUtf8());
            String cut = reference.length() > MOST_REFERENCE ? reference.substring(0, MOST_REFERENCE) : reference;
            return new NoticeWrite(key, source, cut, encoded, raw, state, due);
        }
    }

    /** What became of a notice. */
    sealed interface Match {}

    /** @param written whether its row was written with it; else what it says was known already */
    record Applied(boolean written) implements Match {}

    /** It names no payment that was opened at that gateway. */
    record Orphan() implements Match {}

    /** The gateway's notices are not enough: the payment must be asked about. */
    record MustAsk(Held held, int payment) implements Match {}

    record Failed(String reason) implements Match {}

    Match match(Genuine notice) {
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
                    if (!opened.gatewayTerms().noticeIsEnough()
                            && notice.word() instanceof PaymentWord.Paid paid
                            && opened.receipt(paid.tradeNumber()) == null) {
                        mustAsk.set(new MustAsk(held, number));
                        return Optional.empty();
                    }
                    NoticeWrite row = notice.row(StoredNotice.State.APPLIED, null);
                    Event said = new Event.MoneySaid(now, number, notice.word(), true);
                    return Optional.of(new Change(said, held.personal(), row));
                },
                Rule.PLAIN);
        return judged(end, mustAsk.get());
    }

    private static Match judged(StepEnd end, @Nullable MustAsk mustAsk) {
        if (end instanceof StepEnd.Written || end instanceof StepEnd.Unchanged) {
            return new Applied(end instanceof StepEnd.Written);
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

    private static @Nullable Payment opened(Held held, int number, String gateway) {
        if (number > held.checkout().payments().size()) {
            return null;
        }
        Payment payment = held.checkout().payment(number);
        return payment.gateway().equals(gateway) ? payment : null;
    }
}
