package dev.kadao.engine;

import dev.kadao.order.GatewayTerms;
import dev.kadao.order.SupplierTerms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.Alert;
import dev.kadao.port.AlertSink;
import dev.kadao.port.AskingRecipientCheck;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Escrow;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Notifier;
import dev.kadao.port.PaymentGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is plugged in, each with the guard through which it is called. */
final class Ports {

    /** A gateway, with what it declared at start. */
    record Gateway(String name, PaymentGateway port, GatewayTerms terms, boolean opensLocally, Adapter adapter) {}

    /** A supplier, with what it declared at start. */
    record Supplier(
            String name, Dispatcher port, SupplierTerms terms, Adapter adapter, Standstill standstill, Pace pace) {

        /** Asks for the right to one send. */
        Adapter.Entry enter(boolean isNewOrder) {
            Adapter.Entry entry = adapter.enter();
            String refusal = isNewOrder && entry instanceof Adapter.Ticket ? standstill.refusal() : null;
            if (refusal == null) {
                return entry;
            }
            ((Adapter.Ticket) entry).release();
            return new Adapter.Shut(refusal);
        }
    }

    /** The stock of keys. */
    record Stock(KeyInventory port, Adapter adapter) {}

    /** Whoever tells buyers. */
    record Teller(Notifier port, Adapter adapter) {}

    /** Whoever holds money until buyers have what they paid for. */
    record Keeper(Escrow port, Adapter adapter) {}

    /** Whoever grants what buyers get on top. */
    record Granter(Compensator port, Adapter adapter) {}

    /** Whoever is asked whether recipients exist. */
    record Checker(AskingRecipientCheck port, Adapter adapter) {}

    private final Map<String, Gateway> gateways = new TreeMap<>();
    private final Map<String, Supplier> suppliers = new TreeMap<>();
    private final @Nullable Stock stock;
    private final @Nullable Teller teller;
    private final @Nullable Checker checker;
    private final @Nullable Alarm alarm;
    private final @Nullable Granter granter;
    private final @Nullable Keeper keeper;

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
        parts.suppliers().forEach((name, port) -> suppliers.put(name, supplier(name, port, parts, clockwork)));
        KeyInventory inventory = parts.inventory();
        stock = inventory == null ? null : new Stock(inventory, guard("key inventory", parts, clockwork));
        Notifier notifier = parts.notifier();
        teller = notifier == null ? null : new Teller(notifier, guard("notifier", parts, clockwork));
        Compensator compensator = parts.compensator();
        granter = compensator == null ? null : new Granter(compensator, guard("compensator", parts, clockwork));
        Escrow escrow = parts.escrow();
        keeper = escrow == null ? null : new Keeper(escrow, guard("escrow", parts, clockwork));
        AskingRecipientCheck check = parts.recipientCheck();
        checker = check == null ? null : new Checker(check, guard("recipient check", parts, clockwork));
        EngineParts.Alerting alerting = parts.alerting();
        AlertSink sink = alerting == null ? null : alerting.sink();
        alarm = sink == null
                ? null
                : new Alarm(sink, guard("alert sink", parts, clockwork), new Outage(clockwork::nanos));
    }

    @Nullable
    Checker checker() {
        return checker;
    }

    private static Supplier supplier(String name, Dispatcher port, EngineParts parts, Clockwork clockwork) {
        String called = "supplier '" + name + "'";
        SupplierTerms terms = port.terms();
        EngineSettings settings = parts.settings();
        Duration trial = settings.sendWindow().plus(terms.callLimit()).plus(settings.margin());
        return new Supplier(
                name,
                port,
                terms,
                guard(called, parts, clockwork),
                new Standstill(called, parts.terms().retryFirst(), parts.terms().retryMax(), trial, clockwork::nanos),
                new Pace(settings.questionsPerSecond(), clockwork::nanos));
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

    @Nullable
    Alarm alarm() {
        return alarm;
    }

    /** What is not called for now, for the shop's people; of the alert sink itself nobody could be told. */
    List<AlertWatch.Trouble> troubles() {
        List<AlertWatch.Trouble> troubles = new ArrayList<>();
        for (Adapter adapter : adapters()) {
            String name = adapter.name();
            if (adapter.isStalled()) {
                String sentence = name + " is stalled: all calls to it hang beyond their limit";
                troubles.add(
                        new AlertWatch.Trouble("stalled " + name, Alert.Kind.ADAPTER_STALLED, name, sentence, 0, true));
            }
            if (adapter.isFailing()) {
                String sentence = name + " fails too often: it is called now and then only, until it answers again";
                troubles.add(new AlertWatch.Trouble("open " + name, Alert.Kind.BREAKER_OPEN, name, sentence, 0, false));
            }
        }
        for (Supplier supplier : suppliers.values()) {
            if (supplier.standstill().isOn()) {
                String name = supplier.adapter().name();
                String sentence =
                        name + " takes no orders, by its own word: its balance may be empty, or the product off";
                troubles.add(
                        new AlertWatch.Trouble("paused " + name, Alert.Kind.SUPPLIER_PAUSED, name, sentence, 0, true));
            }
        }
        return troubles;
    }

    @Nullable
    Keeper keeper() {
        return keeper;
    }

    @Nullable
    Granter granter() {
        return granter;
    }

    /** The names of what is not called for now. */
    List<String> paused() {
        Stream<String> guarded = adapters().stream().filter(Adapter::isPaused).map(Adapter::name);
        Stream<String> refusing = suppliers.values().stream()
                .filter(supplier -> supplier.standstill().isOn())
                .map(supplier -> supplier.adapter().name());
        return Stream.concat(guarded, refusing).distinct().toList();
    }

    private List<Adapter> adapters() {
        List<Adapter> all = new ArrayList<>();
        gateways.values().forEach(gateway -> all.add(gateway.adapter()));
        suppliers.values().forEach(supplier -> all.add(supplier.adapter()));
        if (stock != null) {
            all.add(stock.adapter());
        }
        if (teller != null) {
            all.add(teller.adapter());
        }
        if (keeper != null) {
            all.add(keeper.adapter());
        }
        if (granter != null) {
            all.add(granter.adapter());
        }
        if (checker != null) {
            all.add(checker.adapter());
        }
        return all;
    }
}
