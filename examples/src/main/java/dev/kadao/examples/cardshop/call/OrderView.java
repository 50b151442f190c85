package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.Fulfillment;
import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.Texts;
import dev.kadao.insight.Timeline;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Snapshot;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An order as JSON. */
final class OrderView {
    private final Fulfillment library;

    OrderView(Fulfillment library) {
        this.library = library;
    }

    /** With its timeline. */
    ObjectNode whole(OrderId id, Snapshot snapshot, boolean seesAll, Language language) {
        ObjectNode json = listed(snapshot.checkout().order(id.line()), snapshot, seesAll, language);
        ArrayNode timeline = json.putArray("timeline");
        List<Timeline.Node> nodes = library.timeline(id).map(Timeline::nodes).orElse(List.of());
        nodes.forEach(node -> timeline.addObject()
                .put("at", node.at().toString())
                .put("node", node.kind().word())
                .put("text", Texts.standard().node(node.kind(), language.locale())));
        return json;
    }

    /** Without its timeline. */
    static ObjectNode listed(Order order, Snapshot snapshot, boolean seesAll, Language language) {
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

    static ObjectNode diagnosis(OrderId id, Snapshot snapshot, Language language) {
        Diagnosis diagnosis = Diagnosis.of(snapshot.checkout(), id.line(), snapshot.now());
        ObjectNode json = StrictJson.object();
        json.put("verdict", diagnosis.verdict().name());
        json.put("stage", diagnosis.stage().name());
        json.put("since", diagnosis.since().toString());
        json.put("eta", text(diagnosis.eta()));
        json.put("whoseTurn", diagnosis.whoseTurn().name().toLowerCase(Locale.ROOT));
        json.put("text", Texts.standard().sentence(diagnosis, language.locale(), ZoneId.systemDefault()));
        json.put("nextStep", diagnosis.nextStep().code());
        return json;
    }

    static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
