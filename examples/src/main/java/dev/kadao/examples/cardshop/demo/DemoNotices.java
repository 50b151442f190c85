package dev.kadao.examples.cardshop.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.examples.cardshop.sandbox.SignedMessage;
import dev.kadao.order.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the signed notices of the demo's gateway and supplier over real HTTP. A notice is a row until the shop has
 * acknowledged it or 20 tries are over, so that it outlives the process like a real gateway's.
 */
final class DemoNotices implements AutoCloseable {
    static final String TO_SHOP = "/notify/sandbox";
    static final String OF_SUPPLIER = "/notify/supplier/demo";

    private static final int MOST_TRIES = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** A demo that shares the tables may send a notice of one that died while it was sending. */
    private static final Duration OTHERS_WAIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(DemoNotices.class);

    private final DemoTables tables;
    private final URI shop;
    private final Map<String, Secret> secrets;
    private final InstantSource clock;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-notices");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Future<?> rounds;

    DemoNotices(DemoTables tables, URI shop, Map<String, Secret> secrets, InstantSource clock) {
        this.tables = tables;
        this.shop = shop;
        this.secrets = Map.copyOf(secrets);
        this.clock = clock;
    }

    private record Notice(long id, String path, String body, boolean forged, int tries, long dueMillis) {}

    void start() {
        rounds = sender.scheduleWithFixedDelay(this::sendDue, 0, 1, TimeUnit.SECONDS);
    }

    /** Writes a notice into the sender's list, as part of the transaction that it tells of. */
    void add(DemoTables.Tables t, String path, ObjectNode body, boolean forged, Instant due) throws SQLException {
        t.write(
                "insert into demo_notice (path, body, forged, due_millis, tries, done, answer)"
                        + " values (?, ?, ?, ?, 0, false, '')",
                path,
                body.toString(),
                forged,
                due.toEpochMilli());
    }

    void sendDueSoon() {
        try {
            sender.execute(this::sendDue);
        } catch (RejectedExecutionException e) {
            LOG.debug("The demo is closing; the notice is sent after the next start.");
        }
    }

    private void sendDue() {
        try {
            List<Notice> due = tables.inTransaction(t -> t.read(
                    "select id, path, body, forged, tries, due_millis from demo_notice"
                            + " where not done and due_millis <= ? order by id limit 50",
                    row -> new Notice(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getBoolean(4),
                            row.getInt(5),
                            row.getLong(6)),
                    clock.millis()));
            for (Notice notice : due) {
                if (take(notice)) {
                    record(notice, send(notice));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The rows are still there; the next round takes them again.
            LOG.warn("The demo could not send its notices and tries again in a second", e);
        }
    }

    /** Whether no other demo on these tables has taken it meanwhile. */
    private boolean take(Notice notice) {
        return tables.inTransaction(t -> t.write(
                        "update demo_notice set due_millis = ? where id = ? and due_millis = ? and not done",
                        clock.instant().plus(OTHERS_WAIT).toEpochMilli(),
                        notice.id,
                        notice.dueMillis)
                == 1);
    }

    private void record(Notice notice, String answer) {
        int tries = notice.tries + 1;
        boolean done = notice.forged || answer.equals("200 ok") || tries >= MOST_TRIES;
        Instant next = clock.instant().plusSeconds(Math.min(60, 1L << Math.min(tries, 6)));
        tables.inTransaction(t -> t.write(
                "update demo_notice set tries = ?, done = ?, answer = ?, due_millis = ? where id = ?",
                tries,
                done,
                answer,
                next.toEpochMilli(),
                notice.id));
    }

    private String send(Notice notice) throws InterruptedException {
        byte[] body = notice.body.getBytes(StandardCharsets.UTF_8);
        Secret secret = notice.forged ? Secret.of("not the secret") : secret(notice.path);
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(notice.path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        SignedMessage.headers(secret, clock.instant(), body).forEach(request::header);
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean acknowledged = answer.statusCode() == 200;
            return acknowledged ? "200 ok" : String.valueOf(answer.statusCode());
        } catch (IOException e) {
            return "no answer";
        }
    }

    private Secret secret(String path) {
        Secret secret = secrets.get(path);
        if (secret == null) {
            throw new IllegalStateException("The demo has no secret for " + path + ".");
        }
        return secret;
    }

    /** Returns when the sender has ended: it uses the tables up to then. */
    @Override
    public void close() {
        if (rounds != null) {
            rounds.cancel(true);
        }
        sender.shutdownNow();
        try {
            if (!sender.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("The demo's sender did not end within {}; what it still does may fail", TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
