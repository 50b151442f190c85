package dev.kadao.benchmarks;

import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain steps given straight to the store, one a call, without the engine above it. */
final class StoreSteps {
    private static final Duration FAR = Duration.ofDays(30);

    private final CheckoutStore store;
    private final Orders orders;
    private final @Nullable Template template;
    private final Instant due = Instant.now().plus(FAR);

    StoreSteps(CheckoutStore store, Orders orders, @Nullable Template template) {
        this.store = store;
        this.orders = orders;
        this.template = template;
    }

    void place(int from, int to) {
        for (int order = from; order < to; order++) {
            commit(order, 0);
        }
    }

    void step(int from, int to) {
        for (int order = from; order < to; order++) {
            commit(order, 1);
        }
    }

    private void commit(int order, long expectedVersion) {
        if (template == null) {
            throw new IllegalStateException("steps need a template");
        }
        String id = Orders.id(order);
        Template.Documents documents = template.documents(id, orders.sku(order));
        Step.Write write = new Step.Write(
                documents.format(),
                documents.document(),
                documents.personal(),
                due,
                expectedVersion + 1,
                documents.journal(),
                List.of(new IndexRow("stage", "AWAITING_PAYMENT", 1), new IndexRow("sku", orders.sku(order), 1)));
        StepResult result = store.commit(List.of(new Step.Plain(
                        "step" + expectedVersion + "_" + id,
                        new CheckoutId(id),
                        expectedVersion,
                        new Step.Claim.Keep(),
                        null,
                        write)))
                .get(0);
        if (!(result instanceof StepResult.Done)) {
            throw new IllegalStateException("step of order " + order + " was answered " + result);
        }
    }
}
