package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One act of an operator on many orders, and whose order one is, over HTTP. */
@Acceptance
class DeskBulkIT {
    private static final String BULK = "/api/desk/bulk";

    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);

    private static ObjectNode bulk(String id, String action, String sku) {
        ObjectNode bulk = Json.object()
                .put("id", id)
                .put("action", action)
                .put("actor", "wang")
                .put("reason", "The bank had a bad day.")
                .put("dryRun", false);
        bulk.putObject("filter").put("sku", sku);
        return bulk;
    }

    private Reply bulk(ObjectNode bulk) {
        return shop.post(BULK, WORLD.adminToken(), bulk.toString());
    }

    private static List<String> of(Reply answer, String member) {
        return StreamSupport.stream(answer.expect(200).json().path("items").spliterator(), false)
                .map(item -> item.path(member).asText())
                .toList();
    }

    /** Orders that are on hold, since a yuan less was paid. */
    private List<Placed> held(String sku, int count) {
        WORLD.stock(sku, count);
        List<Placed> all =
                IntStream.range(0, count).mapToObj(i -> WORLD.placeKeys(sku, 1)).toList();
        all.forEach(placed -> WORLD.payAs(placed.payment(), "48.00", "CNY"));
        all.forEach(placed -> WORLD.awaitStage(placed.order(), "ON_HOLD"));
        return all;
    }

    private static List<String> orders(List<Placed> placed) {
        return placed.stream().map(Placed::order).sorted().toList();
    }

    @Test
    void without_a_word_about_it_a_bulk_is_a_list_and_then_each_order_has_its_outcome() {
        String sku = WORLD.sku();
        List<Placed> held = held(sku, 3);
        ObjectNode release = bulk("outage-1", "release", sku);
        ObjectNode list = release.deepCopy();
        list.remove("dryRun");

        Reply listed = bulk(list);
        assertThat(of(listed, "order")).containsExactlyElementsOf(orders(held));
        assertThat(of(listed, "outcome")).containsOnly("listed");
        assertThat(listed.json().path("dryRun").asBoolean()).isTrue();
        assertThat(WORLD.stage(held.get(0).order())).isEqualTo("ON_HOLD");

        Reply done = bulk(release);
        assertThat(of(done, "outcome")).containsExactly("done", "done", "done");
        assertThat(done.json().at("/counts/done").asInt()).isEqualTo(3);
        assertThat(done.json().path("next").isNull()).isTrue();
        held.forEach(placed -> WORLD.awaitStage(placed.order(), "DELIVERED"));

        assertThat(of(bulk(release), "outcome")).containsExactly("done-before", "done-before", "done-before");
        desk.assertStock(sku, 0, 3);
        desk.assertAuditIsClean();
    }

    @Test
    void the_same_id_with_another_action_is_another_act_and_one_that_is_refused_is_told() {
        String sku = WORLD.sku();
        List<Placed> held = held(sku, 2);
        assertThat(of(bulk(bulk("outage-2", "take", sku)), "outcome")).containsOnly("done");

        Reply rejected = bulk(bulk("outage-2", "reject", sku));

        assertThat(of(rejected, "outcome")).containsOnly("refused");
        assertThat(of(rejected, "text").get(0)).contains(orders(held).get(0), "ON_HOLD");
    }

    @Test
    void it_goes_page_by_page_and_a_next_of_another_list_is_refused() {
        String sku = WORLD.sku();
        List<Placed> held = held(sku, 3);
        ObjectNode take = bulk("outage-3", "take", sku).put("limit", 2);

        Reply first = bulk(take);
        assertThat(of(first, "order")).containsExactlyElementsOf(orders(held).subList(0, 2));
        Reply second = bulk(take.deepCopy().put("after", first.text("/next")));
        assertThat(of(second, "order")).containsExactly(orders(held).get(2));
        assertThat(second.json().path("next").isNull()).isTrue();

        String foreign = shop.desk("orders?limit=1").text("/next");
        bulk(take.put("after", foreign)).expectProblem(400, "after");
    }

    @Test
    void run_twice_at_the_same_time_money_goes_back_once() throws Exception {
        String sku = WORLD.sku();
        List<Placed> held = held(sku, 4);
        ObjectNode refund = bulk("outage-4", "refund", sku);

        List<Reply> answers = Together.times(4, i -> () -> bulk(refund));

        held.forEach(placed -> WORLD.awaitStage(placed.order(), "REFUNDED"));
        long done = answers.stream()
                .mapToLong(
                        answer -> answer.expect(200).json().at("/counts/done").asLong())
                .sum();
        assertThat(done).isEqualTo(4);
        held.forEach(placed -> assertThat(WORLD.gateway().refunds(placed.payment()))
                .singleElement()
                .satisfies(given -> assertThat(given.amount()).isEqualTo("48.00")));
        desk.assertAuditIsClean();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | 7",
                "id | null",
                "id | \"\ud83d\ude00\"",
                "after | \"YnVsazp4\"",
                "action | \"retry all\"",
                "action | \"mark-delivered\"",
                "actor | \"\"",
                "reason | [\"a\"]",
                "dryRun | \"false\"",
                "dryRun | 0",
                "limit | 201",
                "limit | 0",
                "limit | \"50\"",
                "after | 7",
                "after | \"cart42.1\"",
                "filter | null",
                "filter | {}",
                "filter | []",
                "filter | \"all\"",
                "filter.stage | {\"stage\":\"paid\"}",
                "filter.stage | {\"stage\":[\"PAID\"]}",
                "filter.taken | {\"taken\":\"true\"}",
                "filter.case | {\"case\":\"orphan\"}",
                "filter.paidFrom | {\"paidFrom\":\"yesterday\"}",
                "filter.paidBefore | {\"paidFrom\":\"2026-01-02T00:00:00Z\",\"paidBefore\":\"2026-01-01T00:00:00Z\"}",
                "filter.skuu | {\"stage\":\"PAID\",\"skuu\":\"card-1\"}"
            })
    void what_makes_no_sense_is_refused_by_name_and_nothing_is_done(String name, String value) {
        String member = name.split("\\.")[0];
        ObjectNode bulk = bulk("outage-5", "take", "card-60");
        bulk.set(member, Json.read(value));
        bulk(bulk).expectProblem(400, name.equals("filter.paidBefore") ? "paidBefore" : name);
    }

    @Test
    void cases_are_closed_in_bulk_only_of_a_kind() {
        String sku = WORLD.sku();
        bulk(bulk("outage-6", "close-case", sku)).expectProblem(400, "filter.case");
    }

    @ParameterizedTest
    @ValueSource(strings = {BULK, "/api/desk/orders/nobody.1/take", "/api/desk/orders/nobody.1/approve"})
    void it_is_the_desks_alone(String path) {
        shop.post(path, ShopClient.NO_TOKEN, "{}").expectProblem(401);
        shop.post(path, "no-token-of-anybody-known", "not even JSON").expectProblem(401);
        shop.get(path, WORLD.adminToken()).expect(405);
    }

    @Test
    void whose_order_it_is_the_desk_sees_and_the_buyer_does_not() {
        String sku = WORLD.sku();
        Placed bought = WORLD.bought(sku);
        shop.dispute(bought.order(), bought.token(), "It does not work.").expect(200);
        assertThat(caseOf(bought).path("takenBy").isNull()).isTrue();
        ObjectNode act = act("take-1", bought);

        assertThat(does("take", bought, act).expect(200).text("/takenBy")).isEqualTo("li");
        does("take", bought, act).expect(200);

        assertThat(shop.orderAsDesk(bought.order()).text("/takenBy")).isEqualTo("li");
        assertThat(caseOf(bought).path("takenBy").asText()).isEqualTo("li");
        assertThat(shop.order(bought.order(), bought.token()).expect(200).json())
                .noneMatch(member -> member.asText().equals("li"));
        assertThat(desk.all("orders?stage=DISPUTED"))
                .filteredOn(order -> order.path("id").asText().equals(bought.order()))
                .extracting(order -> order.path("takenBy").asText())
                .containsExactly("li");
        assertThat(of(bulk(listOfTaken(sku)), "order")).containsExactly(bought.order());

        Reply back = does("give-back", bought, act("back-1", bought)).expect(200);
        assertThat(back.json().path("takenBy").isNull()).isTrue();
        does("give-back", bought, act("back-2", bought)).expectProblem(409);
        does("take", bought, act("take-2", bought).put("version", 0)).expectProblem(409);
        does("take", bought, act("take-3", bought).put("version", "1")).expectProblem(400, "version");
        shop.post("/api/desk/orders/nobody.1/take", WORLD.adminToken(), act.toString())
                .expectProblem(404);
    }

    private JsonNode caseOf(Placed placed) {
        return desk.all("cases").stream()
                .filter(found -> found.path("order").asText().equals(placed.order()))
                .findFirst()
                .orElseThrow();
    }

    private Reply does(String what, Placed placed, ObjectNode act) {
        return shop.post("/api/desk/orders/" + placed.order() + "/" + what, WORLD.adminToken(), act.toString());
    }

    private static ObjectNode act(String id, Placed placed) {
        return Json.object()
                .put("id", id)
                .put("version", WORLD.version(placed.order()))
                .put("actor", "li")
                .put("reason", "I call the buyer.");
    }

    private static ObjectNode listOfTaken(String sku) {
        ObjectNode list = bulk("outage-7", "give-back", sku).put("dryRun", true);
        ((ObjectNode) list.path("filter")).put("taken", true).put("stage", "DISPUTED");
        return list;
    }
}
