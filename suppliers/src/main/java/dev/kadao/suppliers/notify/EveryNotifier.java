package dev.kadao.suppliers.notify;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.port.NotToldException;
import dev.kadao.port.Notifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells by several notifiers, see {@link Notifiers#all}. */
final class EveryNotifier implements Notifier {
    private static final int MOST_REMEMBERED = 10_000;

    /** What is settled between a message and one notifier. */
    private enum End {
        TOLD,
        NEVER
    }

    private final List<Notifier> notifiers;
    private final Suspects suspects = new Suspects();
    private final ReentrantLock lock = new ReentrantLock();
    /** By the reference of a message that is not told by all yet. */
    private final Map<String, Map<Integer, End>> unfinished = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Integer, End>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    EveryNotifier(List<Notifier> notifiers) {
        if (notifiers.isEmpty()) {
            throw new InvalidValueException("no notifier is given: nobody would ever be told");
        }
        this.notifiers = List.copyOf(notifiers);
    }

    @Override
    public void tell(OrderId order, Message.Kind kind, Optional<String> recipient, String reference) {
        Map<Integer, End> ends = recall(reference);
        List<NotToldException> failures = new ArrayList<>();
        List<NotToldException> nevers = new ArrayList<>();
        for (int i = 0; i < notifiers.size(); i++) {
            if (ends.containsKey(i)) {
                continue;
            }
            NotToldException failure = failureOf(i, order, kind, recipient, reference);
            if (failure == null) {
                ends.put(i, End.TOLD);
            } else if (failure.kind() == NotToldException.Kind.NEVER) {
                ends.put(i, End.NEVER);
                nevers.add(failure);
            } else {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            remember(reference, ends);
            // Never held against all of them: one that is broken must not stop the others.
            throw withParts(NotToldException.recipientFailed(reasons(failures)), failures);
        }
        forget(reference);
        if (!ends.containsValue(End.TOLD)) {
            throw withParts(NotToldException.never(reasons(nevers)), nevers);
        }
    }

    private static String reasons(List<NotToldException> parts) {
        return parts.stream().map(NotToldException::getMessage).collect(Collectors.joining("; "));
    }

    private static NotToldException withParts(NotToldException whole, List<NotToldException> parts) {
        parts.forEach(whole::addSuppressed);
        return whole;
    }

    private @Nullable NotToldException failureOf(
            int number, OrderId order, Message.Kind kind, Optional<String> recipient, String reference) {
        String name = Integer.toString(number);
        if (!suspects.mayBeCalled(name)) {
            return NotToldException.recipientFailed(
                    "notifier " + (number + 1) + " failed last time, and one other try of it is under way");
        }
        boolean works = false;
        try {
            notifiers.get(number).tell(order, kind, recipient, reference);
            works = true;
            return null;
        } catch (NotToldException e) {
            works = e.kind() != NotToldException.Kind.NOTIFIER;
            return e;
        } catch (RuntimeException e) {
            // Its message is left out: it is not ours, and may quote what must not be logged.
            return NotToldException.notifierFailed(
                    "notifier " + (number + 1) + " threw " + e.getClass().getSimpleName());
        } finally {
            suspects.ended(name, works);
        }
    }

    private Map<Integer, End> recall(String reference) {
        lock.lock();
        try {
            Map<Integer, End> ends = unfinished.get(reference);
            return ends == null ? new LinkedHashMap<>() : new LinkedHashMap<>(ends);
        } finally {
            lock.unlock();
        }
    }

    private void remember(String reference, Map<Integer, End> ends) {
        lock.lock();
        try {
            unfinished.remove(reference);
            unfinished.put(reference, ends);
        } finally {
            lock.unlock();
        }
    }

    private void forget(String reference) {
        lock.lock();
        try {
            unfinished.remove(reference);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "Notifiers.all" + notifiers;
    }
}
