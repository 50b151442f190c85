package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators read: orders, cases and payments in pages, stock, audit and health. */
@Acceptance
class DeskIT {
    @RegisterExtension
    static final ShopWorld WORLD = ShopWorld.withKeys();

    private static final List<String> ORDERS = new ArrayList<>();
    private static Placed bought = new Placed("", List.of(), "", "", "", "");
    private static Placed open = bought;
    private static Placed shortPaid = bought;

    private final ShopClient shop = WORLD.client();
    private final Desk desk = new Desk(shop);

    @BeforeAll
    static void have_one_order_bought_one_on_hold_and_three_open() {
        bought = WORLD.bought(WORLD.sku());
        shortPaid = WORLD.placeKeys("card-30", 1);
        WORLD.payAs(shortPaid.payment(), "1.00", "CNY");
        WORLD.awaitStage(shortPaid.order(), "ON_HOLD");
        open = WORLD.place(Cart.fresh().keys("card-30", 1).keys("card-29", 1).keys("card-28", 1));
        ORDERS.add(bought.order());
        ORDERS.add(shortPaid.order());
        ORDERS.addAll(open.orders());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "orders", "cases", "payments", "audit", "stats"})
    void the_desk_is_closed_without_the_admin_token(String list) {
        for (String token : List.of(ShopClient.NO_TOKEN, "wrong", bought.token(), WORLD.adminToken() + "x")) {
            shop.get("/api/desk/" + list, token).expectProblem(401);
        }
        shop.post("/api/desk/orders/" + bought.order() + "/actions", "wrong", "{}")
                .expectProblem(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 200})
    void pages_hold_each_order_once_and_in_order(int limit) {
        List<String> listed = ids(desk.all("orders?limit=" + limit));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(ORDERS).isSorted();
    }

    @Test
    void a_page_holds_no_more_than_its_limit_and_the_last_one_says_so() {
        JsonNode first = shop.desk("orders?limit=2").expect(200).json();
        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("next").isTextual()).isTrue();
        JsonNode all = shop.desk("orders?limit=200").expect(200).json();
        assertThat(all.has("next")).isTrue();
        assertThat(all.path("next").isNull()).isTrue();
    }

    @Test
    void orders_are_filtered_by_stage() {
        assertThat(ids(desk.all("orders?stage=ON_HOLD"))).containsExactly(shortPaid.order());
        assertThat(ids(desk.all("orders?stage=AWAITING_PAYMENT&limit=1")))
                .containsExactlyInAnyOrderElementsOf(open.orders());
        assertThat(desk.all("orders?stage=REFUNDED")).isEmpty();
        shop.desk("orders?overdue=true").expect(200);
    }

    @Test
    void a_listed_order_is_shown_without_its_timeline() {
        JsonNode order = desk.all("orders?stage=ON_HOLD").get(0);
        assertThat(order.path("checkout").asText()).isEqualTo(shortPaid.checkout());
        assertThat(order.path("recipient").asText()).isNotBlank();
        assertThat(order.path("version").isIntegralNumber()).isTrue();
        assertThat(order.has("timeline")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders?stage=LOST",
                "orders?stage=paid",
                "orders?limit=0",
                "orders?limit=201",
                "orders?limit=-1",
                "orders?limit=ten",
                "orders?after=no%20such%20cursor%21",
                "cases?after=no%20such%20cursor%21",
                "cases?limit=0",
                "payments?after=no%20such%20cursor%21",
                "payments?limit=999999999999"
            })
    void a_bad_stage_limit_or_cursor_is_refused(String list) {
        shop.desk(list).expectProblem(400);
    }

    @Test
    void an_open_case_names_its_subject_and_what_speaks_for_it() {
        JsonNode found = desk.all("cases").stream()
                .filter(each -> each.path("checkout").asText().equals(shortPaid.checkout()))
                .findFirst()
                .orElseThrow();
        assertThat(found.path("kind").asText()).isEqualTo("short");
        assertThat(found.path("id").asText()).isNotBlank();
        for (String member : List.of("order", "payment", "openedAt", "due", "evidence")) {
            assertThat(found.has(member)).as(member).isTrue();
        }
        assertThat(desk.closedCases(shortPaid.checkout())).isEmpty();
    }

    @Test
    void payments_are_listed_by_status_with_what_came_and_went() {
        JsonNode settled = desk.payments("settled", bought.payment()).get(0);
        assertThat(settled.path("checkout").asText()).isEqualTo(bought.checkout());
        assertThat(settled.path("gateway").asText()).isEqualTo("sandbox");
        assertThat(settled.path("amount").asText()).isEqualTo("49.00");
        assertThat(settled.path("currency").asText()).isEqualTo("CNY");
        assertThat(settled.path("received").asText()).isEqualTo("49.00");
        assertThat(settled.path("tradeNumber").asText()).isNotBlank();
        assertThat(desk.payments("open", open.payment())).hasSize(1);
        JsonNode tooLittle = desk.payments("short", shortPaid.payment()).get(0);
        assertThat(tooLittle.path("received").asText()).isEqualTo("1.00");
    }

    @Test
    void the_audit_counts_every_order_and_finds_nothing_wrong() {
        desk.assertAuditIsClean();
        assertThat(shop.desk("audit").json().path("orders").asInt()).isEqualTo(ORDERS.size());
    }

    @Test
    void the_shop_is_healthy_and_says_so_to_everyone() {
        shop.awaitHealthy();
    }

    private static List<String> ids(List<JsonNode> orders) {
        return orders.stream().map(order -> order.path("id").asText()).toList();
    }
}
