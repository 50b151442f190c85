package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.Fulfillment;
import dev.kadao.Health;
import dev.kadao.desk.BulkResult;
import dev.kadao.desk.CaseItem;
import dev.kadao.desk.Desk;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.desk.Page;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.http.Paging;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Quoted;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.insight.AuditReport;
import dev.kadao.jdbc.ImportResult;
import dev.kadao.jdbc.JdbcKeyInventory;
import dev.kadao.order.Case;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.port.KeyInventory.StockLevel;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The desk's side of the shop. The admin token has been checked before these are called. */
final class DeskCalls {
    private final Fulfillment library;
    private final JdbcKeyInventory inventory;
    private final ShopConfig config;
    private final InstantSource clock;
    private final OrderView view;

    DeskCalls(Fulfillment library, JdbcKeyInventory inventory, ShopConfig config, InstantSource clock) {
        this.library = library;
        this.inventory = inventory;
        this.config = config;
        this.clock = clock;
        this.view = new OrderView(library);
    }

    /** Imports keys of one SKU, which is configured and sells keys; orders that wait for them go on. */
    Response importKeys(String sku, byte[] text) {
        ImportResult result;
        try {
            result = inventory.importKeys(
                    sku, new ByteArrayInputStream(text), "import of " + clock.instant(), "POST /api/desk/keys");
        } catch (InvalidValueException e) {
            throw Problem.badRequest("The keys cannot be imported: " + e.getMessage());
        }
        library.stockArrived(sku);
        ObjectNode answer = StrictJson.object();
        answer.put("imported", result.imported());
        answer.put("duplicates", result.duplicates());
        ArrayNode rejected = answer.putArray("rejected");
        result.rejectedLines().forEach(rejected::add);
        return Response.json(200, answer);
    }

    Response stock() {
        ObjectNode answer = StrictJson.object();
        for (ShopConfig.Sku sku : config.skus().values()) {
            if (sku.kind() != ShopConfig.Kind.TOP_UP) {
                StockLevel level = inventory.stock(sku.name());
                answer.putObject(sku.name())
                        .put("free", level.free())
                        .put("reserved", level.reserved())
                        .put("sold", level.sold())
                        .put("void", level.voided());
            }
        }
        return Response.json(200, answer);
    }

    Response orders(DeskLists.Orders list, Caller caller) {
        Desk.OrderQuery query = new Desk.OrderQuery(
                list.stage().map(Stage::valueOf),
                list.overdueOnly(),
                list.paging().after(),
                list.paging().limit());
        return page(
                list.paging(),
                () -> library.desk().orders(query),
                item -> OrderView.withDeskPart(
                        view.listed(item.order(), item.snapshot(), true, caller.language()),
                        item.snapshot().checkout(),
                        item.order().line()));
    }

    Response cases(DeskLists.Cases list) {
        Paging paging = list.paging();
        return page(
                paging, () -> library.desk().cases(list.open(), paging.after(), paging.limit()), DeskCalls::caseJson);
    }

    Response payments(DeskLists.Payments list) {
        Paging paging = list.paging();
        return page(
                paging,
                () -> library.desk().payments(list.status().map(DeskCalls::status), paging.after(), paging.limit()),
                PaymentView::listed);
    }

    /** Does an act on an order; an unknown order is answered before the body is looked at. */
    Response act(String id, Caller caller, Unread<DeskAct> unread) {
        OrderId order = known(id);
        DeskAnswer answer = library.desk().act(order, unread.read());
        if (answer instanceof DeskAnswer.Done done && done.snapshot() != null) {
            return whole(order, done.snapshot(), caller);
        }
        if (answer instanceof DeskAnswer.Proposed proposed) {
            return whole(order, proposed.snapshot(), caller);
        }
        throw Refusals.of(answer);
    }

    private Response whole(OrderId order, Snapshot snapshot, Caller caller) {
        ObjectNode json = view.whole(order, snapshot, true, caller.language());
        return Response.json(200, OrderView.withDeskPart(json, snapshot.checkout(), order.line()));
    }

    /** Does an act on a page of orders, or lists them; each order has an outcome of its own. */
    Response bulk(DeskBulk bulk) {
        BulkResult result;
        try {
            result = library.desk().bulk(bulk.act());
        } catch (InvalidValueException e) {
            throw afterUnreadable(e);
        }
        List<ObjectNode> items = new ArrayList<>();
        for (BulkResult.Item item : result.items()) {
            items.add(StrictJson.object()
                    .put("order", item.order().toString())
                    .put("outcome", word(item.what()))
                    .put("text", item.sentence()));
        }
        ObjectNode answer = bulk.paging().envelope(items, result.next());
        answer.put("dryRun", bulk.act().dryRun());
        ObjectNode counts = answer.putObject("counts");
        for (BulkResult.What what : BulkResult.What.values()) {
            counts.put(word(what), result.count(what));
        }
        return Response.json(200, answer);
    }

