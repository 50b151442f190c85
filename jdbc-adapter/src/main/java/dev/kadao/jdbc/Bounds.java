package dev.kadao.jdbc;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the columns take, checked before the database is: the answer is a sentence, not an SQL error. */
final class Bounds {
    static final int MOST_STEPS = 200;
    static final int MOST_BYTES = 1_048_576;
    static final int REFERENCE_LENGTH = 64;
    private static final int WORKER_LENGTH = 120;
    private static final int CAUSE_LENGTH = 2_000;
    private static final int SKU_LENGTH = 64;
    private static final int MOST_KEYS = 1_000;

    private static final int REPLACEMENT = 0xFFFD;

    private Bounds() {}

    /** Refuses a call that is wrong as a whole. */
    static void checkCall(List<Step> steps) {
        if (steps.size() > MOST_STEPS) {
            throw new InvalidValueException(
                    "a commit takes at most " + MOST_STEPS + " steps, not " + steps.size() + ": split it");
        }
        Set<CheckoutId> named = new HashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.OfCheckout ofCheckout && !named.add(ofCheckout.id())) {
                throw new InvalidValueException(
                        "two steps of one commit name checkout " + ofCheckout.id() + ": commit them one after another");
            }
        }
    }

    static void check(Step step) {
        length("step id", step.stepId(), 32);
        if (step instanceof Step.NoticeAlone alone) {
            check(alone.notice());
            return;
        }
        Step.OfCheckout ofCheckout = (Step.OfCheckout) step;
        if (ofCheckout.notice() != null) {
            check(ofCheckout.notice());
        }
        String worker = workerOf(ofCheckout.claim());
        if (worker != null) {
            worker(worker);
        }
        if (step instanceof Step.Plain plain) {
            check(plain.write());
        }
    }

    static void check(Step.Write write) {
        size("document", write.document());
        size("personal data", write.personal());
        if (write.journal() != null) {
            size("journal row", write.journal());
        }
        for (IndexRow row : write.index()) {
            length("index kind", row.kind(), 40);
            length("index value", row.value(), 120);
        }
    }

    private static void check(NoticeWrite notice) {
        length("notice key", notice.key(), 64);
        length("notice source", notice.source(), 120);
        size("word of a notice", notice.word());
        size("body of a notice", notice.raw());
    }

    static void worker(String worker) {
        length("worker name", worker, WORKER_LENGTH);
    }

    static void sku(String sku) {
        length("SKU", sku, SKU_LENGTH);
    }

    static void cause(String cause) {
        length("cause", storable(cause), CAUSE_LENGTH);
    }

    static void name(String what, String name) {
        length(what, name, 120);
    }

    static void quantity(Object order, int quantity) {
        if (quantity < 1 || quantity > MOST_KEYS) {
            throw new InvalidValueException(
                    "order " + order + " asks for " + quantity + " keys; ask for 1 to " + MOST_KEYS);
        }
    }

    static @Nullable String workerOf(Step.Claim claim) {
        if (claim instanceof Step.Claim.Take take) {
            return take.worker();
        }
        if (claim instanceof Step.Claim.Hold hold) {
            return hold.worker();
        }
        return claim instanceof Step.Claim.Release release ? release.worker() : null;
    }

    /**
     * Free text as every database takes it: PostgreSQL refuses NUL, and half of a surrogate pair is no character
     * anywhere. Replaced on all databases alike.
     */
    static String storable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> isStorable(character) ? character : REPLACEMENT)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isStorable(int character) {
        return character != 0 && Character.getType(character) != Character.SURROGATE;
    }

    private static void length(String what, String text, int most) {
        if (!text.codePoints().allMatch(Bounds::isStorable)) {
            throw new InvalidValueException(
                    "a " + what + " takes neither NUL characters nor halves of surrogate pairs: '"
                            + storable(text.substring(0, Math.min(20, text.length()))) + "…'");
        }
        if (text.length() > most) {
            throw new InvalidValueException("a " + what + " takes at most " + most + " characters, not " + text.length()
                    + ": '" + text.substring(0, 20) + "…'");
        }
    }

    private static void size(String what, Bytes bytes) {
        if (bytes.size() > MOST_BYTES) {
            throw new InvalidValueException(
                    "a " + what + " takes at most " + MOST_BYTES + " bytes, not " + bytes.size());
        }
    }
}
