package dev.kadao.engine;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.AskingRecipientCheck;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Notifier;
import dev.kadao.port.PaymentGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is plugged in, each with the guard through which it is called. */
final class Ports {

    /** A gateway, with what it declared at start. */
    record Gateway(String name, PaymentGateway port, GatewayTerms terms, boolean opensLocally, Adapter adapter) {}

    /** A supplier, with what it declared at start. */
    record Supplier(String name, Dispatcher port, SupplierTerms terms, Adapter adapter) {}

    /** The stock of keys. */
    record Stock(KeyInventory port, Adapter adapter) {}

    /** Whoever tells buyers. */
    record Teller(Notifier port, Adapter adapter) {}

    /** Whoever is asked whether recipients exist. */
    record Checker(AskingRecipientCheck port, Adapter adapter) {}

    private final Map<String, Gateway> gateways = new TreeMap<>();
    private final Map<String, Supplier> suppliers = new TreeMap<>();
    private final @Nullable Stock stock;
    private final @Nullable Teller teller;
    private final @Nullable Checker checker;

    Ports(EngineParts parts, Clockwork clockwork) {
        parts.gateways().forEach((name, port) -> {
            PaymentGateway.Traits traits = port.traits();
            gateways.put(
                    name,
                    new Gateway(
                            name,
                            port,
                            traits.terms(),
                            traits.opensLocally(),
                            guard("gateway '" + name + "'", parts, clockwork)));
        });
        parts.suppliers()
                .forEach((name, port) -> suppliers.put(
                        name,
                        new Supplier(name, port, port.terms(), guard("supplier '" + name + "'", parts, clockwork))));
        KeyInventory inventory = parts.inventory();
        stock = inventory == null ? null : new Stock(inventory, guard("key inventory", parts, clockwork));
        Notifier notifier = parts.notifier();
        teller = notifier == null ? null : new Teller(notifier, guard("notifier", parts, clockwork));
        AskingRecipientCheck check = parts.recipientCheck();
        checker = check == null ? null : new Checker(check, guard("recipient check", parts, clockwork));
    }

    @Nullable
    Checker checker() {
        return checker;
    }

    private static Adapter guard(String name, EngineParts parts, Clockwork clockwork) {
        return new Adapter(
                name, clockwork, parts.settings().slots(), parts.settings().waiting());
    }

    @Nullable
    Gateway gateway(String name) {
        return gateways.get(name);
    }

    @Nullable
    Supplier supplier(String name) {
        return suppliers.get(name);
    }

    @Nullable
    Stock stock() {
        return stock;
    }

    @Nullable
    Teller teller() {
        return teller;
    }

    /** The names of what is not called for now. */
    List<String> paused() {
        List<Adapter> all = new ArrayList<>();
        gateways.values().forEach(gateway -> all.add(gateway.adapter()));
        suppliers.values().forEach(supplier -> all.add(supplier.adapter()));
        if (stock != null) {
            all.add(stock.adapter());
        }
        if (teller != null) {
            all.add(teller.adapter());
        }
        if (checker != null) {
            all.add(checker.adapter());
        }
        return all.stream().filter(Adapter::isPaused).map(Adapter::name).toList();
    }
}
