package dev.kadao.examples.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Several shops on one database, of which now one is killed and started again, now one paused for a while. */
final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path logs;
    private final IntFunction<List<String>> options;
    private final List<ShopProcess> shops = new CopyOnWriteArrayList<>();
    private final List<ShopClient> clients;
    private final ShopClient patient;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService trouble = Executors.newScheduledThreadPool(2);
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger pauses = new AtomicInteger();

    /** @param options of the shop of this number, at each of its starts */
    Fleet(Path logs, int size, String adminToken, IntFunction<List<String>> options) {
        this(logs, size, adminToken, ShopClient.LIMIT, options);
    }

    /** @param limit after which a call to a shop that may be paused is given up */
    Fleet(Path logs, int size, String adminToken, Duration limit, IntFunction<List<String>> options) {
        this.logs = logs;
        this.options = options;
        for (int i = 0; i < size; i++) {
            shops.add(ShopProcess.start(logs, options.apply(i)));
        }
        this.clients = IntStream.range(0, size)
                .mapToObj(i -> new ShopClient(() -> shops.get(i).uri(), adminToken, new Transcript(), limit))
                .toList();
        this.patient = new ShopClient(() -> shops.get(0).uri(), adminToken, new Transcript());
    }

    /** Asks one shop after the other, beginning with some one, until one answers as wanted. */
    Reply insist(int first, Function<ShopClient, Reply> call, Predicate<Reply> wanted) {
        AtomicInteger next = new AtomicInteger(first);
        return Waiting.within(PATIENCE, "some shop answers")
                .ignoreExceptionsInstanceOf(NoAnswerException.class)
                .until(() -> call.apply(clients.get(next.getAndIncrement() % clients.size())), wanted);
    }

    /** A client of the first shop that waits as long as others do, whatever the limit of those that insist. */
    ShopClient client() {
        return patient;
    }

    /** Soon, and then at every beat, one of the shops is killed, and another one is paused so long. */
    void trouble(Duration beat, Duration pause) {
        long millis = beat.toMillis();
        trouble.scheduleAtFixedRate(() -> noted(this::killOne), 1_000, millis, TimeUnit.MILLISECONDS);
        trouble.scheduleAtFixedRate(() -> noted(() -> pauseOne(pause)), 2_000, millis, TimeUnit.MILLISECONDS);
    }

    /** Ends the trouble, once there was some of both kinds; returns when all shops run again. */
    void calm() throws InterruptedException {
        Waiting.until("one shop was killed and one paused").until(() -> kills.get() > 0 && pauses.get() > 0);
        trouble.shutdown();
        if (!trouble.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The trouble did not end within " + PATIENCE + ".");
        }
    }

    int kills() {
        return kills.get();
    }

    int pauses() {
        return pauses.get();
    }

    List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        trouble.shutdownNow();
        shops.forEach(ShopProcess::close);
    }

    private void noted(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            // A schedule ends with the first exception: kept for the test, which looks at them at its end.
            failures.add(e);
        }
    }

    /** Kills the even ones in turn, so that nobody pauses what is being started. */
    void killOne() {
        int number = 2 * (kills.getAndIncrement() % ((shops.size() + 1) / 2));
        shops.get(number).kill();
        shops.set(number, ShopProcess.start(logs, options.apply(number)));
    }

    void pauseOne(Duration pause) {
        int number = 1 + 2 * (pauses.getAndIncrement() % (shops.size() / 2));
        ShopProcess shop = shops.get(number);
        shop.pause();
        try {
            new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shop.resume();
        }
    }
}
