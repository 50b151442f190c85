package dev.kadao.policy;

import dev.kadao.order.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin with the same bits. Reads literals only and never asks a name server.
 *
 * @param first the first address, 4 or 16 bytes, all bits behind the prefix 0
 */
public record IpNetwork(Bytes first, int prefix) {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");
    /** With a port, in brackets or without, with the name of an interface. */
    private static final Pattern OF_BUYER = Pattern.compile(
            "\\[([^\\]%/]+)(?:%[^\\]]*)?](?::\\d{1,5})?|([0-9.]+)(?::\\d{1,5})?|([^%/\\[\\]]+)(?:%.*)?");

    private static final int V6_NEIGHBOURS = 64;

    /** An address such as {@code 203.0.113.7}, or a network such as {@code 2001:db8::/32}; empty if it is neither. */
    public static Optional<IpNetwork> of(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        int bits = address.length * 8;
        String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        return Optional.of(cut(address, Integer.parseInt(length)));
    }

    /**
     * The one address of a buyer, in whatever way a proxy writes it: {@code 203.0.113.7}, {@code 203.0.113.7:4711}, {@code
     * [2001:db8::7]:4711}, {@code fe80::7%eth0}. Empty if it is none, a network included.
     */
    public static Optional<IpNetwork> ofBuyer(String text) {
        Matcher form = OF_BUYER.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        return Stream.of(form.group(1), form.group(2), form.group(3))
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(IpNetwork::of);
    }

    /**
     * By what the buyer of an address is counted: an IPv4 address, or the {@code /64} of an IPv6 address, since one
     * customer has all of that. A text that is no address stands for itself.
     */
    public static String counted(String text) {
        return ofBuyer(text)
                .map(found -> found.first.size() == 4 ? found : cut(found.first.toArray(), V6_NEIGHBOURS))
                .map(found -> HexFormat.of().formatHex(found.first.toArray()) + "/" + found.prefix)
                .orElse(text.strip().toLowerCase(Locale.ROOT));
    }

    public boolean holds(IpNetwork other) {
        return first.size() == other.first.size()
                && other.prefix >= prefix
                && cut(other.first.toArray(), prefix).equals(this);
    }

    private static IpNetwork cut(byte[] address, int prefix) {
        byte[] kept = address.clone();
        for (int bit = prefix; bit < kept.length * 8; bit++) {
            kept[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new IpNetwork(Bytes.of(kept), prefix);
    }

    private static byte @Nullable [] address(String literal) {
        if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
            return null;
        }
        try {
            // Of such characters only, it is a literal or an error: nobody is asked for a name.
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
