package dev.kadao.examples.cardshop.call;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells a written IP address from any other text, without ever asking a name server. */
final class IpAddress {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    private IpAddress() {}

    static boolean is(String text) {
        if (text.matches(BYTE + "(\\." + BYTE + "){3}")) {
            return true;
        }
        if (!text.matches("[0-9A-Fa-f:.]{2,45}") || !text.contains(":")) {
            return false;
        }
        try {
            // A text with a colon is never a host name, so this does not leave the process.
            return InetAddress.getByName(text).getHostAddress() != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
