package dev.kadao.suppliers;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An HTTP server on loopback whose every byte a test decides, rude ones included. */
public final class ScriptedServer implements AutoCloseable {
    /** What is done with a connection once its request, if it is to be read, was read in full. */
    public interface Script {
        void serve(Seen request, Socket connection, ScriptedServer server) throws Exception;
    }

    /** A request that came in full. */
    public record Seen(String method, String path, Map<String, String> headers, String body) {}

    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    /** How connections ended that did not end in peace: most often the client went away. */
    public final List<Exception> endings = new CopyOnWriteArrayList<>();

    public final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final boolean reads;
    private volatile Script script;

    private ScriptedServer(boolean reads, Script script) throws IOException {
        this.reads = reads;
        this.script = script;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public static ScriptedServer that(Script script) throws IOException {
        return new ScriptedServer(true, script);
    }

    public static ScriptedServer thatAnswers(int status, String body) throws IOException {
        return that(answer(status, body));
    }

    /** Calls the script as soon as somebody connects. */
    public static ScriptedServer thatReadsNothing(Script script) throws IOException {
        return new ScriptedServer(false, script);
    }

    public void now(Script next) {
        script = next;
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    public static Script answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw("HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    public static Script raw(String text) {
        return (request, connection, server) -> write(connection, text);
    }

    public static Script reset() {
        return (request, connection, server) -> {
            connection.setSoLinger(true, 0);
            connection.close();
        };
    }

    public static Script hangUp() {
        return (request, connection, server) -> connection.close();
    }

    public static Script silence() {
        return (request, connection, server) -> server.closed.await();
    }

    /** Headers at once, then a blank every 20 ms for as long as anybody listens. */
    public static Script trickle() {
        return (request, connection, server) -> {
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (!server.closed.await(20, TimeUnit.MILLISECONDS)) {
                write(connection, " ");
            }
        };
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException | RejectedExecutionException e) {
            closed.countDown();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (!reads) {
                script.serve(new Seen("", "", Map.of(), ""), connection, this);
                return;
            }
            Seen request = read(connection.getInputStream());
            while (request != null) {
                seen.add(request);
                script.serve(request, connection, this);
                request = connection.isClosed() ? null : read(connection.getInputStream());
            }
        } catch (Exception e) {
            endings.add(e);
        }
    }

    private static Seen read(InputStream in) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return null;
        }
        String[] lines = head.split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            return null;
        }
        String[] first = lines[0].split(" ");
        return new Seen(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            head.write(next);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            next = in.read();
        }
        return "";
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
