package dev.kadao.suppliers.notify;

import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on loopback (RFC 5321, as much as a client needs) that can be made to misbehave at each command. */
final class ScriptedSmtp implements AutoCloseable {
    /** A mail that was accepted, or would have been had its sender heard so. */
    record Mail(String from, List<String> to, String content) {
        MimeMessage parsed() throws MessagingException {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)));
        }

        String text() throws Exception {
            return ((String) parsed().getContent()).replace("\r\n", "\n");
        }
    }

    /** What to do at a command instead of the usual. */
    interface Turn {
        void take(Socket connection, ScriptedSmtp server) throws Exception;
    }

    final List<Mail> mails = new CopyOnWriteArrayList<>();
    /** Every line that came, of all connections. */
    final List<String> lines = new CopyOnWriteArrayList<>();

    final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket;
    private final SSLContext tls;
    private final boolean tlsAtOnce;

    private ScriptedSmtp(SSLContext tls, boolean tlsAtOnce) throws IOException {
        this.tls = tls;
        this.tlsAtOnce = tlsAtOnce;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    static ScriptedSmtp plain() throws IOException {
        return new ScriptedSmtp(null, false);
    }

    static ScriptedSmtp offeringStartTls(TestTls tls) throws IOException {
        return new ScriptedSmtp(tls.server(), false);
    }

    static ScriptedSmtp withTls(TestTls tls) throws IOException {
        return new ScriptedSmtp(tls.server(), true);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** From now on this at each such command; "GREETING" and "." (the end of a mail, which is kept) are commands too. */
    ScriptedSmtp at(String command, Turn turn) {
        turns.put(command, turn);
        return this;
    }

    void asUsual() {
        turns.clear();
    }

    static Turn reply(String line) {
        return (connection, server) -> write(connection, line);
    }

    static Turn hang() {
        return (connection, server) -> server.closed.await();
    }

    static Turn hangUp() {
        return (connection, server) -> connection.close();
    }

    /** One more line of a reply that never ends, every 20 ms. */
    static Turn trickle() {
        return (connection, server) -> {
            while (!server.closed.await(20, TimeUnit.MILLISECONDS)) {
                write(connection, "250-still thinking");
            }
        };
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

    private void serve(Socket accepted) {
        try (Socket connection = tlsAtOnce ? secured(accepted) : accepted) {
            take(connection, "GREETING", "220 127.0.0.1 ESMTP");
            converse(connection, tlsAtOnce);
        } catch (Exception e) {
            // How a connection ends is the client's business; what it sent stands in the lists.
            lines.add("end: " + e.getClass().getSimpleName());
        }
    }

    private void converse(Socket connection, boolean secure) throws Exception {
        String from = "";
        List<String> to = new CopyOnWriteArrayList<>();
        for (String line = line(connection); line != null; line = line(connection)) {
            lines.add(line);
            String upper = line.toUpperCase(Locale.ROOT);
            String command = upper.split("[ :]")[0];
            switch (command) {
                case "EHLO" -> take(connection, command, capabilities(secure));
                case "STARTTLS" -> {
                    take(connection, command, "220 go ahead");
                    try (Socket inner = secured(connection)) {
                        converse(inner, true);
                    }
                    return;
                }
                case "MAIL" -> {
                    from = address(line);
                    take(connection, command, "250 2.1.0 ok");
                }
                case "RCPT" -> {
                    to.add(address(line));
                    take(connection, command, "250 2.1.5 ok");
                }
                case "DATA" -> {
                    take(connection, command, "354 go on");
                    if (turns.containsKey(command)) {
                        continue;
                    }
                    mails.add(new Mail(from, List.copyOf(to), data(connection)));
                    take(connection, ".", "250 2.0.0 taken");
                }
                case "QUIT" -> {
                    take(connection, command, "221 bye");
                    return;
                }
                default -> take(connection, command, command.equals("AUTH") ? "235 2.7.0 in" : "250 ok");
            }
        }
    }

    private String capabilities(boolean secure) {
        return tls != null && !secure
                ? "250-127.0.0.1\r\n250 STARTTLS"
                : "250-127.0.0.1\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN";
    }

    private void take(Socket connection, String command, String usual) throws Exception {
        Turn turn = turns.get(command);
        if (turn == null) {
            write(connection, usual);
        } else {
            turn.take(connection, this);
        }
    }

    private Socket secured(Socket connection) throws IOException {
        SSLSocket inner = (SSLSocket) tls.getSocketFactory().createSocket(connection, null, true);
        inner.setUseClientMode(false);
        inner.startHandshake();
        return inner;
    }

    private static void write(Socket connection, String line) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static String data(Socket connection) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = line(connection); line != null && !line.equals("."); line = line(connection)) {
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return content.toString();
    }

    /** One line without its end; null at the end of the connection. */
    private static String line(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdown();
        await("end of all connections").atMost(60, TimeUnit.SECONDS).until(threads::isTerminated);
    }
}
