package dev.kadao;

import dev.kadao.engine.Engine;
import dev.kadao.engine.EngineParts;
import dev.kadao.engine.RiskGuard;
import dev.kadao.insight.Texts;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.order.Terms;
import dev.kadao.policy.AlertSettings;
import dev.kadao.policy.BackOff;
import dev.kadao.policy.CompensationRules;
import dev.kadao.policy.DisputeSettings;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.HandlingSettings;
import dev.kadao.policy.IfSilent;
import dev.kadao.policy.MessageSettings;
import dev.kadao.policy.OverdueSettings;
import dev.kadao.policy.PaymentSettings;
import dev.kadao.policy.RiskRules;
import dev.kadao.policy.Sla;
import dev.kadao.policy.StockSettings;
import dev.kadao.policy.SweepSettings;
import dev.kadao.port.AlertSink;
import dev.kadao.port.AskingRecipientCheck;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Compensator;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.Escrow;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.Notifier;
import dev.kadao.port.PaidRiskPolicy;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.QuestionReader;
import dev.kadao.port.RecipientCheck;
import dev.kadao.port.ReservingInventory;
import dev.kadao.port.RiskCounters;
import dev.kadao.port.RiskPolicy;
import dev.kadao.port.Router;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Fulfillment}. Needs a store and a router; everything else has a default or may be left out. For one
 * thread. Nothing is checked before {@link #build()}, which names all problems at once.
 */
public final class FulfillmentBuilder {
    @Nullable
    CheckoutStore store;

    @Nullable
    KeyInventory inventory;

    @Nullable
    Router router;

    @Nullable
    Notifier notifier;

    @Nullable
    Compensator compensator;

    @Nullable
    Escrow escrow;

    @Nullable
    QuestionReader questionReader;

    Texts texts = Texts.standard();

    RecipientCheck recipientCheck = (sku, recipient) -> Optional.empty();
    final Map<String, PaymentGateway> gateways = new LinkedHashMap<>();
    final Map<String, Dispatcher> suppliers = new LinkedHashMap<>();
    final Set<String> retired = new LinkedHashSet<>();
    final Set<String> namedTwice = new LinkedHashSet<>();
    PaymentSettings payment = PaymentSettings.defaults();
    StockSettings stock = StockSettings.defaults();
    BackOff backOff = BackOff.defaults();
    Sla sla = Sla.defaults();
    OverdueSettings overdue = OverdueSettings.defaults();
    DisputeSettings dispute = DisputeSettings.defaults();

    @Nullable
    AlertSink alertSink;

    AlertSettings alerts = AlertSettings.defaults();
    HandlingSettings handling = HandlingSettings.defaults();
    MessageSettings messages = MessageSettings.defaults();
    EngineSettings engine = EngineSettings.defaults();
    SweepSettings sweep = SweepSettings.defaults();
    CompensationRules compensation = CompensationRules.defaults();

    @Nullable
    RiskPolicy riskPolicy;

    RiskGuard.@Nullable Counted countedRisk;

    @Nullable
    PaidRiskPolicy paidRiskPolicy;

    IfSilent ifRiskIsSilent = IfSilent.LETS_THROUGH;

    FulfillmentBuilder() {}

    /** Where checkouts are kept. Required. */
    public FulfillmentBuilder store(CheckoutStore newStore) {
        this.store = newStore;
        return this;
    }

    /** The stock of keys. Needed to sell keys. */
    public FulfillmentBuilder inventory(KeyInventory newInventory) {
        this.inventory = newInventory;
        return this;
    }

    /** How the goods of a SKU come to the buyer. Required. */
    public FulfillmentBuilder router(Router newRouter) {
        this.router = newRouter;
        return this;
    }

    /**
     * A gateway account under the name by which payments are recorded, for ever: 1 to 32 of {@code a-z 0-9 . _ -}. At
     * {@link #build()} its {@code read} is given a few forged notices: one that it believes, or answers with a status of
     * success, is a problem.
     */
    public FulfillmentBuilder gateway(String name, PaymentGateway gateway) {
        if (gateways.put(name, gateway) != null) {
            namedTwice.add("gateway '" + name + "'");
        }
        return this;
    }

    /** A supplier under the name by which dispatches are recorded, for ever: 1 to 32 of {@code a-z 0-9 . _ -}. */
    public FulfillmentBuilder supplier(String name, Dispatcher supplier) {
        if (suppliers.put(name, supplier) != null) {
            namedTwice.add("supplier '" + name + "'");
        }
        return this;
    }

    /** Tells buyers what happened. Without it nothing is told. */
    public FulfillmentBuilder notifier(Notifier newNotifier) {
        this.notifier = newNotifier;
        return this;
    }

    /**
     * Checks recipients when they are placed or corrected. By default every printable text is taken. An
     * {@link AskingRecipientCheck} also asks somebody outside, within bounds that it states.
     */
    public FulfillmentBuilder recipientCheck(RecipientCheck check) {
        this.recipientCheck = check;
        return this;
    }

    /** In which words support speaks and says how an order stands. Default {@link Texts#standard()}. */
    public FulfillmentBuilder texts(Texts newTexts) {
        this.texts = newTexts;
        return this;
    }

    /**
     * Says what buyers' questions are about, for example with a language model. Without it the built-in
     * {@link dev.kadao.support.WordRules} decide, as they do whenever it gives no answer.
     */
    public FulfillmentBuilder questionReader(QuestionReader reader) {
        this.questionReader = reader;
        return this;
    }

    /**
     * Declares gateways or suppliers that open orders may still name but that are gone: calls to them are answered
     * "unknown", so that what cannot be settled without them ends as a case for a person.
     */
    public FulfillmentBuilder retired(String... names) {
        retired.addAll(Set.of(names));
        return this;
    }

    /**
     * How long a payment may take, how it is asked about, and what late money leads to. Default
     * {@link PaymentSettings#defaults()}; holds for what is placed from then on.
     */
    public FulfillmentBuilder payment(PaymentSettings settings) {
        this.payment = settings;
        return this;
    }

    /**
     * How long a paid order waits for stock, and what follows. Default {@link StockSettings#defaults()}; holds for what
     * is placed from then on.
     */
    public FulfillmentBuilder stock(StockSettings settings) {
        this.stock = settings;
        return this;
    }

    /**
     * The gaps between tries of what was not sent, is unknown or lacks stock. Default {@link BackOff#defaults()}; holds
     * for what is placed from then on.
     */
    public FulfillmentBuilder backOff(BackOff settings) {
        this.backOff = settings;
        return this;
    }

    /**
     * When an order counts as late, and what is done about it when. Default {@link Sla#defaults()}; holds for what is placed
     * from then on. A SKU's own: {@link dev.kadao.order.Route#within}.
     */
    public FulfillmentBuilder sla(Sla settings) {
        this.sla = settings;
        return this;
    }

    /**
     * How orders end that are owed for too long. Default {@link OverdueSettings#defaults()}: a person ends them; holds for
     * what is placed from then on.
     */
    public FulfillmentBuilder overdue(OverdueSettings settings) {
        this.overdue = settings;
        return this;
    }

    /** How often buyers are told. Default {@link MessageSettings#defaults()}; holds for what is placed from then on. */
    public FulfillmentBuilder messages(MessageSettings settings) {
        this.messages = settings;
        return this;
    }

    /** How long buyers may dispute. Default {@link DisputeSettings#defaults()}; holds for what is placed from then on. */
    public FulfillmentBuilder dispute(DisputeSettings settings) {
        this.dispute = settings;
        return this;
    }

    /**
     * Tells the shop's own people what wants them: cases, low stock, suppliers that fail. Without it the log alone tells,
     * at WARN.
     */
    public FulfillmentBuilder alerts(AlertSink sink) {
        this.alertSink = sink;
        return this;
    }

    /** What else than cases they are alerted to. Default {@link AlertSettings#defaults()}; not stored. */
    public FulfillmentBuilder alertSettings(AlertSettings settings) {
        this.alerts = settings;
        return this;
    }

    /**
     * By when people are to be done with cases, and whether money, or goods too, need two of them. Default
     * {@link HandlingSettings#defaults()}; holds for what is placed from then on.
     */
    public FulfillmentBuilder handling(HandlingSettings settings) {
        this.handling = settings;
        return this;
    }

    /**
     * What buyers get on top when the goods, or the money back, come too late. Default {@link CompensationRules#defaults()},
     * nothing; holds for what is placed from then on. Credits and coupons need a {@link #compensator}.
     */
    public FulfillmentBuilder compensation(CompensationRules rules) {
        this.compensation = rules;
        return this;
    }

    /** Grants the credits and coupons of {@link #compensation}. Keep it while orders with such rules are open. */
    public FulfillmentBuilder compensator(Compensator newCompensator) {
        this.compensator = newCompensator;
        return this;
    }

    /**
     * Holds what was paid for an order until it is completed. Without one nothing is held. Holds for what is placed from then
     * on; keep it while orders placed with it are open.
     */
    public FulfillmentBuilder escrow(Escrow newEscrow) {
        this.escrow = newEscrow;
        return this;
    }

    /** How this process works: times, widths and bounds. Default {@link EngineSettings#defaults()}; not stored. */
    public FulfillmentBuilder engine(EngineSettings settings) {
        this.engine = settings;
        return this;
    }

    /** How a key stock in another database is swept. Default {@link SweepSettings#defaults()}; not stored. */
    public FulfillmentBuilder sweep(SweepSettings settings) {
        this.sweep = settings;
        return this;
    }

    /**
     * Asked whether a checkout may be placed, before {@link #risk(RiskRules, RiskCounters, Secret)}, which may be given as
     * well: the stricter one of both counts. Without either nobody is asked.
     */
    public FulfillmentBuilder risk(RiskPolicy policy) {
        this.riskPolicy = policy;
        return this;
    }

    /**
     * The built-in rules, whose counters all processes of the shop share. Costs each placing a read and a short
     * transaction. If the counters fail, checkouts are placed without them, and the log says so.
     *
     * @param digestKey 16 characters or more, the same in all processes: accounts, addresses, devices and recipients are
     *     counted by digests under this key. With another one counting begins anew
     */
    public FulfillmentBuilder risk(RiskRules rules, RiskCounters counters, Secret digestKey) {
        this.countedRisk = new RiskGuard.Counted(rules, counters, digestKey);
        return this;
    }

    /**
     * Asked when a checkout is paid, before anything is handed over, beside {@link RiskRules#oncePaid}; what either holds
     * waits for a person. Costs each checkout a commit more, from the placing on; without either nothing is asked then.
     */
    public FulfillmentBuilder riskOncePaid(PaidRiskPolicy policy) {
        this.paidRiskPolicy = policy;
        return this;
    }

    /**
     * What becomes of what is paid if those who are asked then throw, hang or are paused. They are asked three times at
     * first. Default {@link IfSilent#LETS_THROUGH}; not stored.
     */
    public FulfillmentBuilder ifPaidRiskIsSilent(IfSilent choice) {
        this.ifRiskIsSilent = choice;
        return this;
    }

    /**
     * Builds it and starts its due loop, which goes on with whatever the store holds unfinished.
     *
     * @throws MisconfiguredException naming all problems at once
     * @throws dev.kadao.port.StoreException if the store cannot be read
     */
    public Fulfillment build() {
        List<String> problems = new ArrayList<>(BuildCheck.problems(this));
        Terms terms = terms(problems);
        if (store == null || router == null || terms == null || !problems.isEmpty()) {
            throw new MisconfiguredException(problems);
        }
        AskingRecipientCheck asking = recipientCheck instanceof AskingRecipientCheck asks ? asks : null;
        boolean asksAboutRisk = riskPolicy != null || countedRisk != null || paidRiskPolicy != null;
        RiskGuard risk = asksAboutRisk ? new RiskGuard(riskPolicy, countedRisk, paidRiskPolicy, ifRiskIsSilent) : null;
        Engine running = Engine.on(new EngineParts(
                store,
                inventory,
                notifier,
                gateways,
                suppliers,
                terms,
                engine,
                sweep,
                asking,
                new EngineParts.Alerting(alertSink, alerts),
                compensator,
                risk,
                escrow));
        PlaceCheck check = new PlaceCheck(
                router,
                recipientCheck,
                gateways.keySet(),
                suppliers,
                inventory != null,
                inventory != null && store.sharesCommitWith(inventory),
                inventory instanceof ReservingInventory);
        running.start();
        return new FrontDoor(running, check, engine.watchdogInterval(), texts, questionReader);
    }

    private Terms.@Nullable Remedies remedies() {
        List<CompensationTerms> rules = compensation.recorded();
        return rules == null && escrow == null ? null : new Terms.Remedies(escrow != null, rules);
    }

    private @Nullable Terms terms(List<String> problems) {
        try {
            return new Terms(
                    payment.deadline(),
                    payment.queries(),
                    payment.closeGrace(),
                    payment.latePayment(),
                    stock.longestWait(),
                    stock.waitOver(),
                    backOff.first(),
                    backOff.max(),
                    dispute.window(),
                    new Terms.Sla(sla.late(), sla.redispatch(), sla.escalate()),
                    notifier != null,
                    overdue.recorded(),
                    handling.recorded(),
                    remedies(),
                    messages.resends());
        } catch (InvalidValueException e) {
            problems.add(e.getMessage() + ": no checkout could be placed. Change that setting.");
            return null;
        }
    }
}
