package dev.kadao.lifecycle;

import dev.kadao.order.Case;
import dev.kadao.order.Entry;
import dev.kadao.order.Order;
import dev.kadao.order.Questions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions that the shop's support was asked about an order: whatever is safe is done at once, and a person gets those
 * that facts alone do not answer. Bounded, so that nobody fills the journal by asking.
 */
final class QuestionPart {
    private QuestionPart() {}

    static void react(Draft draft, Event event, int line) {
        if (event instanceof Event.Questioned asked && asked.line() == line) {
            asked(draft, draft.order(line), asked);
        }
    }

    private static void asked(Draft draft, Order order, Event.Questioned asked) {
        List<String> did = asked.nudges() ? new ArrayList<>(BuyerPart.nudge(draft, order, true)) : new ArrayList<>();
        Questions known = order.questions();
        if (asked.person() != Event.Questioned.Person.NOT_NEEDED) {
            handOver(draft, order, asked, did);
        }
        if (known == null || known.asked() < Questions.MOST) {
            boolean settled = asked.person() == Event.Questioned.Person.NOT_NEEDED && !did.contains("opened-case");
            draft.add(new Entry.QuestionAsked(order.line(), asked.intent(), settled));
        }
    }

    private static void handOver(Draft draft, Order order, Event.Questioned asked, List<String> did) {
        Questions known = order.questions();
        Case open = openCase(draft, order, asked.person());
        boolean room = known == null || known.handedOver() < Questions.MOST_HANDED_OVER;
        if (open != null && !room) {
            return;
        }
        String fact = asked.fact() + (did.isEmpty() ? "" : "; done at once: " + String.join(", ", did));
        Case.Evidence evidence = new Case.Evidence(fact, room ? asked.question() : null);
        if (open == null) {
            draft.openCase(Case.Kind.OTHER, order.id().toString(), order.line(), null, evidence);
        } else if (!open.evidence().contains(evidence)) {
            draft.add(new Entry.CaseExtended(open.number(), evidence));
            draft.hurry(Parts.of(open));
        }
    }

    /** The open case in which a person reads the question; null if one is to be opened. */
    private static @Nullable Case openCase(Draft draft, Order order, Event.Questioned.Person person) {
        Case own = draft.checkout().openCase(Case.Kind.OTHER, order.id().toString());
        if (own != null || person == Event.Questioned.Person.ANYWAY) {
            return own;
        }
        return draft.checkout().cases().stream()
                .filter(Case::isOpen)
                .filter(open -> open.line() != null && open.line() == order.line())
                .findFirst()
                .orElse(null);
    }
}
