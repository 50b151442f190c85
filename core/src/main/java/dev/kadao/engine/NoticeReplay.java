package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Bytes;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Personal;
import dev.kadao.order.Receipt;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import dev.kadao.port.StoredNotice.State;
import java.util.List;
import java.util.Optional;

/** Reads a stored notice again, by its gateway's reader as it is now, and does what it says now. */
final class NoticeReplay {
    private final Ports ports;
    private final Steps steps;
    private final Committer committer;
    private final NoticeMatching matching;
    private final DueNotices notices;
    private final Asking asking;

    NoticeReplay(
            Ports ports, Steps steps, Committer committer, NoticeMatching matching, DueNotices notices, Asking asking) {
        this.ports = ports;
        this.steps = steps;
        this.committer = committer;
        this.matching = matching;
        this.notices = notices;
        this.asking = asking;
    }

    /** The notice by which a receipt was first known. */
    Optional<StoredNotice> noticeOf(PaymentId id, String tradeNumber) {
        Held held = steps.read(id.checkout());
        if (held == null || id.number() > held.checkout().payments().size()) {
            return Optional.empty();
        }
        Payment payment = held.checkout().payment(id.number());
        Receipt receipt = payment.receipt(tradeNumber);
        if (receipt == null) {
            return Optional.empty();
        }
        PaymentWord word = new PaymentWord.Paid(tradeNumber, receipt.amount());
        String key = new NoticeMatching.Genuine(payment.gateway(), id.toString(), word, Bytes.EMPTY).key();
        return notices.find(key, List.of(State.APPLIED));
    }

    Replay replay(String key, String actor, String reason) {
        Optional<StoredNotice> found = notices.find(key, List.of(State.values()));
        if (found.isEmpty()) {
            return new Replay.NotRead(new Outcome.NotFound("there is no stored notice of that key"));
        }
        StoredNotice stored = found.get();
        String name = stored.source().substring(NoticeMatching.GATEWAY.length());
        Ports.Gateway gateway = ports.gateway(name);
        if (gateway == null) {
            return refused("gateway '" + name + "' is not configured, so nobody can read its notice");
        }
        Optional<InboundNotice> inbound = Codec.decodeInbound(stored.raw(), stored.receivedAt());
        if (inbound.isEmpty()) {
            return refused("the notice was not kept as it came: it is a line of a statement (reconcile that again), was"
                    + " too large, or was erased after its time");
        }
        NoticeReading reading;
        try {
            reading = gateway.port().read(inbound.get());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return refused("gateway '" + name + "' threw while reading the notice: "
                    + e.getClass().getSimpleName());
        }
        if (reading instanceof NoticeReading.Forged lie) {
            return refused("read again, the notice is not believed: " + lie.reason());
        }
        return reading instanceof NoticeReading.Genuine genuine && isFinal(genuine.word())
                ? matched(stored, name, genuine, actor, reason)
                : refused("read again, the notice says nothing final of a payment");
    }

    private static boolean isFinal(PaymentWord word) {
        return word instanceof PaymentWord.Paid
                || word instanceof PaymentWord.MovedBack
                || word instanceof PaymentWord.Closed;
    }

    private Replay matched(
            StoredNotice stored, String gateway, NoticeReading.Genuine genuine, String actor, String reason) {
        PaymentWord was = Codec.decodeWord(stored.word());
        NoticeMatching.Genuine said =
                new NoticeMatching.Genuine(gateway, genuine.payment(), genuine.word(), stored.raw());
        NoticeMatching.Match match = matching.match(said, false, (held, now, payment, row) -> {
            Personal personal = held.personal();
            Event event = new Event.NoticeReadAnew(now, payment, was, genuine.word(), actor, personal.commitTo(reason));
            return new Change(event, Change.remembering(personal, reason), row);
        });
        if (match instanceof NoticeMatching.Applied applied) {
            settle(stored, said.key());
            return read(said, applied.written());
        }
        if (match instanceof NoticeMatching.MustAsk mustAsk) {
            return confirmed(stored, said, mustAsk);
        }
        if (match instanceof NoticeMatching.Orphan) {
            return orphan(stored, said);
        }
        return busy("the notice cannot be applied right now: " + ((NoticeMatching.Failed) match).reason());
    }

    private Replay confirmed(StoredNotice stored, NoticeMatching.Genuine said, NoticeMatching.MustAsk mustAsk) {
        PaymentWord word = asking.aboutPayment(mustAsk.held(), mustAsk.payment());
        if (!word.equals(said.word())) {
            return busy("the gateway was asked and did not confirm what the notice says");
        }
        settle(stored, said.key());
        return read(said, true);
    }

    /** What it was taken to say before is no longer looked after. */
    private void settle(StoredNotice stored, String key) {
        if (stored.state() != State.APPLIED) {
            boolean same = stored.key().equals(key);
            committer.write(DueNotices.row(stored, same ? State.APPLIED : State.ORPHAN_CLOSED, null));
        }
    }

    private Replay read(NoticeMatching.Genuine said, boolean changed) {
        Held held = steps.read(PaymentId.parse(said.reference()).checkout());
        return new Replay.Read(held == null ? null : held.snapshot(steps.now()), changed);
    }

    private Replay orphan(StoredNotice stored, NoticeMatching.Genuine said) {
        NoticeWrite row = said.row(State.ORPHAN, steps.now());
        boolean known = stored.key().equals(row.key()) || notices.isKnownOrphan(row.key());
        if (!known && !committer.write(row)) {
            return busy("the notice cannot be stored right now");
        }
        if (!stored.key().equals(row.key())) {
            settle(stored, row.key());
        }
        return new Replay.Read(null, !known);
    }

    private static Replay refused(String sentence) {
        return new Replay.NotRead(new Outcome.Refused(Outcome.Why.BAD_INPUT, sentence));
    }

    private static Replay busy(String sentence) {
        return new Replay.NotRead(new Outcome.Busy(sentence + ". Ask again"));
    }
}
