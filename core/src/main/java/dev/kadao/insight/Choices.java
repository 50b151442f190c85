package dev.kadao.insight;

import dev.kadao.insight.Diagnosis.Choice;
import dev.kadao.insight.Diagnosis.Verdict;
import dev.kadao.order.Checkout;
import dev.kadao.order.Order;
import dev.kadao.order.Receipt;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the buyer of an order can do, as the library would let them. */
final class Choices {
    private Choices() {}

    static List<Choice> of(Checkout checkout, Order order, Verdict verdict, @Nullable NextEvent next) {
        List<Choice> choices = new ArrayList<>();
        switch (verdict) {
            case NOT_PAID -> unpaid(next, choices);
            case ON_TIME -> choices.addAll(List.of(Choice.WAIT, Choice.COMPLAIN));
            case LATE -> choices.addAll(List.of(Choice.WAIT, Choice.COMPLAIN, Choice.CONTACT_SUPPORT));
            case STUCK -> choices.addAll(List.of(Choice.COMPLAIN, Choice.CONTACT_SUPPORT));
            case WITH_PERSON -> withPerson(checkout, order, choices);
            case DELIVERED -> delivered(checkout, order, choices);
            case COMPLETED -> completed(order, next, choices);
            case REFUNDING -> choices.addAll(List.of(Choice.WAIT, Choice.COMPLAIN));
            case CLOSED, REFUNDED -> choices.add(Choice.CONTACT_SUPPORT);
        }
        if (isCorrectable(order)) {
            choices.add(Choice.CORRECT_RECIPIENT);
        }
        return List.copyOf(choices);
    }

    /** Who may have paid already is not asked to pay again. */
    private static void unpaid(@Nullable NextEvent next, List<Choice> choices) {
        boolean isBeingAsked = next != null && next.what() == NextEvent.What.CLOSES;
        choices.addAll(isBeingAsked ? List.of(Choice.WAIT, Choice.CONTACT_SUPPORT) : List.of(Choice.PAY));
    }

    private static void withPerson(Checkout checkout, Order order, List<Choice> choices) {
        choices.add(Choice.WAIT);
        boolean tooLittle = checkout.payments().stream()
                .flatMap(payment -> payment.receipts().stream())
                .allMatch(receipt -> receipt.verdict() == Receipt.Verdict.SHORT);
        boolean onHold = order.stage() == Stage.ON_HOLD;
        if (onHold && tooLittle) {
            choices.add(Choice.PAY);
        }
        choices.add(Choice.CONTACT_SUPPORT);
    }

    private static void delivered(Checkout checkout, Order order, List<Choice> choices) {
        if (order.route().givesKeys()) {
            choices.add(Choice.COLLECT);
        }
        choices.addAll(List.of(Choice.CONFIRM, Choice.DISPUTE));
        if (checkout.isUnseen(order)) {
            // What did not arrive so often does not arrive the next time either: a person finds out why.
            choices.add(checkout.resendsLeft(order) > 0 ? Choice.RESEND_MESSAGE : Choice.CONTACT_SUPPORT);
        }
    }

    private static void completed(Order order, @Nullable NextEvent next, List<Choice> choices) {
        if (order.route().givesKeys()) {
            choices.add(Choice.COLLECT);
        }
        choices.add(next == null ? Choice.DISPUTE : Choice.CONTACT_SUPPORT);
    }

    /** Whether nothing has gone to the account that is topped up, and nothing may be on its way there. */
    private static boolean isCorrectable(Order order) {
        return order.route().kind() == Route.Kind.TOP_UP && order.isUnsent();
    }
}
