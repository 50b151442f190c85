package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What a buyer wants to place. An empty id or pick-up token is left out of the request. */
record Cart(String id, String gateway, List<Line> lines, String account, String ip, String pickupToken) {
    record Line(String sku, int quantity, String recipient) {}

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    Cart {
        lines = List.copyOf(lines);
    }

    /** An empty cart with an id, a buyer and a pick-up token that nobody else has. */
    static Cart fresh() {
        int number = NUMBERS.incrementAndGet();
        return new Cart("cart" + number, "sandbox", List.of(), "buyer" + number, "203.0.113.7", token(number));
    }

    static String freshNumber() {
        return "138" + (10_000_000 + NUMBERS.incrementAndGet());
    }

    private static String token(int number) {
        return "pick-up-token-of-cart-" + number + "-Qm9y";
    }

    Cart add(String sku, int quantity, String recipient) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(sku, quantity, recipient));
        return new Cart(id, gateway, more, account, ip, pickupToken);
    }

    Cart keys(String sku, int quantity) {
        return add(sku, quantity, id + "@example.com");
    }

    Cart topUp(String sku, String recipient) {
        return add(sku, 1, recipient);
    }

    Cart withId(String wanted) {
        return new Cart(wanted, gateway, lines, account, ip, pickupToken);
    }

    Cart withGateway(String wanted) {
        return new Cart(id, wanted, lines, account, ip, pickupToken);
    }

    Cart withLines(List<Line> wanted) {
        return new Cart(id, gateway, wanted, account, ip, pickupToken);
    }

    Cart withAccount(String wanted) {
        return new Cart(id, gateway, lines, wanted, ip, pickupToken);
    }

    Cart withIp(String wanted) {
        return new Cart(id, gateway, lines, account, wanted, pickupToken);
    }

    Cart withPickupToken(String wanted) {
        return new Cart(id, gateway, lines, account, ip, wanted);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (!id.isEmpty()) {
            json.put("id", id);
        }
        json.put("gateway", gateway);
        ArrayNode orders = json.putArray("orders");
        for (Line line : lines) {
            orders.addObject()
                    .put("sku", line.sku())
                    .put("quantity", line.quantity())
                    .put("recipient", line.recipient());
        }
        json.putObject("buyer").put("account", account).put("ip", ip);
        if (!pickupToken.isEmpty()) {
            json.put("pickupToken", pickupToken);
        }
        return json;
    }
}