    private static String word(BulkResult.What what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** When and from where the keys of an order were shown. */
    Response reveals(String id) {
        OrderId order = known(id);
        ObjectNode answer = StrictJson.object();
        ArrayNode items = answer.putArray("items");
        library.desk()
                .revealsOf(order)
                .forEach(item -> items.addObject()
                        .put("at", item.at().toString())
                        .put("first", item.first())
                        .put("origin", item.origin().orElse(null)));
        return Response.json(200, answer);
    }

    private OrderId known(String id) {
        return orderId(id)
                .filter(found -> library.checkout(found.checkout())
                        .filter(snapshot ->
                                found.line() <= snapshot.checkout().orders().size())
                        .isPresent())
                .orElseThrow(() -> Problem.notFound("There is no order " + Quoted.of(id) + "."));
    }

    private static Optional<OrderId> orderId(String text) {
        try {
            return Optional.of(OrderId.parse(text));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static <T> Response page(Paging paging, Supplier<Page<T>> read, Function<T, ObjectNode> item) {
        try {
            Page<T> page = read.get();
            return paging.page(page.items().stream().map(item).toList(), page.next());
        } catch (InvalidValueException e) {
            throw afterUnreadable(e);
        }
    }

    /** Sealed as ours, but it names nothing that can be in this list. */
    private static Problem afterUnreadable(InvalidValueException e) {
        return Problem.badRequest("'after' cannot be read: " + e.getMessage()
                + ". It must be the 'next' of an earlier page of this list, unchanged.");
    }

    private static PaymentStatus status(String word) {
        return Arrays.stream(PaymentStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode caseJson(CaseItem item) {
        ObjectNode json = StrictJson.object();
        json.put("id", item.id());
        // A kind that this shop's outside does not name: the evidence says what it is.
        json.put("kind", item.kind().equals("risk") ? "other" : item.kind());
        CaseItem.CaseOfCheckout found = item.found();
        ArrayNode evidence = StrictJson.array();
        if (found != null) {
            String checkout = found.snapshot().checkout().id().value();
            Case work = found.theCase();
            json.put("checkout", checkout);
            json.put("order", work.line() == null ? null : checkout + "." + work.line());
            json.put("payment", work.payment() == null ? null : checkout + "_p" + work.payment());
            json.put(
                    "takenBy",
                    work.line() == null
                            ? null
                            : found.snapshot().checkout().order(work.line()).takenBy());
            work.evidence().forEach(fact -> evidence.add(evidence(fact, found)));
        } else {
            json.putNull("checkout");
            json.putNull("order");
            json.put("payment", item.subject());
            json.putNull("takenBy");
            evidence.add("a genuine notice names the payment " + item.subject() + ", which was not opened there");
        }
        json.put("openedAt", item.openedAt().toString());
        json.put("due", OrderView.text(item.due()));
        json.set("evidence", evidence);
        return json;
    }

    private static String evidence(Case.Evidence evidence, CaseItem.CaseOfCheckout found) {
        if (evidence.text() == null) {
            return evidence.fact();
        }
        return evidence.fact() + ": "
                + found.snapshot().personal().text(evidence.text()).orElse("(erased)");
    }

    /** Holds the whole database against the invariants, in one picture. */
    Response audit() {
        AuditReport report = library.desk().audit();
        ObjectNode answer = StrictJson.object();
        answer.put("ok", report.ok());
        answer.put("orders", report.orders());
        ArrayNode violations = answer.putArray("violations");
        report.violations()
                .forEach(violation -> violations
                        .addObject()
                        .put("id", violation.id())
                        .put("invariant", violation.invariant().name())
                        .put("text", violation.sentence()));
        return Response.json(200, answer);
    }

    /** Whether the database answers and the due loop runs; 200 or 503. Needs no token. */
    Response health() {
        Health health = library.health();
        ObjectNode answer = StrictJson.object();
        answer.put("ok", health.healthy());
        answer.put("databaseAnswers", health.storeAnswers());
        answer.put(
                "sinceDueLoop",
                health.sinceDueLoop() == null ? null : health.sinceDueLoop().toString());
        answer.put("unstoredAnswers", health.unstoredAnswers());
        ArrayNode paused = answer.putArray("paused");
        health.paused().forEach(paused::add);
        return Response.json(health.healthy() ? 200 : 503, answer);
    }
}
