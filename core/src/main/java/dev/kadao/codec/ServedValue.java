package dev.kadao.codec;

import dev.kadao.order.Served;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an order that counts in the statistics stands in the index: {@code day|bucket|flags|supplier|SKU}, such as
 * {@code 20261123|017|T--|=a|steam-50}. Sorts by day. Times are told to within 5 %, so that equal ones can be counted:
 * bucket {@code n} of the milliseconds holds those from 1.1 to the power of n - 1 up to 1.1 to the power of n; 0 those
 * below one.
 */
final class ServedValue {
    private static final double RATIO = 1.1;
    private static final double LOG_RATIO = StrictMath.log(RATIO);
    private static final int LAST_BUCKET = 999;
    private static final int LONGEST_SKU = 64;
    private static final int LONGEST_NAME = 32;
    private static final int DIGITS_OF_DIGEST = 32;
    private static final int PARTS = 5;
    private static final String NO_TIME = "---";
    private static final String BY_HAND = "H";
    private static final String NO_SUPPLIER = "-";
    private static final double NANOS_OF_MILLI = 1_000_000;

    private ServedValue() {}

    static String of(Served served) {
        return String.join(
                "|",
                day(served.day()),
                served.took() == null ? NO_TIME : "%03d".formatted(bucket(served.took())),
                flag(served.isDelivered(), served.onTime() ? "T" : "L")
                        + flag(served.refunded(), "R")
                        + flag(served.disputed(), "D"),
                source(served),
                shortened(served.sku(), LONGEST_SKU));
    }

    static String day(LocalDate day) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    /** What a value says; empty if another version wrote it in a way that this one does not know. */
    static Optional<Served> read(String value) {
        String[] parts = value.split("\\|", PARTS);
        if (parts.length < PARTS || parts[2].length() != 3) {
            return Optional.empty();
        }
        try {
            boolean delivered = !parts[1].equals(NO_TIME);
            return Optional.of(new Served(
                    LocalDate.parse(parts[0], DateTimeFormatter.BASIC_ISO_DATE),
                    parts[4],
                    parts[3].startsWith("=") ? parts[3].substring(1) : null,
                    delivered ? middle(Integer.parseInt(parts[1])) : null,
                    parts[2].charAt(0) == 'T',
                    parts[2].charAt(1) == 'R',
                    parts[2].charAt(2) == 'D',
                    parts[3].equals(BY_HAND)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static int bucket(Duration took) {
        double millis = took.toMillis() + (took.toNanosPart() % (int) NANOS_OF_MILLI) / NANOS_OF_MILLI;
        int bucket = millis < 1 ? 0 : 1 + (int) Math.floor(StrictMath.log(millis) / LOG_RATIO);
        return Math.min(bucket, LAST_BUCKET);
    }

    /** The time that is at most 5 % off from any of its bucket; nothing for what took less than a millisecond. */
    static Duration middle(int bucket) {
        double millis = bucket == 0 ? 0 : StrictMath.exp(LOG_RATIO * (bucket - 0.5));
        return Duration.ofNanos(Math.round(millis * 1_000) * 1_000);
    }

    private static String flag(boolean set, String sign) {
        return set ? sign : "-";
    }

    private static String source(Served served) {
        if (served.byHand()) {
            return BY_HAND;
        }
        @Nullable String supplier = served.supplier();
        return supplier == null ? NO_SUPPLIER : "=" + shortened(supplier.replace('|', '_'), LONGEST_NAME);
    }

    /** Both have room where the front door let them in; anything else is told by its digest. */
    private static String shortened(String text, int most) {
        String value = IndexRows.value(text, most);
        boolean digested = !value.equals(text);
        return digested
                ? value.substring(0, Math.min(value.length(), DIGITS_OF_DIGEST)).toLowerCase(Locale.ROOT)
                : value;
    }
}
