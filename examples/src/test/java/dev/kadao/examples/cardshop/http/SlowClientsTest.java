package dev.kadao.examples.cardshop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
    private static final int SLOW = 200;

    @Test
    void two_hundred_slow_clients_keep_nobody_waiting_and_are_sent_away() throws Exception {
        List<SocketChannel> slow = new ArrayList<>();
        try (ShopServer server = ShopServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            server.start(new Router()
                    .add("GET", "/fast", request -> Response.text(200, "fast"))
                    .add("POST", "/body", request -> Response.text(200, "whole")));
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest fast = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/fast"))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            // On a machine so slow that the first are sent away before the last has come, they come once more.
            await().atMost(Duration.ofSeconds(180)).until(() -> {
                closeAll(slow);
                for (int i = 0; i < SLOW; i++) {
                    slow.add(open(server.port(), i));
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(client.send(fast, BodyHandlers.ofString()).body())
                            .isEqualTo("fast");
                }
                // All of them are still being waited for, so the fast one overtook them.
                return slow.stream().noneMatch(SlowClientsTest::isSentAway);
            });

            await().atMost(Duration.ofSeconds(60)).until(() -> slow.stream().allMatch(SlowClientsTest::isSentAway));
            assertThat(client.send(fast, BodyHandlers.ofString()).body()).isEqualTo("fast");
        } finally {
            closeAll(slow);
        }
    }

    private static void closeAll(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }

    /** A third of them stops within the headers, a third within a declared body, a third within a chunk. */
    private static SocketChannel open(int port, int number) throws IOException {
        String start = switch (number % 3) {
            case 0 -> "GET /fast HTTP/1.1\r\nHost: x\r\nX-";
            case 1 -> "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{\"a\"";
            default -> "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nabc";
        };
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(start.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        return channel;
    }

    private static boolean isSentAway(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1000)) != 0;
        } catch (IOException e) {
            return true; // A reset is a way to hang up.
        }
    }
}
