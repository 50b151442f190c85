package dev.kadao.suppliers.notify;

import dev.kadao.Fulfillment;
import dev.kadao.FulfillmentBuilder;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.port.Notifier;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** How a shop is given its notifiers; shown in docs/notifiers.md. */
final class ShopWithNotifiers {
    private ShopWithNotifiers() {}

    static Notifier mail(Secret password) {
        return EmailNotifier.through("smtp.example.com", 587, "shop@example.com")
                .login("shop", password)
                .fromName("卡到小店")
                .page(order -> URI.create("https://shop.example.com/orders/" + order))
                .build();
    }

    static Notifier hook(Function<OrderId, Optional<WebhookEndpoint>> endpointOfBuyer) {
        return WebhookNotifier.to(endpointOfBuyer).build();
    }

    static Fulfillment open(FulfillmentBuilder builder, EmailNotifierBuilder mail, WebhookNotifierBuilder hook) {
        AtomicReference<Fulfillment> shop = new AtomicReference<>();
        builder.notifier(Notifiers.all(
                mail.carryingKeys(order -> keysOf(shop.get(), order, "e-mail")).build(),
                hook.carryingKeys(order -> keysOf(shop.get(), order, "webhook")).build()));
        shop.set(builder.build());
        return shop.get();
    }

    /** The keys of an order, seen from here on; none for a top-up. Before the shop is open it throws: tried again. */
    static List<Secret> keysOf(Fulfillment shop, OrderId id, String sentBy) {
        Order order = shop.checkout(id.checkout()).orElseThrow().checkout().order(id.line());
        return order.route().kind() == Route.Kind.TOP_UP
                ? List.of()
                : shop.reveal(id, sentBy).orThrow();
    }
}
