package dev.kadao.examples.supplier;

import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;

/**
 * What the supplier's codes and states mean; what is not listed here settles nothing. The reasons are ours, since its own
 * texts quote recipients.
 */
final class MagpieWords {
    private MagpieWords() {}

    /** The answer to an order that we sent. */
    static Answer toOrder(MagpieMessage message) throws Unreadable {
        String code = message.text("code");
        return switch (code) {
            case "0000" -> state(message);
            // "Codes 1xxx: refused before it was taken on." A definite no, of this order ...
            case "1003" -> new Answer.Declined(Scope.ORDER, "this account cannot be topped up (code 1003)");
            // ... or of the supplier: signature, product, balance, clock. The buyer can do nothing about these.
            case "1001", "1002", "1004", "1006" -> new Answer.Declined(Scope.SUPPLIER, "refused with code " + code);
            // No no: what it is a duplicate of is our own order, sent a moment ago.
            case "2001" -> new Answer.Unknown("the order number is known there already (code 2001)");
            default -> new Answer.Unknown("a code that settles nothing");
        };
    }

    /** The answer to a question. A refused question says nothing of the order, so 1xxx is no "declined" here. */
    static Answer toQuestion(MagpieMessage message) throws Unreadable {
        return switch (message.text("code")) {
            case "0000" -> state(message);
            case "2002" -> new Answer.NotFound();
            default -> new Answer.Unknown("a code that settles nothing");
        };
    }

    /** A notice. Its success carries no cards: then the order is asked about at once. */
    static Answer inNotice(MagpieMessage message) throws Unreadable {
        boolean withoutProof =
                message.text("state").equals("1") && message.text("serial").isBlank();
        return withoutProof ? new Answer.Accepted(message.text("order_no"), Duration.ofSeconds(1)) : state(message);
    }

    private static Answer state(MagpieMessage message) throws Unreadable {
        return switch (message.text("state")) {
            case "0" -> new Answer.Accepted(message.text("order_no"), null);
            case "1" -> new Answer.Delivered(proof(message), message.text("order_no"));
            case "2" -> new Answer.Declined(Scope.ORDER, "the top-up failed (state 2)");
            case "3" -> new Answer.Partial(count(message.text("done")), "only a part came (state 3)", message.cards());
            case "9" -> new Answer.Declined(Scope.SUPPLIER, "our balance there is too low (state 9)");
            // A state of tomorrow: it is asked about, and ends with a person if it stays.
            default -> new Answer.Unknown("a state that is not known");
        };
    }

    /** As it came, blank or too few: whether it proves anything is judged by Kadao, which knows what was ordered. */
    private static Proof proof(MagpieMessage message) throws Unreadable {
        return message.cards().isEmpty()
                ? new Proof.Receipt(message.text("serial"))
                : new Proof.SuppliedKeys(message.cards());
    }

    private static int count(String text) throws Unreadable {
        if (!text.matches("[0-9]{1,4}")) {
            throw new Unreadable("'done' is no count");
        }
        return Integer.parseInt(text);
    }
}
