package dev.kadao.testkit;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.port.Notifier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A notifier that keeps what it was told, and fails as often as a test wants. Thread-safe. */
public final class RecordingNotifier implements Notifier {
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** A notifier that was told nothing yet and does not fail. */
    public RecordingNotifier() {}

    /** One message as it came. */
    public record Told(OrderId order, Message.Kind kind, Optional<String> recipient, String reference) {
        @Override
        public String toString() {
            return "Told(" + order + ", " + kind + ", " + reference + ")";
        }
    }

    /** Makes so many of the next messages fail before they are told. */
    public void failNext(int times) {
        failures.addAndGet(times);
    }

    /** What was told, in order; a message that was told twice is here twice. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    @Override
    public void tell(OrderId order, Message.Kind kind, Optional<String> recipient, String reference) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("fault injected on purpose: message " + reference + " is not told");
        }
        told.add(new Told(order, kind, recipient, reference));
    }
}
