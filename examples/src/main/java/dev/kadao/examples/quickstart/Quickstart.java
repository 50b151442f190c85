package dev.kadao.examples.quickstart;

import dev.kadao.Fulfillment;
import dev.kadao.PlaceRequest;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Checkout;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** An order's way from placed to delivered, all in memory. */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        InMemoryKeyInventory stock = new InMemoryKeyInventory();
        stock.importKeys("steam-50", List.of(Secret.of("AAAA-BBBB-CCCC"), Secret.of("DDDD-EEEE-FFFF")));
        InMemoryGateway gateway = new InMemoryGateway();
        try (Fulfillment shop = Fulfillment.builder()
                .store(InMemoryCheckoutStore.sharing(stock))
                .inventory(stock)
                .router(sku -> sku.equals("steam-50") ? Optional.of(Route.keys()) : Optional.empty())
                .gateway("memory", gateway)
                .build()) {

            Money price = Money.parse("49.00", Currency.CNY);
            PlaceRequest.Line line = new PlaceRequest.Line("steam-50", 1, "buyer@example.com", price);
            Checkout placed =
                    shop.place(PlaceRequest.of("memory", line)).orThrow().checkout();
            OrderId order = placed.order(1).id();
            out.println("placed:    " + order + " is " + placed.order(1).stage());

            // What a gateway sends over HTTP. It comes three times, as real ones do: nothing happens twice.
            for (int i = 1; i <= 3; i++) {
                int status = shop.receive(
                                "memory", gateway.pay(placed.payment(1).id()))
                        .status();
                out.println("notice " + i + ":  answered " + status);
            }
            Checkout paid = shop.checkout(placed.id()).orElseThrow().checkout();
            out.println("delivered: " + order + " is " + paid.order(1).stage() + ", "
                    + stock.stock("steam-50").free() + " key left");
            out.println("revealed:  " + shop.reveal(order).orThrow().get(0).expose());
        }
    }
}
