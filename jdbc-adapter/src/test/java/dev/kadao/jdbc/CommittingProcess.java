package dev.kadao.jdbc;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sells keys in a loop until it is killed, and prints each step only after the store has acknowledged it. */
final class CommittingProcess {
    private CommittingProcess() {}

    public static void main(String[] arguments) {
        UrlDataSource dataSource = new UrlDataSource(arguments[0]);
        JdbcCheckoutStore store = JdbcCheckoutStore.over(dataSource).open();
        JdbcKeyInventory inventory =
                JdbcKeyInventory.over(dataSource, TestDatabases.cipher()).open();
        String prefix = "key" + arguments[1] + "_";
        String keys = IntStream.range(0, 600).mapToObj(i -> prefix + i).collect(Collectors.joining("\n"));
        inventory.importKeys("a", TestDatabases.text(keys), "b", "s");
        System.out.println("ready");
        for (int i = 0; i < 600; i++) {
            String cart = "cart" + arguments[1] + "_" + i;
            OrderId order = new OrderId(new CheckoutId(cart), 1);
            acknowledged(store, StepDraft.insert(cart).journal("[\"placed\"]").plain(), cart + " 1");
            acknowledged(
                    store,
                    StepDraft.on(cart, 1, 1)
                            .journal("[\"sold\"]")
                            .withStock(new Step.StockRequest.Take(order, "a", 1, Instant.EPOCH)),
                    cart + " 2");
        }
    }

    private static void acknowledged(JdbcCheckoutStore store, Step step, String line) {
        StepResult result = store.commit(List.of(step)).get(0);
        if (!(result instanceof StepResult.Done)) {
            throw new IllegalStateException(line + ": " + result);
        }
        System.out.println(line);
        System.out.flush();
    }
}
