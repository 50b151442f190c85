package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an operator reads at the desk. */
final class Desk {
    private static final int MOST_PAGES = 500;

    private final ShopClient client;

    Desk(ShopClient client) {
        this.client = client;
    }

    /** All items of a list, page by page. */
    List<JsonNode> all(String list) {
        List<JsonNode> items = new ArrayList<>();
        String joint = list.contains("?") ? "&" : "?";
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = client.desk(list + after).expect(200).json();
            answer.path("items").forEach(items::add);
            if (answer.path("next").isNull()) {
                return items;
            }
            assertThat(answer.path("next").isTextual()).as("next of %s", list).isTrue();
            after = joint + "after=" + URLEncoder.encode(answer.path("next").asText(), StandardCharsets.UTF_8);
        }
        throw new AssertionError("The list " + list + " does not end after " + MOST_PAGES + " pages.");
    }

    List<String> openCases(String checkout) {
        return kinds(checkout, "cases");
    }

    List<String> closedCases(String checkout) {
        return kinds(checkout, "cases?open=false");
    }

    private List<String> kinds(String checkout, String list) {
        return all(list).stream()
                .filter(each -> each.path("checkout").asText().equals(checkout))
                .map(each -> each.path("kind").asText())
                .toList();
    }

    void awaitOpenCase(String checkout, String kind) {
        Waiting.until(checkout + " has an open case " + kind)
                .untilAsserted(() -> assertThat(openCases(checkout)).contains(kind));
    }

    /** The entries of {@code payment} in the list of payments with this status. */
    List<JsonNode> payments(String status, String payment) {
        return all("payments?status=" + status).stream()
                .filter(each -> each.path("id").asText().equals(payment))
                .toList();
    }

    JsonNode stock(String sku) {
        return client.desk("stock").expect(200).json().path(sku);
    }

    void assertStock(String sku, int free, int sold) {
        JsonNode stock = stock(sku);
        assertThat(List.of(
                        stock.path("free").asInt(-1),
                        stock.path("reserved").asInt(-1),
                        stock.path("sold").asInt(-1),
                        stock.path("void").asInt(-1)))
                .as("free, reserved, sold and void keys of %s", sku)
                .containsExactly(free, 0, sold, 0);
    }

    void assertAuditIsClean() {
        JsonNode audit = client.desk("audit").expect(200).json();
        assertThat(audit.path("ok").asBoolean()).as("audit: %s", audit).isTrue();
        assertThat(audit.path("violations")).as("audit: %s", audit).isEmpty();
    }
}
