package dev.kadao.testkit.rules;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP server on this machine that reads each request in full, counts it, and then behaves badly. */
final class RudePeer implements AutoCloseable {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]{1,7})\r\n");

    /** What is done with a connection whose request has been read. */
    interface Manner {
        void answer(String request, Socket connection, RudePeer peer) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Manner manner;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private RudePeer(Manner manner) {
        this.manner = manner;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError("no port could be opened on the loopback address", e);
        }
        threads.execute(this::accept);
    }

    static RudePeer that(Manner manner) {
        return new RudePeer(manner);
    }

    /** An address at which nobody listens and, until the holder is closed, nobody can. */
    static Socket deaf() throws IOException {
        Socket holder = new Socket();
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return holder;
    }

    static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static Manner answering(int status, String body) {
        return (request, connection, peer) -> write(connection, status, body);
    }

    /** Sends everything back that it was sent, as servers do that explain themselves. */
    static Manner quoting(int status) {
        return (request, connection, peer) -> write(connection, status, "cannot do: " + request);
    }

    static Manner redirecting(int status) {
        return (request, connection, peer) ->
                raw(connection, "HTTP/1.1 " + status + " X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    }

    static Manner hangingUp() {
        return (request, connection, peer) -> {};
    }

    static Manner resetting() {
        return (request, connection, peer) -> connection.setSoLinger(true, 0);
    }

    static Manner silent() {
        return (request, connection, peer) -> peer.closed.await();
    }

    /** A blank every 20 ms, for as long as anybody listens. */
    static Manner trickling() {
        return (request, connection, peer) -> {
            raw(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (!peer.closed.await(20, TimeUnit.MILLISECONDS)) {
                raw(connection, " ");
            }
        };
    }

    URI address() {
        return at(socket.getLocalPort());
    }

    /** How many requests came in full. */
    int requests() {
        return requests.get();
    }

    private static void write(Socket connection, int status, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        raw(
                connection,
                "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static void raw(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                // Closed: the test is over. Anything else shows as an adapter that got no connection.
                closed.countDown();
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String request = read(connection.getInputStream());
            if (!request.isEmpty()) {
                requests.incrementAndGet();
                manner.answer(request, connection, this);
            }
        } catch (IOException e) {
            // The adapter went away, as it should sooner or later: what it answers is what counts.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || read.size() > LONGEST_HEAD) {
                return "";
            }
            read.write(next);
            head = next == '\n' ? read.toString(StandardCharsets.ISO_8859_1) : "";
        }
        read.write(body(head.toLowerCase(Locale.ROOT), in));
        return read.toString(StandardCharsets.UTF_8);
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            return in.readNBytes(Integer.parseInt(length.group(1)));
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            while (!chunks.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the last chunk did not come");
                }
                chunks.write(next);
            }
        }
        return chunks.toByteArray();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            threads.shutdownNow();
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new AssertionError("a connection of the rude server did not end within 60 s");
            }
        } catch (IOException e) {
            throw new AssertionError("the rude server could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
