package dev.kadao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.port.NoticeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One gateway that is asked about its notices and does not answer. */
@Timeout(60)
class SlowConfirmationIssuesTest {
    /** As many as are admitted at once. */
    private static final int MANY = 64;

    private static final Money PRICE = Money.parse("49.00", Currency.CNY);

    private boolean waits(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }

    @Test
    void a_replayed_notice_at_a_slow_gateway_keeps_nobody_else_waiting() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedGateway slow = new ScriptedGateway(new GatewayTerms(false, true, false, false), true) {
            @Override
            public PaymentWord query(PaymentId payment) {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new PaymentWord.Pending();
            }
        };
        InMemoryKeyInventory inventory = new InMemoryKeyInventory();
        try (Fulfillment shop = Fulfillment.builder()
                .store(InMemoryCheckoutStore.sharing(inventory))
                .inventory(inventory)
                .router(sku -> Optional.of(Route.keys()))
                .gateway("epay", slow)
                .gateway("other", new ScriptedGateway())
                .build()) {
            shop.place(PlaceRequest.of("epay", new PlaceRequest.Line("steam-50", 1, "a@example.com", PRICE))
                            .withId("cart1"))
                    .orThrow();
            List<Thread> replays = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Thread replay = new Thread(() -> shop.receive("epay", ScriptedGateway.paid("cart1_p1", "t1", PRICE)));
                replay.setDaemon(true);
                replay.start();
                replays.add(replay);
            }
            asked.await();
            await().atMost(Duration.ofSeconds(30)).until(() -> replays.stream().allMatch(this::waits));

            NoticeReply reply = shop.receive("other", ScriptedGateway.paid("cart9_p1", "t9", PRICE));

            answer.countDown();
            assertThat(reply).isEqualTo(ScriptedGateway.STORED);
        }
    }
}
