package dev.kadao.suppliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HttpSupplierFailuresTest {
    /** A limit that is to be reached, but not before the request is out: the first call loads the client's classes. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static Answer dispatch(ScriptedServer server, Duration callLimit) {
        return Samples.supplier(server.url(), callLimit).dispatch(Samples.request(), Samples.soon());
    }

    /** Holds a port at which nobody listens, so that nobody else gets it meanwhile. */
    private static Socket deaf() throws Exception {
        Socket holder = new Socket();
        holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        return holder;
    }

    @Test
    void a_refused_connection_is_not_sent() throws Exception {
        try (Socket deaf = deaf()) {
            HttpSupplier supplier = Samples.supplier("http://127.0.0.1:" + deaf.getLocalPort());

            assertThat(supplier.dispatch(Samples.request(), Samples.soon()))
                    .isEqualTo(new Answer.NotSent("connection refused"));
        }
    }

    @Test
    void an_unresolved_host_is_not_sent() {
        // A label over 63 characters: refused by the resolver itself, no name server is asked.
        HttpSupplier supplier = Samples.supplier("http://" + "x".repeat(64) + ".invalid");

        assertThat(supplier.dispatch(Samples.request(), Samples.soon()))
                .isEqualTo(new Answer.NotSent("host name not resolved"));
    }

    @Test
    void a_question_that_could_not_be_sent_is_unknown_since_it_says_nothing_about_the_order() throws Exception {
        try (Socket deaf = deaf()) {
            HttpSupplier supplier = Samples.supplier("http://127.0.0.1:" + deaf.getLocalPort());

            assertThat(supplier.query(Samples.REFERENCE)).isEqualTo(new Answer.Unknown("GET: connection refused"));
        }
    }

    @Test
    void a_connection_that_is_never_accepted_is_not_sent() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The kernel drops what comes when the queue of a server that accepts nobody is full.
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                crowd.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (java.net.SocketTimeoutException e) {
                    break;
                }
            }
            HttpSupplier supplier = HttpSupplier.at(
                            "http://127.0.0.1:" + full.getLocalPort(),
                            Samples.SECRET,
                            Samples.terms(Samples.CALL_LIMIT))
                    .connectTimeout(SHORT)
                    .build();

            assertThat(supplier.dispatch(Samples.request(), Samples.soon()))
                    .isEqualTo(new Answer.NotSent("connect time-out"));
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void an_expired_deadline_connects_to_nobody() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "{\"state\":\"processing\"}")) {
            Answer answer =
                    Samples.supplier(server.url()).dispatch(Samples.request(), Deadline.in(Duration.ofSeconds(-1)));

            assertThat(answer).isInstanceOf(Answer.NotSent.class);
            assertThat(server.connections).isEmpty();
        }
    }

    @Test
    void a_deadline_that_passes_while_connecting_keeps_the_order_back() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Deadline ofOneLook = new Deadline(
                Samples.NOW.plusSeconds(60), () -> Samples.NOW, 1, () -> looks.getAndIncrement() == 0 ? 0 : 1);
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "{\"state\":\"processing\"}")) {
            Answer answer = Samples.supplier(server.url()).dispatch(Samples.request(), ofOneLook);

            assertThat(answer).isEqualTo(new Answer.NotSent("the send deadline had passed once connected"));
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void a_server_that_resets_after_reading_leaves_the_order_unknown_and_is_not_asked_twice() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.reset())) {
            assertThat(dispatch(server, Samples.CALL_LIMIT)).isInstanceOf(Answer.Unknown.class);
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void a_server_that_hangs_up_after_reading_leaves_the_order_unknown_and_is_not_asked_twice() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.hangUp())) {
            assertThat(dispatch(server, Samples.CALL_LIMIT)).isInstanceOf(Answer.Unknown.class);
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void a_server_that_resets_before_reading_never_gives_a_definite_answer() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatReadsNothing(ScriptedServer.reset())) {
            assertThat(dispatch(server, Samples.CALL_LIMIT))
                    .isInstanceOfAny(Answer.Unknown.class, Answer.NotSent.class);
            assertThat(Samples.supplier(server.url()).query(Samples.REFERENCE)).isInstanceOf(Answer.Unknown.class);
        }
    }

    @Test
    void a_server_that_hangs_up_on_a_later_order_is_not_sent_it_twice() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "{\"state\":\"processing\"}")) {
            HttpSupplier supplier = Samples.supplier(server.url());
            assertThat(supplier.dispatch(Samples.request(), Samples.soon())).isInstanceOf(Answer.Accepted.class);
            server.now(ScriptedServer.hangUp());

            assertThat(supplier.dispatch(Samples.request(), Samples.soon())).isInstanceOf(Answer.Unknown.class);
            assertThat(server.seen).hasSize(2);
        }
    }

    @Test
    void silence_is_unknown_at_the_call_limit() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.silence())) {
            assertThat(dispatch(server, SHORT)).isEqualTo(new Answer.Unknown("POST: no full answer within PT2S"));
            assertThat(Samples.supplier(server.url(), SHORT).query(Samples.REFERENCE))
                    .isEqualTo(new Answer.Unknown("GET: no full answer within PT2S"));
        }
    }

    @Test
    void a_body_that_trickles_is_unknown_at_the_call_limit_and_its_connection_is_dropped() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.trickle())) {
            assertThat(dispatch(server, SHORT)).isEqualTo(new Answer.Unknown("POST: no full answer within PT2S"));
            await().atMost(Duration.ofSeconds(60)).until(() -> !server.endings.isEmpty());
        }
    }

    @Test
    void garbage_and_cut_answers_are_unknown_and_not_quoted() throws Exception {
        List<String> answers = List.of(
                "13800000000 garbage\r\n\r\n",
                "HTTP/1.1 20x OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 13800000000\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"state\":\"success\",\"proof\":\"p\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200");
        for (String text : answers) {
            ScriptedServer.Script script = (request, connection, server) -> {
                ScriptedServer.raw(text).serve(request, connection, server);
                connection.close();
            };
            try (ScriptedServer server = ScriptedServer.that(script)) {
                Answer answer = dispatch(server, Samples.CALL_LIMIT);

                assertThat(answer).as(text).isInstanceOf(Answer.Unknown.class);
                assertThat(((Answer.Unknown) answer).reason()).doesNotContain("13800000000", "garbage");
                assertThat(server.seen).hasSize(1);
            }
        }
    }

    @Test
    void an_endless_body_is_dropped_at_the_limit() throws Exception {
        ScriptedServer.Script endless = (request, connection, server) -> {
            ScriptedServer.raw("HTTP/1.1 200 OK\r\n\r\n").serve(request, connection, server);
            while (true) {
                ScriptedServer.raw(" ".repeat(65_536)).serve(request, connection, server);
            }
        };
        try (ScriptedServer server = ScriptedServer.that(endless)) {
            assertThat(dispatch(server, Samples.CALL_LIMIT))
                    .isEqualTo(new Answer.Unknown("POST: answer longer than 1048576 bytes"));
        }
    }

    @Test
    void an_interrupt_ends_the_call_as_unknown_and_is_passed_on() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.silence())) {
            AtomicReference<Answer> answer = new AtomicReference<>();
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                answer.set(dispatch(server, Duration.ofMinutes(5)));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> server.seen.size() == 1);

            caller.interrupt();
            caller.join(60_000);

            assertThat(answer.get()).isInstanceOf(Answer.Unknown.class);
            assertThat(interrupted.get()).isTrue();
        }
    }
}
