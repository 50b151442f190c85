package dev.kadao.suppliers.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of one delivery, which are closed when its time is over, whatever they wait for just then: a time-out for each
 * read alone would let a server that sends a line now and then hold a delivery for ever, and nothing limits a write.
 */
final class TimedSockets implements AutoCloseable {
    private final Duration limit;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<Socket> sockets = new ArrayList<>();
    private boolean isOver;

    TimedSockets(Duration limit) {
        this.limit = limit;
        CompletableFuture<Void> unused = end.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        drop();
                    }
                });
    }

    /** Makes plain sockets. */
    SocketFactory plain() {
        return new Plain();
    }

    /** Makes sockets of TLS as the other does, upon plain ones. */
    SSLSocketFactory over(SSLSocketFactory tls) {
        return new Tls(tls);
    }

    /** Whether the time was over. */
    synchronized boolean isOver() {
        return isOver;
    }

    // Always the plain socket below: closing one of TLS may wait for the peer.
    private synchronized Socket watched(Socket socket) throws IOException {
        if (isOver) {
            socket.close();
            throw new SocketTimeoutException("the time of this delivery, " + limit + ", is over");
        }
        sockets.add(socket);
        return socket;
    }

    private synchronized void drop() {
        isOver = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // Whoever waits on it meets the same failure and tells it.
            }
        }
    }

    /** Ends the watch; the sockets are closed by their user. */
    @Override
    public void close() {
        end.complete(null);
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            return watched(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw connects();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw connects();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw connects();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw connects();
        }
    }

    private final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory tls;

        private Tls(SSLSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            return tls.createSocket(watched(below), host, port, autoClose);
        }

        @Override
        public Socket createSocket(Socket below, InputStream consumed, boolean autoClose) {
            throw connects();
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw connects();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw connects();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw connects();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw connects();
        }
    }

    private static UnsupportedOperationException connects() {
        return new UnsupportedOperationException("connecting without a time-out is not offered");
    }
}
