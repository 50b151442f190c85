package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** A client that speaks HTTP by hand, so that it can speak it badly. */
final class RawConnection implements AutoCloseable {
    private final Socket socket = new Socket();

    RawConnection(URI to) throws IOException {
        socket.connect(new InetSocketAddress(to.getHost(), to.getPort()), 30_000);
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The first line that comes back; "" if the connection was closed or reset without one. */
    String statusLine(Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        StringBuilder line = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            int next = in.read();
            while (next >= 0 && next != '\n') {
                line.append((char) next);
                next = in.read();
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The shop neither answered nor closed the connection within " + limit, e);
        } catch (SocketException e) {
            // a reset is a closed connection, too
            return line.toString().trim();
        }
        return line.toString().trim();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
