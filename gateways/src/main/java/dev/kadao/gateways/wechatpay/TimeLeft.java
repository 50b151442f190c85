package dev.kadao.gateways.wechatpay;

import java.time.Duration;

/** What is left of a call's limit for its further exchanges. Thread-safe. */
final class TimeLeft {
    private final long endNanos;

    private TimeLeft(long endNanos) {
        this.endNanos = endNanos;
    }

    static TimeLeft of(Duration limit) {
        return new TimeLeft(System.nanoTime() + limit.toNanos());
    }

    Duration left() {
        return Duration.ofNanos(endNanos - System.nanoTime());
    }
}
