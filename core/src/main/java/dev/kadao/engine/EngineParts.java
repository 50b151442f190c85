package dev.kadao.engine;

import dev.kadao.order.Terms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.AskingRecipientCheck;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Notifier;
import dev.kadao.port.PaymentGateway;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is made of.
 *
 * @param terms recorded with every checkout that is placed from now on
 * @param recipientCheck one that asks outside; null if there is none
 */
public record EngineParts(
        CheckoutStore store,
        @Nullable KeyInventory inventory,
        @Nullable Notifier notifier,
        Map<String, PaymentGateway> gateways,
        Map<String, Dispatcher> suppliers,
        Terms terms,
        EngineSettings settings,
        SweepSettings sweep,
        @Nullable AskingRecipientCheck recipientCheck) {
    public EngineParts {
        gateways = Map.copyOf(gateways);
        suppliers = Map.copyOf(suppliers);
    }

    /** An engine that asks nobody about recipients. */
    public EngineParts(
            CheckoutStore store,
            @Nullable KeyInventory inventory,
            @Nullable Notifier notifier,
            Map<String, PaymentGateway> gateways,
            Map<String, Dispatcher> suppliers,
            Terms terms,
            EngineSettings settings,
            SweepSettings sweep) {
        this(store, inventory, notifier, gateways, suppliers, terms, settings, sweep, null);
    }
}
