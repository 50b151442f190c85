package dev.kadao.examples.cardshop.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on loopback whose every byte a test decides; one request a connection. */
final class RawServer implements AutoCloseable {
    /** What is done with a connection once its request was read. */
    interface Script {
        void serve(Socket connection, RawServer server) throws Exception;
    }

    record Seen(String line, Map<String, String> headers, String body) {}

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<Exception> endings = new CopyOnWriteArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket;

    RawServer(Script script) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> accept(script));
    }

    static RawServer answering(int status, String body) throws IOException {
        return new RawServer((connection, server) -> answer(connection, status, body));
    }

    static void answer(Socket connection, int status, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        write(
                connection,
                "HTTP/1.1 " + status + " X\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection, script));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void serve(Socket connection, Script script) {
        try (connection) {
            seen.add(read(connection.getInputStream()));
            script.serve(connection, this);
        } catch (Exception e) {
            endings.add(e);
        }
    }

    private static Seen read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request was cut");
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(": ?", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Seen(lines[0], headers, new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdown();
        await("end of all scripts").atMost(60, TimeUnit.SECONDS).until(threads::isTerminated);
    }
}
