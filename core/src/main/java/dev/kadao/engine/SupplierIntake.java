package dev.kadao.engine;

import dev.kadao.order.Dispatch;
import dev.kadao.order.DispatchId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in the notices of suppliers. Only what is stored is acknowledged. Never throws. */
final class SupplierIntake {
    private static final Logger LOG = LoggerFactory.getLogger(SupplierIntake.class);
    private static final NoticeReply UNKNOWN_REFERENCE = NoticeReply.text(404, "unknown reference");

    private final Ports ports;
    private final Lanes lanes;
    private final Steps steps;
    private final Seldom seldom;

    SupplierIntake(Ports ports, Lanes lanes, Steps steps, Seldom seldom) {
        this.ports = ports;
        this.lanes = lanes;
        this.steps = steps;
        this.seldom = seldom;
    }

    NoticeReply receive(String name, InboundNotice notice) {
        Ports.Supplier supplier = ports.supplier(name);
        if (supplier == null || !(supplier.port() instanceof NotifyingDispatcher notifying)) {
            return NoticeReply.text(404, "unknown supplier");
        }
        SupplierReading reading;
        try {
            reading = read(notifying, notice);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            if (seldom.allows("reading supplier " + name, Duration.ofMinutes(1))) {
                LOG.warn(
                        "supplier '{}' threw while reading a notice, it is not acknowledged: {}",
                        name,
                        Thrown.named(e));
            }
            return NoticeReply.text(500, "not read");
        }
        if (reading instanceof SupplierReading.Forged lie) {
            if (seldom.allows("forged supplier " + name, Duration.ofMinutes(1))) {
                LOG.warn("a notice of supplier '{}' was not believed: {}", name, SupplierTexts.reason(lie.reason()));
            }
            return lie.reply();
        }
        SupplierReading.Genuine genuine = (SupplierReading.Genuine) reading;
        NoticeReply reply = lanes.admitted(() -> genuine(supplier, genuine));
        return reply == null ? genuine.whenNot() : reply;
    }

    /** What it says, as far as a notice can say so. */
    private static SupplierReading read(NotifyingDispatcher supplier, InboundNotice notice) {
        SupplierReading reading = Objects.requireNonNull(supplier.read(notice), "read(..) answered null");
        return reading instanceof SupplierReading.Genuine genuine
                ? new SupplierReading.Genuine(
                        genuine.reference(),
                        SupplierCalls.inNotice(genuine.answer()),
                        genuine.whenStored(),
                        genuine.whenNot())
                : reading;
    }

    private NoticeReply genuine(Ports.Supplier supplier, SupplierReading.Genuine genuine) {
        DispatchId reference;
        try {
            reference = DispatchId.parse(genuine.reference());
        } catch (InvalidValueException noneOfOurs) {
            return UNKNOWN_REFERENCE;
        }
        int line = reference.order().line();
        AtomicBoolean ofOther = new AtomicBoolean();
        StepEnd end = steps.step(
                reference.order().checkout(),
                (held, now) -> {
                    Dispatch dispatch = dispatch(held, line, reference.number());
                    ofOther.set(dispatch != null && !dispatch.supplier().equals(supplier.name()));
                    if (dispatch == null || ofOther.get()) {
                        return Optional.empty();
                    }
                    return SupplierCalls.said(held, now, line, reference.number(), 0, genuine.answer());
                },
                Rule.PLAIN);
        if (end instanceof StepEnd.Written) {
            // A repetition of it is no news of the supplier.
            supplier.standstill().told(genuine.answer());
        }
        if (end instanceof StepEnd.Written || end instanceof StepEnd.Unchanged) {
            return genuine.whenStored();
        }
        if (end instanceof StepEnd.Missing) {
            return UNKNOWN_REFERENCE;
        }
        if (end instanceof StepEnd.NotWanted) {
            return ofOther.get() ? NoticeReply.text(403, "not this supplier's reference") : UNKNOWN_REFERENCE;
        }
        return genuine.whenNot();
    }

    private static @Nullable Dispatch dispatch(Held held, int line, int number) {
        return held.hasLine(line) ? held.checkout().order(line).dispatch(number) : null;
    }
}
