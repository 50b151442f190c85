package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Many buyers at once at a shop that may die at any moment. Each cart is placed and paid; what got no answer is sent
 * again with the same ids, and every payment is told three times.
 */
final class Rush implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final ShopWorld world;
    private final List<Cart> carts;
    private final ExecutorService clients;
    private final ExecutorService repeaters = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private final Map<String, Placed> placed = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final long seed;

    Rush(ShopWorld world, int clientCount, int cartCount, long seed, IntFunction<Cart> cart) {
        this.world = world;
        this.seed = seed;
        this.clients = Executors.newFixedThreadPool(clientCount);
        this.carts = IntStream.range(0, cartCount).mapToObj(cart).toList();
    }

    void begin() {
        for (int i = 0; i < carts.size(); i++) {
            Cart cart = carts.get(i);
            Random random = new Random(seed + i);
            running.add(clients.submit(() -> buy(cart, random)));
        }
    }

    /** Returns when the shop has acknowledged the payment of {@code count} carts. */
    void awaitAcknowledged(int count) {
        Waiting.within(PATIENCE, count + " payments are acknowledged")
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(acknowledged).hasValueGreaterThanOrEqualTo(count));
    }

    /** Returns when every client has what it wanted; fails with the first client that failed. */
    void awaitClients() throws Exception {
        for (Future<?> each : running) {
            each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    List<Cart> carts() {
        return carts;
    }

    List<Placed> placed() {
        return carts.stream().map(cart -> placed.get(cart.id())).toList();
    }

    @Override
    public void close() {
        clients.shutdownNow();
        repeaters.shutdownNow();
    }

    private void buy(Cart cart, Random random) {
        Reply answer = insist(() -> world.client().place(cart));
        assertThat(answer.status())
                .as("placing %s: %s", cart.id(), answer.body())
                .isIn(200, 201);
        Placed confirmed = Placed.read(answer.json());
        placed.put(cart.id(), confirmed);
        SandboxNotice notice = world.gateway().pay(confirmed.payment(), confirmed.amount(), confirmed.currency());
        int atOnce = 1 + random.nextInt(3);
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < atOnce; i++) {
            others.add(repeaters.submit(() -> acknowledge(notice)));
        }
        acknowledge(notice);
        acknowledged.incrementAndGet();
        for (int i = atOnce; i < 3; i++) {
            acknowledge(notice);
        }
        others.forEach(Rush::join);
    }

    private void acknowledge(SandboxNotice notice) {
        Reply answer = insist(() -> world.tell(notice));
        assertThat(answer.status() + " " + answer.body()).as(answer.call()).isEqualTo("200 ok");
    }

    /** A gateway and a buyer whose call got no answer, or that the shop is too busy, make it again. */
    private static Reply insist(Supplier<Reply> call) {
        return Waiting.within(PATIENCE, "the shop answers")
                .ignoreExceptionsInstanceOf(NoAnswerException.class)
                .until(call::get, answer -> answer.status() != 503);
    }

    private static void join(Future<?> other) {
        try {
            other.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("A repeated notice was not acknowledged.", e);
        }
    }
}
