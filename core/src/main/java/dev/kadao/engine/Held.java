package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Personal;
import dev.kadao.order.Snapshot;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import java.time.Instant;

/**
 * A checkout in memory, as the store had it at a version; carried from step to step, so that it is read once.
 *
 * @param claimed whether this process has its claim, as far as it knows
 */
record Held(Checkout checkout, Personal personal, long version, long seq, boolean claimed) {

    static Held of(StoredCheckout stored, String worker) {
        return new Held(
                Codec.decode(stored.document()),
                Codec.decodePersonal(stored.personal()),
                stored.version(),
                stored.seq(),
                worker.equals(stored.claimant()));
    }

    CheckoutId id() {
        return checkout.id();
    }

    Snapshot snapshot(Instant now) {
        return new Snapshot(checkout, personal, now);
    }

    boolean hasLine(int line) {
        return line >= 1 && line <= checkout.orders().size();
    }

    Held withClaim() {
        return claimed ? this : new Held(checkout, personal, version, seq, true);
    }
}
