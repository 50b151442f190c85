package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.config.Amount;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.port.RecipientCheck;
import dev.kadao.port.Router;
import java.util.Map;
import java.util.Optional;

/** What this shop sells: how the goods of a SKU come to the buyer, to whom, and for how much. */
public final class Catalogue implements Router, RecipientCheck {
    private static final String PHONE = "[0-9+]{5,20}";

    private final Map<String, ShopConfig.Sku> skus;

    public Catalogue(ShopConfig config) {
        this.skus = config.skus();
    }

    @Override
    public Optional<Route> route(String name) {
        return Optional.ofNullable(skus.get(name)).map(sku -> switch (sku.kind()) {
            case KEYS -> keys(sku);
            case TOP_UP -> Route.topUp(sku.suppliers().toArray(String[]::new));
            case SOURCED -> Route.sourced(sku.suppliers().toArray(String[]::new));
        });
    }

    private static Route keys(ShopConfig.Sku sku) {
        return sku.reserving()
                .map(reserving -> reserving.orRefuse()
                        ? Route.keys().reservedAtPlacingOrRefused(reserving.cap())
                        : Route.keys().reservedAtPlacing(reserving.cap()))
                .orElseGet(Route::keys);
    }

    @Override
    public Optional<String> complaint(String name, String recipient) {
        ShopConfig.Sku sku = skus.get(name);
        boolean isWrong = sku != null && sku.kind() == ShopConfig.Kind.TOP_UP && !recipient.matches(PHONE);
        return isWrong ? Optional.of("a top-up goes to 5 to 20 digits or +.") : Optional.empty();
    }

    /** The price of so many; exact or an {@link ArithmeticException}. Empty for a SKU that is not sold (any more). */
    Optional<Money> price(String name, int quantity) {
        return Optional.ofNullable(skus.get(name)).map(sku -> {
            Amount price = sku.price();
            return new Money(
                    Math.multiplyExact(price.minorUnits(), (long) quantity),
                    new Currency(price.currency(), price.decimals()));
        });
    }
}
