package dev.kadao.policy;

import java.time.Duration;

/**
 * How the engine works: times, widths and bounds of one process. Start from {@link #defaults()} and change what you
 * need with the {@code with…} methods.
 *
 * @param watchdogInterval between two looks for due work; default 1 s
 * @param claimLease how long a claim keeps other processes away; need not cover a call; default 15 s
 * @param callLimit how long one call to a gateway, the key inventory or the notifier may take; later its outcome is
 *     unknown (suppliers declare their own); default 10 s
 * @param sendWindow how long after its intent a request may still begin to be written; default 10 s
 * @param margin added to every wait for a call that may still be under way; default 5 s
 * @param slots calls to one adapter at a time; default 8
 * @param waiting calls to one adapter that may wait for a slot; default 256
 * @param intake callers that are served at a time, further ones wait; default 64
 * @param busyAfter how long a caller waits before the answer is "busy"; default 5 s
 * @param batch checkouts claimed at a time; default 100
 * @param closeLimit how long {@code close()} lets calls finish; default 10 s
 * @param questionsPerSecond questions to one supplier a second about dispatches, 1 to 1,000; further ones are put off
 *     without being counted as tries; default 20
 */
public record EngineSettings(
        Duration watchdogInterval,
        Duration claimLease,
        Duration callLimit,
        Duration sendWindow,
        Duration margin,
        int slots,
        int waiting,
        int intake,
        Duration busyAfter,
        int batch,
        Duration closeLimit,
        int questionsPerSecond) {
    public EngineSettings {
        Positive.check("watchdog interval", watchdogInterval);
        Positive.check("claim lease", claimLease);
        Positive.check("call limit", callLimit);
        Positive.check("send window", sendWindow);
        Positive.check("margin", margin);
        Positive.check("slots", slots, 1_000);
        Positive.check("waiting", waiting, 100_000);
        Positive.check("intake", intake, 10_000);
        Positive.check("busy after", busyAfter);
        Positive.check("batch", batch, 1_000);
        Positive.check("close limit", closeLimit);
        Positive.check("questions per second", questionsPerSecond, 1_000);
    }

    public static EngineSettings defaults() {
        return new EngineSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                8,
                256,
                64,
                Duration.ofSeconds(5),
                100,
                Duration.ofSeconds(10),
                20);
    }

    public EngineSettings withWatchdogInterval(Duration interval) {
        return new EngineSettings(
                interval,
                claimLease,
                callLimit,
                sendWindow,
                margin,
                slots,
                waiting,
                intake,
                busyAfter,
                batch,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withClaimLease(Duration lease) {
        return new EngineSettings(
                watchdogInterval,
                lease,
                callLimit,
                sendWindow,
                margin,
                slots,
                waiting,
                intake,
                busyAfter,
                batch,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withCallLimit(Duration limit) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                limit,
                sendWindow,
                margin,
                slots,
                waiting,
                intake,
                busyAfter,
                batch,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withSendWindow(Duration window, Duration newMargin) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                callLimit,
                window,
                newMargin,
                slots,
                waiting,
                intake,
                busyAfter,
                batch,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withSlots(int newSlots, int newWaiting) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                callLimit,
                sendWindow,
                margin,
                newSlots,
                newWaiting,
                intake,
                busyAfter,
                batch,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withIntake(int newIntake, Duration newBusyAfter) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                callLimit,
                sendWindow,
                margin,
                slots,
                waiting,
                newIntake,
                newBusyAfter,
                batch,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withBatch(int checkouts) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                callLimit,
                sendWindow,
                margin,
                slots,
                waiting,
                intake,
                busyAfter,
                checkouts,
                closeLimit,
                questionsPerSecond);
    }

    public EngineSettings withCloseLimit(Duration limit) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                callLimit,
                sendWindow,
                margin,
                slots,
                waiting,
                intake,
                busyAfter,
                batch,
                limit,
                questionsPerSecond);
    }

    public EngineSettings withQuestionsPerSecond(int questions) {
        return new EngineSettings(
                watchdogInterval,
                claimLease,
                callLimit,
                sendWindow,
                margin,
                slots,
                waiting,
                intake,
                busyAfter,
                batch,
                closeLimit,
                questions);
    }
}
