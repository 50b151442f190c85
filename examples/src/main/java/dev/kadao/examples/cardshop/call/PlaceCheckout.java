package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.TextRule;
import dev.kadao.order.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A checkout that is to be placed, as far as it can be judged without the shop's settings.
 *
 * @param id empty: the shop makes one
 * @param pickupToken empty: the shop makes one
 */
public record PlaceCheckout(
        Optional<String> id, String gateway, List<Line> orders, Buyer buyer, Optional<Secret> pickupToken) {

    static final int MOST_ORDERS = 20;
    static final int MOST_QUANTITY = 1000;
    static final TextRule GATEWAY =
            TextRule.pattern("[0-9A-Za-z_-]{1,32}", "the name of a gateway, 1 to 32 letters, digits, _ and -");

    private static final TextRule ID = TextRule.pattern("[0-9A-Za-z_]{3,26}", "3 to 26 letters, digits and _");
    private static final TextRule SKU =
            TextRule.pattern("[0-9A-Za-z_-]{1,32}", "the name of a SKU, 1 to 32 letters, digits, _ and -");
    private static final TextRule RECIPIENT = TextRule.printable(128);
    private static final TextRule ACCOUNT = TextRule.printable(128);
    private static final TextRule IP = new TextRule("an IPv4 or IPv6 address", IpAddress::is, false);
    private static final TextRule TOKEN = TextRule.pattern(
                    "[\\x21-\\x7e]{22,128}",
                    "22 to 128 visible ASCII characters without spaces, since it is sent in a header")
            .hidden();

    public PlaceCheckout {
        orders = List.copyOf(orders);
    }

    /** One order of it. */
    public record Line(String sku, int quantity, String recipient) {}

    /**
     * Who buys, for the risk rules.
     *
     * @param account empty for a guest
     * @param ip where the buyer sits; the shop's own caller if nothing was said
     */
    public record Buyer(Optional<String> account, String ip) {}

    /** Reads the body. What does not fit is a {@link Problem} with status 400. */
    static PlaceCheckout read(Members body, String senderAddress) {
        Optional<String> id = body.optionalText("id", ID);
        String gateway = body.text("gateway", GATEWAY);
        List<Line> lines = new ArrayList<>();
        for (Members order : body.objects("orders", 1, MOST_ORDERS)) {
            lines.add(new Line(
                    order.text("sku", SKU),
                    order.whole("quantity", 1, MOST_QUANTITY),
                    order.text("recipient", RECIPIENT)));
        }
        Optional<Members> buyer = body.optionalObject("buyer");
        Optional<String> account = buyer.flatMap(members -> members.optionalText("account", ACCOUNT));
        String ip = buyer.flatMap(members -> members.optionalText("ip", IP)).orElse(senderAddress);
        Optional<Secret> token = body.optionalText("pickupToken", TOKEN).map(Secret::of);
        return new PlaceCheckout(id, gateway, lines, new Buyer(account, ip), token);
    }
}
