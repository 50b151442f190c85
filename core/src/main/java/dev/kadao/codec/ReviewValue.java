package dev.kadao.codec;

import dev.kadao.order.OrderId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How a review stands in the index, three times: {@code review} by its time, {@code review-of} by what was sold and then by
 * its time, such as {@code 008steam-50|98232659187000000}, and {@code stars} by what it counts for, such as
 * {@code 5|steam-50}. A time is what is left to the end of all times, in microseconds: index rows are found from the lowest
 * value up, and a later day comes first. Strangers who page through reviews see these times, so that within its day a review
 * stands anywhere: its moment could tell whose it is.
 */
final class ReviewValue {
    private static final long END_OF_TIMES = 99_999_999_999_999_999L;
    private static final int MOST_SKU = 96;

    private ReviewValue() {}

    /** The day, and in it a moment that has nothing to do with the real one. */
    static String at(Instant at, OrderId order) {
        Instant day = at.truncatedTo(ChronoUnit.DAYS);
        long moment = Math.floorMod(
                scattered(order + " " + at), ChronoUnit.DAYS.getDuration().toNanos() / 1_000);
        return "%017d".formatted(END_OF_TIMES - ChronoUnit.MICROS.between(Instant.EPOCH, day) - moment);
    }

    private static long scattered(String text) {
        return ByteBuffer.wrap(IndexRows.sha256(text)).getLong();
    }

    /** What stands before all times of that SKU, and of no other: one may begin with another. */
    static String of(String sku) {
        String value = IndexRows.value(sku, MOST_SKU);
        return "%03d%s|".formatted(value.length(), value);
    }

    static String rated(int stars, String sku) {
        return stars + "|" + IndexRows.value(sku, MOST_SKU);
    }
}
