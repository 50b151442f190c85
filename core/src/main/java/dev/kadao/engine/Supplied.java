package dev.kadao.engine;

import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.lifecycle.Verdict;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.KeyText;
import dev.kadao.order.Order;
import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a supplier sold us with an answer. They exist in memory only until the step that records the answer has them
 * sealed into the stock.
 */
record Supplied(int line, int dispatch, List<Secret> keys) {
    Supplied {
        keys = List.copyOf(keys);
    }

    /** Why these keys are no delivery of the order; null if they are one. */
    static @Nullable String flaw(List<Secret> keys, int quantity) {
        String flaw = KeyText.flaw(keys).orElse(null);
        if (flaw == null && keys.size() != quantity) {
            return keys.size() + " keys came, " + quantity + " were ordered";
        }
        return flaw;
    }

    /** Those that a stock can keep, each once. */
    static List<Secret> storable(List<Secret> keys) {
        return keys.stream()
                .filter(key -> KeyText.flaw(key).isEmpty())
                .map(KeyText::kept)
                .distinct()
                .toList();
    }

    /**
     * What the stock is to do with them, by what was decided. Of an answer that was known already it keeps those keys that it
     * does not know: a supplier that sends others for one dispatch has sold them all.
     */
    StockRequest request(Checkout before, List<Entry> entries) {
        Order order = before.order(line);
        for (Entry entry : entries) {
            if (entry instanceof Entry.KeysHandedOver handed && handed.line() == line) {
                return new StockRequest.Supply(order.id(), order.sku(), dispatch, 0, keys);
            }
            if (entry instanceof Entry.KeysReplaced replaced && replaced.line() == line) {
                return new StockRequest.Supply(order.id(), order.sku(), dispatch, replaced.replacement(), keys);
            }
        }
        String cause = "came with dispatch " + dispatch + " while the order was " + order.stage();
        return new StockRequest.SetAside(order.id(), order.sku(), dispatch, keys, cause);
    }

    /** Decided anew for keys that the order cannot have. */
    StockInStep.Decided unfit(Checkout before, Event.SupplierSaid said, StockAnswer answer) {
        String reason = answer instanceof StockAnswer.Unfit unfit
                ? unfit.reason()
                : "the stock cannot take its keys in: " + answer.getClass().getSimpleName();
        Event event =
                new Event.SupplierSaid(said.now(), line, dispatch, said.send(), new Answer.Partial(0, reason), null);
        if (Lifecycle.decide(before, event) instanceof Verdict.Moved moved) {
            return new StockInStep.Decided(StockInStep.kept(before, moved), moved.entries(), List.of(event.identity()));
        }
        return new StockInStep.Decided(before, List.of(), List.of());
    }
}
