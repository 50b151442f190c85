package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.lifecycle.Effect;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the notices of gateways. Money is recorded first: what cannot be applied to its checkout now is stored as a
 * row of its own, and only what is stored is acknowledged. Never throws.
 */
final class NoticeIntake {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeIntake.class);
    private static final Duration FIRST_GAP = Duration.ofMinutes(1);
    private static final int MOST_REASON = 200;

    private final Ports ports;
    private final Lanes lanes;
    private final Steps steps;
    private final Committer committer;
    private final NoticeMatching matching;
    private final DueNotices notices;
    private final GatewayCalls calls;
    private final Flights flights;
    private final Clockwork clockwork;
    private final EngineSettings settings;
    private final HourlyCap unapplied;
    private final Seldom seldom;
    private final AtomicLong forged = new AtomicLong();
    private final Map<String, Long> forgedOf = new ConcurrentHashMap<>();

    NoticeIntake(
            Ports ports,
            Lanes lanes,
            Steps steps,
            Committer committer,
            NoticeMatching matching,
            DueNotices notices,
            GatewayCalls calls,
            Flights flights,
            Clockwork clockwork,
            EngineSettings settings,
            Seldom seldom) {
        this.ports = ports;
        this.lanes = lanes;
        this.steps = steps;
        this.committer = committer;
        this.matching = matching;
        this.notices = notices;
        this.calls = calls;
        this.flights = flights;
        this.clockwork = clockwork;
        this.settings = settings;
        this.unapplied = new HourlyCap(clockwork::nanos);
        this.seldom = seldom;
    }

    /** How many notices were not believed. */
    long forged() {
        return forged.get();
    }

    /** The same by gateway. */
    Map<String, Long> forgedByGateway() {
        return Map.copyOf(forgedOf);
    }

    NoticeReply receive(String name, InboundNotice notice) {
        Ports.Gateway gateway = ports.gateway(name);
        if (gateway == null) {
            return NoticeReply.text(404, "unknown gateway");
        }
        NoticeReading reading;
        try {
            reading = Objects.requireNonNull(gateway.port().read(notice), "read(..) answered null");
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (seldom.allows("reading " + name, Duration.ofMinutes(1))) {
                LOG.warn(
                        "gateway '{}' threw while reading a notice, it is not acknowledged: {}", name, Thrown.named(e));
            }
            return NoticeReply.text(500, "not read");
        }
        if (reading instanceof NoticeReading.Irrelevant irrelevant) {
            return irrelevant.reply();
        }
        if (reading instanceof NoticeReading.Forged lie) {
            return forged(name, lie);
        }
        return genuine(gateway, (NoticeReading.Genuine) reading, notice);
    }

    private NoticeReply forged(String name, NoticeReading.Forged lie) {
        long count = forged.incrementAndGet();
        forgedOf.merge(name, 1L, Long::sum);
        if (seldom.allows("forged " + name, Duration.ofMinutes(1))) {
            LOG.warn("a notice to gateway '{}' was not believed: {} ({} since start)", name, oneLine(lie), count);
        }
        return lie.reply();
    }

    /** A reason is the adapter's own words; should a stranger's slip in, they make no log lines of their own. */
    private static String oneLine(NoticeReading.Forged lie) {
        String line = lie.reason().replaceAll("\\p{Cntrl}", " ");
        return line.length() > MOST_REASON ? line.substring(0, MOST_REASON) + "…" : line;
    }

    private NoticeReply genuine(Ports.Gateway gateway, NoticeReading.Genuine reading, InboundNotice notice) {
        PaymentWord word = reading.word();
        if (word instanceof PaymentWord.Pending
                || word instanceof PaymentWord.NotFound
                || word instanceof PaymentWord.Unknown) {
            // Only a final word consumes a notice: the payment is asked about on its own schedule anyway.
            return reading.whenStored();
        }
        NoticeMatching.Genuine genuine =
                new NoticeMatching.Genuine(gateway.name(), reading.payment(), word, Codec.encodeInbound(notice));
        try {
            AtomicReference<NoticeMatching.@Nullable MustAsk> mustAsk = new AtomicReference<>();
            Boolean stored = lanes.admitted(() -> stored(genuine, mustAsk));
            NoticeMatching.MustAsk question = mustAsk.get();
            // Waited for outside of the intake: one slow gateway must not keep everybody else waiting.
            boolean done = question == null ? stored != null && stored : confirmed(question, genuine.word());
            return done ? reading.whenStored() : reading.whenNot();
        } catch (RuntimeException e) {
            if (seldom.allows("intake " + gateway.name(), Duration.ofMinutes(1))) {
                LOG.error(
                        "a notice of gateway '{}' could not be stored, it is not acknowledged: {}",
                        gateway.name(),
                        Thrown.named(e));
            }
            return reading.whenNot();
        }
    }

    private boolean stored(NoticeMatching.Genuine notice, AtomicReference<NoticeMatching.@Nullable MustAsk> toAsk) {
        NoticeMatching.Match match = matching.match(notice);
        if (match instanceof NoticeMatching.Applied) {
            return true;
        }
        if (match instanceof NoticeMatching.MustAsk mustAsk) {
            toAsk.set(mustAsk);
            return false;
        }
        if (match instanceof NoticeMatching.Orphan) {
            NoticeWrite row = notice.row(StoredNotice.State.ORPHAN, steps.now().plus(FIRST_GAP));
            return notices.isKnownOrphan(row.key()) || committer.write(row);
        }
        return storedUnapplied(notice, ((NoticeMatching.Failed) match).reason());
    }

    private boolean storedUnapplied(NoticeMatching.Genuine notice, String reason) {
        NoticeWrite row = notice.row(StoredNotice.State.UNAPPLIED, steps.now());
        if (notices.isKnownUnapplied(row.key())) {
            return true;
        }
        if (!unapplied.admits(notice.gateway())) {
            if (seldom.allows("cap " + notice.gateway(), Duration.ofHours(1))) {
                LOG.error(
                        "over {} notices of gateway '{}' could not be applied within the hour: further ones are not"
                                + " acknowledged. The last reason: {}",
                        HourlyCap.MOST,
                        notice.gateway(),
                        reason);
            }
            return false;
        }
        return committer.write(row);
    }

    /** Asks the gateway, and acknowledges only what its answer left nothing new of. */
    private boolean confirmed(NoticeMatching.MustAsk mustAsk, PaymentWord word) {
        Effect.QueryPayment query = new Effect.QueryPayment(mustAsk.payment());
        Held held = mustAsk.held();
        if (flights.begin(held.id(), query.part())) {
            calls.query(held, query);
        }
        clockwork.await(
                flights.landing(held.id(), query.part()), settings.callLimit().plus(settings.sendWindow()));
        Held after = steps.read(held.id());
        return after != null && NoticeMatching.isKnown(after, mustAsk.payment(), word, steps.now());
    }
}
