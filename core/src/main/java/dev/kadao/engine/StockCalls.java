package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.KeyInventory.HandOverAnswer;
import dev.kadao.port.KeyInventory.ReleaseAnswer;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.ReservingInventory;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The calls to a key stock that lies elsewhere, so that it cannot join the commit. */
final class StockCalls {
    private final Calls calls;
    private final Ports ports;
    private final Duration limit;

    StockCalls(Calls calls, Ports ports, Duration limit) {
        this.calls = calls;
        this.ports = ports;
        this.limit = limit;
    }

    /** What a call made of the stock; reserving alone is told apart, since handing over still follows it. */
    private sealed interface Said {
        record SetAside() implements Said {}

        record Answered(StockAnswer answer) implements Said {}
    }

    void start(Held held, Effect.OfStock effect) {
        Ports.Stock stock = ports.stock();
        Order order = held.checkout().order(effect.line());
        Callable<Said> work = stock == null
                ? () -> new Said.Answered(new StockAnswer.NotTried("no key inventory is configured"))
                : () -> call(stock.port(), order, effect);
        calls.ask(
                stock == null ? null : stock.adapter(),
                "the key inventory",
                new Calls.Question<Said>(
                        held.id(),
                        effect,
                        limit,
                        work,
                        said -> said instanceof Said.Answered answered
                                && answered.answer() instanceof StockAnswer.NotTried,
                        reason -> new Said.Answered(new StockAnswer.NotTried(reason)),
                        (now, at, said) -> event(now, at, effect.line(), said)));
    }

    private static Optional<Change> event(Held held, Instant now, int line, Said said) {
        return Change.of(
                held,
                said instanceof Said.Answered answered
                        ? new Event.StockSaid(now, line, answered.answer())
                        : new Event.KeysSetAside(now, line));
    }

    private static Said call(KeyInventory stock, Order order, Effect.OfStock effect) {
        OrderId id = order.id();
        if (effect instanceof Effect.TakeKeys) {
            return bound(stock.reserve(id, order.sku(), order.quantity()), new Said.SetAside());
        }
        if (effect instanceof Effect.ReserveUnpaid) {
            return new Said.Answered(new StockAnswer.ForUnpaid(reservedUnpaid(stock, order)));
        }
        if (effect instanceof Effect.LetKeysGo) {
            if (stock instanceof ReservingInventory reserving) {
                reserving.letGo(id);
            }
            return new Said.Answered(new StockAnswer.Gone());
        }
        if (effect instanceof Effect.ReplaceKeys replace) {
            return bound(stock.replace(id, replace.replacement()), new Said.Answered(new StockAnswer.Taken()));
        }
        if (effect instanceof Effect.HandOverKeys) {
            boolean handedOver = stock.handOver(id) instanceof HandOverAnswer.HandedOver;
            return new Said.Answered(handedOver ? new StockAnswer.Taken() : nothingThere(order));
        }
        Effect.ReleaseKeys release = (Effect.ReleaseKeys) effect;
        return new Said.Answered(new StockAnswer.Returned(stock.release(id, release.cause())));
    }

    /** Keys that were reserved before the payment may have been given back while it came: then others are taken. */
    private static StockAnswer nothingThere(Order order) {
        return order.route().reserving() == null
                ? new StockAnswer.Returned(new ReleaseAnswer.NeverReserved())
                : new StockAnswer.Gone();
    }

    /** A stock that cannot do it is refused at placing; this one was put in its place since. */
    private static UnpaidAnswer reservedUnpaid(KeyInventory stock, Order order) {
        Route.Reserving reserving = order.route().reserving();
        return stock instanceof ReservingInventory able && reserving != null
                ? able.reserveUnpaid(order.id(), order.sku(), order.quantity(), reserving.cap())
                : new UnpaidAnswer.OutOfStock();
    }

    private static Said bound(ReserveAnswer answer, Said whenBound) {
        if (answer instanceof ReserveAnswer.Reserved) {
            return whenBound;
        }
        return new Said.Answered(
                answer instanceof ReserveAnswer.OutOfStock
                        ? new StockAnswer.OutOfStock()
                        : new StockAnswer.Returned(new ReleaseAnswer.Released()));
    }
}
