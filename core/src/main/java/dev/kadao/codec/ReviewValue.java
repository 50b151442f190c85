package dev.kadao.codec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How a review stands in the index, three times: {@code review} by its time, {@code review-of} by what was sold and then by
 * its time, such as {@code 008steam-50|98232659187000000}, and {@code stars} by what it counts for, such as
 * {@code 5|steam-50}. A time is what is left to the end of all times, in microseconds: index rows are found from the lowest
 * value up, and a later one comes first.
 */
final class ReviewValue {
    private static final long END_OF_TIMES = 99_999_999_999_999_999L;
    private static final int MOST_SKU = 96;

    private ReviewValue() {}

    static String at(Instant at) {
        return "%017d".formatted(END_OF_TIMES - ChronoUnit.MICROS.between(Instant.EPOCH, at));
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
