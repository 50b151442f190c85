package dev.kadao.gateways.wechatpay;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A small HTTP server on loopback; the JDK's own lies in a module that this one does not read. */
final class Loopback implements AutoCloseable {
    /** A request that came in full. */
    record Request(String method, String target, Map<String, String> headers, byte[] body) {
        String path() {
            return target.split("\\?")[0];
        }
    }

    /** An answer; headers in their order, one name as often as is wished. */
    record Response(int status, List<Map.Entry<String, String>> headers, byte[] body) {}

    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Function<Request, Response> handler;
    private final ServerSocket socket;

    Loopback(Function<Request, Response> handler) {
        this.handler = handler;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    List<Request> seen() {
        return seen;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The only way in which accepting ends.
            threads.shutdown();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Request request = read(connection.getInputStream());
            while (request != null) {
                seen.add(request);
                write(connection, handler.apply(request));
                request = read(connection.getInputStream());
            }
        } catch (IOException gone) {
            // The client went away, or the test is over: what it saw is what the test looks at.
            connections.remove(connection);
        }
    }

    private static void write(Socket connection, Response response) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " X\r\n");
        response.headers().forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
        if (response.status() != 204) {
            head.append("Content-Length: " + response.body().length + "\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(response.body());
        connection.getOutputStream().write(all.toByteArray());
        connection.getOutputStream().flush();
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] first = lines[0].split(" ");
        return new Request(first[0], first[1], headers, body);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("end of the server's threads").atMost(60, TimeUnit.SECONDS).until(threads::isTerminated);
    }
}
