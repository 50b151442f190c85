package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.Fulfillment;
import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.NextEvent;
import dev.kadao.insight.Texts;
import dev.kadao.insight.Timeline;
import dev.kadao.insight.Track;
import dev.kadao.order.Checkout;
import dev.kadao.order.Compensation;
import dev.kadao.order.Hold;
import dev.kadao.order.Keys;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Proposal;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An order as JSON. */
final class OrderView {
    private static final Texts TEXTS = Texts.standard();

    private final Fulfillment library;

    OrderView(Fulfillment library) {
        this.library = library;
    }

    /** With its timeline. */
    ObjectNode whole(OrderId id, Snapshot snapshot, boolean seesAll, Language language) {
        ObjectNode json = listed(snapshot.checkout().order(id.line()), snapshot, seesAll, language);
        Timeline timeline = library.timeline(id).orElseGet(() -> new Timeline(List.of()));
        ArrayNode nodes = json.putArray("timeline");
        timeline.nodes()
                .forEach(node -> nodes.addObject()
                        .put("at", node.at().toString())
                        .put("node", node.kind().word())
                        .put("text", TEXTS.node(node.kind(), language.locale())));
        ArrayNode track = json.putArray("track");
        Track.of(snapshot.checkout().order(id.line()), timeline)
                .stops()
                .forEach(stop -> track.addObject()
                        .put("place", stop.place().word())
                        .put("state", stop.state().name().toLowerCase(Locale.ROOT))
                        .put("at", text(stop.at()))
                        .put("text", TEXTS.place(stop.place(), language.locale())));
        json.set("compensations", compensations(snapshot, id.line()));
        if (seesAll) {
            json.put("reviewed", snapshot.checkout().order(id.line()).review() != null);
        }
        return json;
    }

    private static ArrayNode compensations(Snapshot snapshot, int line) {
        ArrayNode given = StrictJson.object().putArray("compensations");
        for (Compensation compensation : snapshot.checkout().compensated()) {
            if (compensation.line() == line) {
                Money amount = compensation.amount();
                given.addObject()
                        .put(
                                "kind",
                                compensation
                                        .kind()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'))
                        .put("state", compensation.state().name().toLowerCase(Locale.ROOT))
                        .put("amount", amount == null ? null : amount.toDecimal())
                        .put(
                                "currency",
                                amount == null ? null : amount.currency().code())
                        .put("coupon", compensation.coupon());
            }
        }
        return given;
    }

    /** Adds what concerns the shop's own people alone. */
    static ObjectNode withDeskPart(ObjectNode json, Checkout checkout, int line) {
        Order order = checkout.order(line);
        json.put("takenBy", order.takenBy());
        Hold hold = checkout.hold(line);
        if (hold != null) {
            json.putObject("hold")
                    .put("state", hold.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("amount", hold.amount().toDecimal())
                    .put("currency", hold.amount().currency().code())
                    .put("since", hold.since().toString());
        }
        Proposal proposal = order.proposal();
        if (proposal == null) {
            return json.putNull("proposal");
        }
        json.putObject("proposal")
                .put("action", proposal.act().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("actor", proposal.actor())
                .put("id", proposal.actId())
                .put("at", proposal.at().toString());
        return json;
    }

    /** Without its timeline. */
    ObjectNode listed(Order order, Snapshot snapshot, boolean seesAll, Language language) {
        ObjectNode json = StrictJson.object();
        json.put("id", order.id().toString());
        json.put("checkout", order.id().checkout().value());
        json.put("version", order.changes());
        json.put("sku", order.sku());
        json.put("kind", order.route().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("quantity", order.quantity());
        if (seesAll) {
            json.put("recipient", snapshot.recipient(order).orElse(null));
        }
        json.put("stage", order.stage().name());
        json.put("since", order.since().toString());
        if (order.route().reserving() != null) {
            json.set("reservation", reservation(order, snapshot));
        }
        if (seesAll) {
            ArrayNode payments = json.putArray("payments");
            snapshot.checkout()
                    .payments()
                    .forEach(payment -> payments.addObject()
                            .put("id", payment.id().toString())
                            .put("gateway", payment.gateway())
                            .put("status", PaymentStatus.of(payment).word()));
        }
        json.set("diagnosis", diagnosis(order.id(), snapshot, language));
        return json;
    }

    /** Only of an order whose keys are reserved before they are paid; "reserved" only while they are. */
    static ObjectNode reservation(Order order, Snapshot snapshot) {
        ObjectNode json = StrictJson.object();
        json.put("state", reservationState(order));
        boolean holds = order.keys().state() == Keys.State.RESERVED && order.stage() == Stage.AWAITING_PAYMENT;
        json.put("until", holds ? snapshot.checkout().payBy().toString() : null);
        return json;
    }

    private static @Nullable String reservationState(Order order) {
        Keys.AtPlacing outcome = order.keys().atPlacing();
        if (outcome == null) {
            return order.paidAt() == null ? "asked" : null;
        }
        boolean over = outcome == Keys.AtPlacing.RESERVED && order.keys().state() != Keys.State.RESERVED;
        return over
                ? order.keys().state() == Keys.State.HANDED_OVER ? "handed-over" : "let-go"
                : outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    ObjectNode diagnosis(OrderId id, Snapshot snapshot, Language language) {
        Diagnosis diagnosis = Diagnosis.of(snapshot.checkout(), id.line(), snapshot.now(), library.recentTimes());
        Locale locale = language.locale();
        ZoneId zone = ZoneId.systemDefault();
        ObjectNode json = StrictJson.object();
        json.put("verdict", diagnosis.verdict().name());
        json.put("stage", diagnosis.stage().name());
        json.put("since", diagnosis.since().toString());
        json.put("eta", text(diagnosis.eta()));
        json.put("whoseTurn", diagnosis.whoseTurn().name().toLowerCase(Locale.ROOT));
        json.put("text", TEXTS.sentence(diagnosis, locale, zone));
        json.put("nextStep", diagnosis.nextStep().code());
        json.put("verdictText", TEXTS.verdict(diagnosis.verdict(), locale));
        json.put("node", diagnosis.node().word());
        json.put("etaRule", diagnosis.etaRule().word());
        json.put("whoseTurnText", TEXTS.turn(diagnosis.whoseTurn(), locale));
        // By it a page shows the times of the texts in its reader's zone.
        json.put("zone", zone.getRules().getOffset(diagnosis.asOf()).toString());
        ArrayNode choices = json.putArray("buyerCan");
        diagnosis
                .buyerCan()
                .forEach(choice ->
                        choices.addObject().put("what", choice.word()).put("text", TEXTS.choice(choice, locale)));
        NextEvent next = diagnosis.next();
        if (next != null) {
            json.putObject("next")
                    .put("what", next.what().word())
                    .put("at", text(next.at()))
                    .put("text", TEXTS.next(next, diagnosis.asOf(), locale, zone));
        }
        return json;
    }

    static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
