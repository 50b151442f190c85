package dev.kadao.examples.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A loopback port at which nobody listens and which nobody else is given meanwhile. A server that allows the reuse of
 * addresses, as Java's do on Linux, may take it while it is held.
 */
final class HeldPort implements AutoCloseable {
    private final Socket holder = new Socket();

    /** @param port 0 holds a free one */
    HeldPort(int port) {
        try {
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " could not be held.", e);
        }
    }

    int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
