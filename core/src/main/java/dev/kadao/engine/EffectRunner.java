package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what a checkout has pending, at once after each commit; the answers come back as events. */
final class EffectRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    private final Steps steps;
    private final Flights flights;
    private final Answers answers;
    private final boolean stockInCommit;
    private final Clockwork.Crew crew;
    private final GatewayCalls gateways;
    private final SupplierCalls suppliers;
    private final StockCalls stock;
    private final PeopleCalls people;
    private final RemedyCalls remedies;
    private final RiskOncePaid risk;
    private volatile boolean stopped;

    EffectRunner(
            Steps steps,
            Flights flights,
            Answers answers,
            boolean stockInCommit,
            Clockwork.Crew crew,
            GatewayCalls gateways,
            SupplierCalls suppliers,
            StockCalls stock,
            PeopleCalls people,
            RemedyCalls remedies,
            RiskOncePaid risk) {
        this.steps = steps;
        this.flights = flights;
        this.answers = answers;
        this.stockInCommit = stockInCommit;
        this.crew = crew;
        this.gateways = gateways;
        this.suppliers = suppliers;
        this.stock = stock;
        this.people = people;
        this.remedies = remedies;
        this.risk = risk;
    }

    /** From now on nothing new is started. */
    void stop() {
        stopped = true;
    }

    /** Starts what is pending in this state, if this process has the claim. */
    void run(Held held) {
        if (stopped) {
            return;
        }
        List<Effect> due = Lifecycle.pending(held.checkout(), steps.now());
        if (due.isEmpty()) {
            rest(held);
            return;
        }
        if (!held.claimed() || answers.isFull()) {
            // Somebody else is at it, or nothing more can be taken on: stored state is found again by the due loop.
            return;
        }
        Stream<Effect> acts = due.stream().filter(Effect.Act.class::isInstance);
        Stream<Effect> others = due.stream().filter(effect -> !(effect instanceof Effect.Act));
        Stream.concat(acts, others).forEach(effect -> begin(held, effect));
    }

    private void rest(Held held) {
        if (flights.anyBut(held.id(), null)) {
            return;
        }
        if (held.claimed()) {
            // If nobody is free to give it back, the claim lapses.
            crew.submit(() -> steps.putBack(held.id()));
        }
    }

    private void begin(Held held, Effect effect) {
        if (!flights.begin(held.id(), effect.part())) {
            return;
        }
        if (!crew.submit(() -> start(held, effect))) {
            flights.end(held.id(), effect.part());
        }
    }

    private void start(Held held, Effect effect) {
        try {
            call(held, effect);
        } catch (RuntimeException e) {
            LOG.error("effect {} of checkout {} could not be started: {}", effect.id(), held.id(), Thrown.named(e));
            flights.end(held.id(), effect.part());
        }
    }

    private void call(Held held, Effect effect) {
        if (effect instanceof Effect.DispatchGoods dispatch) {
            suppliers.dispatch(held, dispatch);
        } else if (effect instanceof Effect.RefundMoney refund) {
            gateways.refund(held, refund);
        } else if (effect instanceof Effect.OpenPayment open) {
            gateways.open(held, open);
        } else if (effect instanceof Effect.QueryPayment query) {
            gateways.query(held, query);
        } else if (effect instanceof Effect.ClosePayment close) {
            gateways.close(held, close);
        } else if (effect instanceof Effect.QueryRefund query) {
            gateways.queryRefund(held, query);
        } else if (effect instanceof Effect.QueryDispatch query) {
            suppliers.query(held, query);
        } else if (effect instanceof Effect.OfStock ofStock) {
            take(held, ofStock);
        } else if (effect instanceof Effect.MoveHold move) {
            remedies.move(held, move);
        } else if (effect instanceof Effect.GrantCompensation grant) {
            remedies.grant(held, grant);
        } else if (effect instanceof Effect.AssessRisk assess) {
            risk.assess(held, assess);
        } else if (effect instanceof Effect.SendMessage message) {
            people.tell(held, message);
        } else if (effect instanceof Effect.AlertCase alert) {
            people.alert(held, alert, steps.now());
        }
    }

    /** Stock in the same database is asked inside the commit of a step that has nothing else to say. */
    private void take(Held held, Effect.OfStock effect) {
        if (!stockInCommit || effect instanceof Effect.HandOverKeys) {
            stock.start(held, effect);
        } else {
            answers.store(held.id(), effect.part(), (now, at) -> Change.of(now, new Event.TimeCame(at)));
        }
    }
}
