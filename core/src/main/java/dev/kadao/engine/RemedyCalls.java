package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Commitment;
import dev.kadao.order.Compensation;
import dev.kadao.order.Hold;
import dev.kadao.order.Order;
import dev.kadao.port.Compensator;
import dev.kadao.port.Escrow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls to whoever grants what buyers get on top, and to whoever holds their money. */
final class RemedyCalls {
    private static final Logger LOG = LoggerFactory.getLogger(RemedyCalls.class);
    private static final Duration LOG_GAP = Duration.ofMinutes(10);

    private final Calls calls;
    private final Ports ports;
    private final Duration limit;
    private final Seldom seldom;

    RemedyCalls(Calls calls, Ports ports, Duration limit, Seldom seldom) {
        this.calls = calls;
        this.ports = ports;
        this.limit = limit;
        this.seldom = seldom;
    }

    void grant(Held held, Effect.GrantCompensation effect) {
        Compensation compensation = held.checkout().compensation(effect.compensation());
        Order order = held.checkout().order(compensation.line());
        Commitment account = held.checkout().account();
        Compensator.Grant grant = new Compensator.Grant(
                compensation.reference(held.id()),
                order.id(),
                compensation.kind(),
                compensation.amount(),
                compensation.coupon(),
                account == null ? Optional.empty() : held.personal().text(account),
                held.personal().text(order.recipient()));
        Ports.Granter granter = ports.granter();
        calls.ask(
                granter == null ? null : granter.adapter(),
                "the compensator",
                new Calls.Question<Compensator.Answer>(
                        held.id(),
                        effect,
                        limit,
                        () -> granted(granter, grant),
                        Compensator.Answer.Unknown.class::isInstance,
                        Compensator.Answer.Unknown::new,
                        (now, at, answer) -> {
                            noteUnknown(grant, answer);
                            return Change.of(now, new Event.CompensationSaid(at, effect.compensation(), kept(answer)));
                        }));
    }

    private static Compensator.Answer granted(Ports.@Nullable Granter granter, Compensator.Grant grant) {
        if (granter == null) {
            throw new IllegalStateException("a compensator that is gone is never called");
        }
        Compensator.Answer answer = granter.port().grant(grant);
        return answer == null ? new Compensator.Answer.Unknown("the compensator answered null") : answer;
    }

    private void noteUnknown(Compensator.Grant grant, Compensator.Answer answer) {
        if (answer instanceof Compensator.Answer.Unknown unknown && seldom.allows("compensator", LOG_GAP)) {
            LOG.warn(
                    "compensation {} is not known to be granted, and is asked for again: {}",
                    grant.reference(),
                    SupplierTexts.reason(unknown.reason()));
        }
    }

    void move(Held held, Effect.MoveHold effect) {
        Hold hold = held.checkout().hold(effect.line());
        if (hold == null) {
            throw new IllegalStateException("there is a hold where one is to be moved");
        }
        Escrow.Held money = new Escrow.Held(
                hold.reference(held.id()), held.checkout().order(hold.line()).id(), hold.amount());
        Ports.Keeper keeper = ports.keeper();
        calls.ask(
                keeper == null ? null : keeper.adapter(),
                "the escrow",
                new Calls.Question<Escrow.Answer>(
                        held.id(),
                        effect,
                        limit,
                        () -> moved(keeper, effect.move(), money),
                        Escrow.Answer.Unknown.class::isInstance,
                        Escrow.Answer.Unknown::new,
                        (now, at, answer) -> {
                            if (answer instanceof Escrow.Answer.Unknown unknown && seldom.allows("escrow", LOG_GAP)) {
                                LOG.warn(
                                        "hold {}: {} is not known to be done, and is asked for again: {}",
                                        money.reference(),
                                        effect.move(),
                                        SupplierTexts.reason(unknown.reason()));
                            }
                            return Change.of(now, new Event.EscrowSaid(at, effect.line(), effect.move(), kept(answer)));
                        }));
    }

    private static Escrow.Answer moved(Ports.@Nullable Keeper keeper, Hold.Move move, Escrow.Held money) {
        if (keeper == null) {
            throw new IllegalStateException("an escrow that is gone is never called");
        }
        Escrow.Answer answer = switch (move) {
            case HOLD -> keeper.port().hold(money);
            case RELEASE -> keeper.port().release(money);
            case CLAW_BACK -> keeper.port().clawBack(money);
        };
        return answer == null ? new Escrow.Answer.Unknown("the escrow answered null") : answer;
    }

    private static Escrow.Answer kept(Escrow.Answer answer) {
        return answer instanceof Escrow.Answer.Declined declined
                ? new Escrow.Answer.Declined(SupplierTexts.reason(declined.reason()))
                : answer;
    }

    /** What is kept for ever is bounded. */
    private static Compensator.Answer kept(Compensator.Answer answer) {
        return answer instanceof Compensator.Answer.Declined declined
                ? new Compensator.Answer.Declined(SupplierTexts.reason(declined.reason()))
                : answer;
    }
}
