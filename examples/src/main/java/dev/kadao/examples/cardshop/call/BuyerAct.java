package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.TextRule;
import java.util.Optional;

/**
 * What a buyer does with an order.
 *
 * @param reason always there for a dispute
 */
public record BuyerAct(Kind kind, Optional<String> reason) {

    /** The three things a buyer may do. */
    public enum Kind {
        CONFIRM,
        COMPLAIN,
        DISPUTE
    }

    private static final TextRule REASON = TextRule.prose(2000);

    static BuyerAct read(Kind kind, Members body) {
        return new BuyerAct(
                kind,
                kind == Kind.DISPUTE ? Optional.of(body.text("reason", REASON)) : body.optionalText("reason", REASON));
    }
}
