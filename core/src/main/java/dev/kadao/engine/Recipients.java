package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.OrderId;
import dev.kadao.port.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Recipients: asked about before placing, confirmed and corrected by buyers. */
final class Recipients {
    private final Steps steps;
    private final People people;
    private final RecipientAsking asking;

    Recipients(Steps steps, People people, RecipientAsking asking) {
        this.steps = steps;
        this.people = people;
        this.asking = asking;
    }

    boolean asks() {
        return asking.asks();
    }

    /** What is wrong with the recipients of a placing, as somebody outside says. Called outside of the intake. */
    List<String> complaints(Placement request) {
        List<Optional<String>> said = asking.complaints(request.lines().stream()
                .map(line -> new RecipientAsking.Question(line.sku(), line.recipient()))
                .toList());
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            String order = "the recipient of order " + (i + 1) + ": ";
            said.get(i).ifPresent(complaint -> sentences.add(order + complaint));
        }
        return sentences;
    }

    /**
     * Why a correction is not to be written, by its form or as somebody outside says; null if nothing speaks against it.
     * Called outside of the intake.
     */
    @Nullable
    Outcome complaint(OrderId id, String recipient, BiFunction<String, String, Optional<String>> form) {
        Held held;
        try {
            held = steps.read(id.checkout());
        } catch (StoreException e) {
            return new Outcome.Busy(id + " cannot be changed right now: the store failed. Ask again");
        }
        if (held == null || !held.hasLine(id.line())) {
            return null;
        }
        String sku = held.checkout().order(id.line()).sku();
        Optional<String> complaint = form.apply(sku, recipient);
        if (complaint.isEmpty() && asking.asks() && wouldWrite(held, id, recipient)) {
            complaint = asking.complaints(List.of(new RecipientAsking.Question(sku, recipient)))
                    .get(0)
                    .map(sentence -> ": " + sentence);
        }
        return complaint.isEmpty()
                ? null
                : new Outcome.Refused(Outcome.Why.BAD_INPUT, "the new recipient of order " + id + complaint.get());
    }

    private boolean wouldWrite(Held held, OrderId id, String recipient) {
        Event event = corrected(held, steps.now(), id, recipient);
        return Lifecycle.decide(held.checkout(), event) instanceof Verdict.Moved;
    }

    private static Event corrected(Held held, Instant now, OrderId id, String recipient) {
        return new Event.RecipientCorrected(now, id.line(), held.personal().commitTo(recipient));
    }

    Outcome correct(OrderId id, String recipient) {
        Change.Intention intention = (held, now) -> held.hasLine(id.line())
                ? Optional.of(new Change(
                        corrected(held, now, id, recipient), Change.remembering(held.personal(), recipient), null))
                : Optional.empty();
        return people.outcome(id.toString(), steps.step(id.checkout(), intention, Rule.PLAIN));
    }

    Outcome confirm(OrderId id, String recipient) {
        Change.Intention intention = (held, now) -> held.hasLine(id.line())
                ? Change.of(
                        held,
                        new Event.RecipientConfirmed(
                                now, id.line(), held.personal().commitTo(recipient)))
                : Optional.empty();
        return people.outcome(id.toString(), steps.step(id.checkout(), intention, Rule.PLAIN));
    }
}
