package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether this shop sells what a new checkout asks for. A repeated placing is not asked: a SKU that is no longer
 * configured changes nothing about what was placed.
 */
public final class CheckoutRules {
    private static final String PHONE = "[0-9+]{5,20}";

    private CheckoutRules() {}

    /** Throws a {@link Problem} with status 400 that names the first thing the shop does not sell so. */
    public static void check(PlaceCheckout checkout, ShopConfig config) {
        checkGateway(checkout.gateway(), config);
        Set<String> currencies = new TreeSet<>();
        List<PlaceCheckout.Line> orders = checkout.orders();
        for (int i = 0; i < orders.size(); i++) {
            currencies.add(
                    checked(orders.get(i), "orders[" + i + "]", config).price().currency());
        }
        if (currencies.size() > 1) {
            throw Problem.badRequest("'orders' mixes the currencies " + String.join(" and ", currencies)
                    + "; a checkout is paid at once, so place one for each currency.");
        }
        try {
            long total = 0;
            for (PlaceCheckout.Line line : orders) {
                long price = sku(line.sku(), config).orElseThrow().price().minorUnits();
                total = Math.addExact(total, Math.multiplyExact(price, (long) line.quantity()));
            }
        } catch (ArithmeticException e) {
            throw Problem.badRequest("'orders' come to more money than can be counted; order less.");
        }
    }

    /** Throws a {@link Problem} with status 400 if no such gateway is configured. */
    public static void checkGateway(String gateway, ShopConfig config) {
        if (!gateway.equals("sandbox") || config.sandbox().isEmpty()) {
            throw Problem.badRequest("'gateway' is " + Quoted.of(gateway) + ", which this shop has not; it has "
                    + (config.sandbox().isPresent() ? "sandbox." : "none."));
        }
    }

    private static ShopConfig.Sku checked(PlaceCheckout.Line line, String at, ShopConfig config) {
        ShopConfig.Sku sku = sku(line.sku(), config)
                .orElseThrow(() -> Problem.badRequest(
                        "'" + at + ".sku' is " + Quoted.of(line.sku()) + ", which this shop does not sell."));
        if (sku.kind() == ShopConfig.Kind.TOP_UP && !line.recipient().matches(PHONE)) {
            throw Problem.badRequest("'" + at + ".recipient' is " + Quoted.of(line.recipient()) + "; for the top-up "
                    + sku.name() + " it must be 5 to 20 digits or +.");
        }
        return sku;
    }

    private static Optional<ShopConfig.Sku> sku(String name, ShopConfig config) {
        return Optional.ofNullable(config.skus().get(name));
    }
}
