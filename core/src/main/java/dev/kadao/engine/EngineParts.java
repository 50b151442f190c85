package dev.kadao.engine;

import dev.kadao.order.Terms;
import dev.kadao.policy.AlertSettings;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.AlertSink;
import dev.kadao.port.AskingRecipientCheck;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Escrow;
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
 * @param alerting null if people are alerted to cases in the log, and to nothing else
 * @param compensator grants credits and coupons; null if there is none
 * @param risk who is asked about risk; null if nobody is
 * @param escrow holds money until orders are completed; null if there is none
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
        @Nullable AskingRecipientCheck recipientCheck,
        @Nullable Alerting alerting,
        @Nullable Compensator compensator,
        @Nullable RiskGuard risk,
        @Nullable Escrow escrow) {

    /**
     * How the shop's people are alerted.
     *
     * @param sink told beside the log; null for the log alone
     */
    public record Alerting(@Nullable AlertSink sink, AlertSettings settings) {}

    public EngineParts {
        gateways = Map.copyOf(gateways);
        suppliers = Map.copyOf(suppliers);
    }

    /** An engine that asks nobody about recipients or risk, and has nobody who compensates. */
    public EngineParts(
            CheckoutStore store,
            @Nullable KeyInventory inventory,
            @Nullable Notifier notifier,
            Map<String, PaymentGateway> gateways,
            Map<String, Dispatcher> suppliers,
            Terms terms,
            EngineSettings settings,
            SweepSettings sweep) {
        this(store, inventory, notifier, gateways, suppliers, terms, settings, sweep, null, null, null, null, null);
    }
}
