package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A checkout as the shop confirmed it. */
record Placed(String checkout, List<String> orders, String token, String payment, String amount, String currency) {

    static Placed read(JsonNode answer) {
        List<String> orders = new ArrayList<>();
        answer.path("orders").forEach(order -> orders.add(order.path("id").asText()));
        return new Placed(
                answer.path("checkout").asText(),
                List.copyOf(orders),
                answer.path("pickupToken").asText(),
                answer.at("/payment/id").asText(),
                answer.at("/payment/amount").asText(),
                answer.at("/payment/currency").asText());
    }

    /** The first, mostly the only order. */
    String order() {
        return orders.get(0);
    }
}
