package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.Answer;
import dev.kadao.ComplaintResult;
import dev.kadao.Fulfillment;
import dev.kadao.PaymentResult;
import dev.kadao.PlaceRequest;
import dev.kadao.PlaceResult;
import dev.kadao.RevealResult;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Quoted;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The buyers' side of the shop over the library. Ids come as they were sent and may be no ids at all; an unknown id is
 * answered before a token or a body is looked at.
 */
final class BuyerCalls {
    // Stands in for the price of a SKU that is not sold: the amount is compared with nothing, the SKU is refused.
    private static final Money NO_PRICE = new Money(1, Currency.CNY);

    private final Fulfillment library;
    private final Catalogue catalogue;
    private final OrderView view;

    BuyerCalls(Fulfillment library, Catalogue catalogue) {
        this.library = library;
        this.catalogue = catalogue;
        this.view = new OrderView(library);
    }

    Response place(PlaceCheckout wanted) {
        PlaceResult result = library.place(request(wanted));
        if (result instanceof PlaceResult.Placed placed) {
            Optional<Secret> made = Optional.ofNullable(placed.pickupToken());
            return placed(201, placed.snapshot(), made.or(wanted::pickupToken));
        }
        if (result instanceof PlaceResult.Same same) {
            return placed(200, same.snapshot(), wanted.pickupToken());
        }
        if (result instanceof PlaceResult.Conflict conflict) {
            throw Problem.conflict(conflict.sentence());
        }
        if (result instanceof PlaceResult.Invalid invalid) {
            throw Problem.badRequest(String.join(" ", invalid.sentences()));
        }
        if (result instanceof PlaceResult.RefusedByRisk refused) {
            throw new Problem(429, refused.sentence());
        }
        if (result instanceof PlaceResult.NoneToReserve none) {
            throw Problem.conflict(none.sentence());
        }
        throw new Problem(503, ((PlaceResult.Busy) result).sentence());
    }

    private PlaceRequest request(PlaceCheckout wanted) {
        List<PlaceRequest.Line> lines = new ArrayList<>();
        for (PlaceCheckout.Line line : wanted.orders()) {
            lines.add(new PlaceRequest.Line(line.sku(), line.quantity(), line.recipient(), price(line)));
        }
        PlaceRequest.Buyer buyer = new PlaceRequest.Buyer(
                wanted.buyer().account().orElse(null), wanted.buyer().ip());
        return new PlaceRequest(
                wanted.id().orElse(null),
                wanted.gateway(),
                lines,
                buyer,
                wanted.pickupToken().orElse(null));
    }

    private Money price(PlaceCheckout.Line line) {
        try {
            return catalogue.price(line.sku(), line.quantity()).orElse(NO_PRICE);
        } catch (ArithmeticException e) {
            throw Problem.badRequest("The price of " + line.quantity() + " " + Quoted.of(line.sku())
                    + " is more money than can be counted; order less.");
        }
    }

    private static Response placed(int status, Snapshot snapshot, Optional<Secret> token) {
        Checkout checkout = snapshot.checkout();
        ObjectNode answer = StrictJson.object();
        answer.put("checkout", checkout.id().value());
        ArrayNode orders = answer.putArray("orders");
        for (Order order : checkout.orders()) {
            ObjectNode json = orders.addObject();
            json.put("id", order.id().toString());
            json.put("stage", order.stage().name());
            if (order.route().reserving() != null) {
                json.set("reservation", OrderView.reservation(order, snapshot));
            }
        }
        token.ifPresent(secret -> answer.put("pickupToken", secret.expose()));
        answer.set("payment", PaymentView.opened(checkout.payment(1)));
        return Response.json(status, answer);
    }

    Response openPayment(String checkout, Caller caller, Unread<OpenPayment> request) {
        Snapshot snapshot = checkoutId(checkout)
                .flatMap(library::checkout)
                .orElseThrow(() -> Problem.notFound("There is no checkout " + Quoted.of(checkout) + "."));
        checkIsBuyer(snapshot, caller);
        PaymentResult result =
                library.openPayment(snapshot.checkout().id(), request.read().gateway());
        if (result instanceof PaymentResult.Opened opened) {
            ObjectNode answer = StrictJson.object();
            answer.set("payment", PaymentView.opened(opened.payment()));
            return Response.json(201, answer);
        }
        throw Refusals.of(((PaymentResult.NotOpened) result).why());
    }

    Response order(String id, Caller caller) {
        Found found = find(id);
        ObjectNode json = view.whole(found.order, found.snapshot, seesAll(found.snapshot, caller), caller.language());
        return Response.json(
                200,
                caller.isAdmin() ? OrderView.withDeskPart(json, found.snapshot.checkout(), found.order.line()) : json);
    }

    Response diagnosis(String id, Caller caller) {
        Found found = find(id);
        seesAll(found.snapshot, caller);
        return Response.json(200, view.diagnosis(found.order, found.snapshot, caller.language()));
    }

    Response reveal(String id, Caller caller) {
        Found found = find(id);
        checkIsBuyer(found.snapshot, caller);
        RevealResult result = library.reveal(found.order, caller.origin());
        if (result instanceof RevealResult.Shown shown) {
            ObjectNode answer = StrictJson.object();
            ArrayNode keys = answer.putArray("keys");
            shown.keys().forEach(key -> keys.add(key.expose()));
            return Response.json(200, answer);
        }
        RevealResult.NotShown hidden = (RevealResult.NotShown) result;
        if (hidden.receipt() != null) {
            throw Problem.conflict("The order " + found.order
                    + " is a top-up and has no keys to show; the receipt of its supplier: " + hidden.receipt());
        }
        throw Refusals.of(hidden.why());
    }

    /** Confirms, complains or disputes. */
    Response act(String id, Caller caller, Unread<BuyerAct> unread) {
        Found found = find(id);
        checkIsBuyer(found.snapshot, caller);
        BuyerAct act = unread.read();
        return switch (act.kind()) {
            case CONFIRM -> changed(found.order, library.confirm(found.order), caller);
            case DISPUTE ->
                changed(found.order, library.dispute(found.order, act.reason().orElseThrow()), caller);
            case COMPLAIN -> heard(found.order, library.complain(found.order), caller);
        };
    }

    Response review(String id, Caller caller, Unread<GiveReview> unread) {
        Found found = find(id);
        checkIsBuyer(found.snapshot, caller);
        GiveReview review = unread.read();
        return changed(found.order, library.review(found.order, review.stars(), review.text()), caller);
    }

    private Response changed(OrderId order, Answer answer, Caller caller) {
        if (answer instanceof Answer.Done done) {
            return Response.json(200, view.whole(order, done.snapshot(), true, caller.language()));
        }
        throw Refusals.of(answer);
    }

    private Response heard(OrderId order, ComplaintResult result, Caller caller) {
        if (result instanceof ComplaintResult.Heard heard) {
            ObjectNode answer = StrictJson.object();
            answer.set("diagnosis", view.diagnosis(order, heard.snapshot(), caller.language()));
            ArrayNode did = answer.putArray("did");
            heard.did().forEach(did::add);
            return Response.json(200, answer);
        }
        throw Refusals.of(((ComplaintResult.NotHeard) result).why());
    }

    private record Found(OrderId order, Snapshot snapshot) {}

    private Found find(String text) {
        return orderId(text)
                .flatMap(id -> library.checkout(id.checkout())
                        .filter(snapshot ->
                                id.line() <= snapshot.checkout().orders().size())
                        .map(snapshot -> new Found(id, snapshot)))
                .orElseThrow(() -> Problem.notFound("There is no order " + Quoted.of(text) + "."));
    }

    private static Optional<OrderId> orderId(String text) {
        try {
            return Optional.of(OrderId.parse(text));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static Optional<CheckoutId> checkoutId(String text) {
        try {
            return Optional.of(new CheckoutId(text));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Whether recipient and payments are shown: to the buyer and the desk, not without a token. */
    private boolean seesAll(Snapshot snapshot, Caller caller) {
        if (caller.token().isEmpty()) {
            return false;
        }
        if (caller.isAdmin() || library.isPickupToken(snapshot, caller.token().get())) {
            return true;
        }
        throw wrongToken(snapshot);
    }

    private void checkIsBuyer(Snapshot snapshot, Caller caller) {
        Secret token = caller.token()
                .orElseThrow(() -> Problem.tokenNeeded("This is a call of the buyer; send the pick-up token of "
                        + snapshot.checkout().id() + " as 'Authorization: Bearer …'."));
        if (!library.isPickupToken(snapshot, token)) {
            throw wrongToken(snapshot);
        }
    }

    private static Problem wrongToken(Snapshot snapshot) {
        return Problem.forbidden(
                "The token is not the pick-up token of " + snapshot.checkout().id() + ".");
    }
}
