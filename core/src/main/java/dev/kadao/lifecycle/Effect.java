package dev.kadao.lifecycle;

import dev.kadao.order.Hold;

/**
 * Work to do now. An <em>act</em> starts only after a step wrote the right to it; a repeatable carries an idempotency
 * key and needs none. Its answer is the next event.
 */
public sealed interface Effect {
    /** Part, kind and attempt: the same work has the same id. */
    String id();

    /** The part of the checkout it belongs to, as in the schedule; at most one effect per part is under way. */
    String part();

    /** A call that must not be made twice without a new right to it. */
    sealed interface Act extends Effect {}

    /** A call, or a request inside the commit, of the key stock. */
    sealed interface OfStock extends Effect {
        int line();

        @Override
        default String part() {
            return "o" + line();
        }
    }

    record OpenPayment(int payment) implements Effect {
        @Override
        public String id() {
            return "open:p" + payment;
        }

        @Override
        public String part() {
            return "p" + payment;
        }
    }

    record QueryPayment(int payment) implements Effect {
        @Override
        public String id() {
            return "query:p" + payment;
        }

        @Override
        public String part() {
            return "p" + payment;
        }
    }

    record ClosePayment(int payment) implements Effect {
        @Override
        public String id() {
            return "close:p" + payment;
        }

        @Override
        public String part() {
            return "p" + payment;
        }
    }

    /** Asks about the risk of what is paid, before anything is handed over. */
    record AssessRisk() implements Effect {
        @Override
        public String id() {
            return "assess:" + part();
        }

        @Override
        public String part() {
            return Parts.RISK;
        }
    }

    /** Keys for a paid order: reserved and handed over inside the commit, or reserved at a stock elsewhere. */
    record TakeKeys(int line) implements OfStock {
        @Override
        public String id() {
            return "take:o" + line;
        }
    }

    /** Hands over what a stock elsewhere has reserved. */
    record HandOverKeys(int line) implements OfStock {
        @Override
        public String id() {
            return "hand-over:o" + line;
        }
    }

    /** Keys for an order that is not paid yet. */
    record ReserveUnpaid(int line) implements OfStock {
        @Override
        public String id() {
            return "reserve:o" + line;
        }
    }

    /** Gives back what was reserved for an order that nobody paid. */
    record LetKeysGo(int line) implements OfStock {
        @Override
        public String id() {
            return "let-go:o" + line;
        }
    }

    record ReplaceKeys(int line, int replacement) implements OfStock {
        @Override
        public String id() {
            return "replace:o" + line + ":" + replacement;
        }
    }

    record ReleaseKeys(int line, String cause) implements OfStock {
        @Override
        public String id() {
            return "release:o" + line;
        }
    }

    record DispatchGoods(int line, int dispatch, String supplier, int send) implements Act {
        @Override
        public String id() {
            return "dispatch:" + line + "." + dispatch + ":" + send;
        }

        @Override
        public String part() {
            return "o" + line;
        }
    }

    record QueryDispatch(int line, int dispatch) implements Effect {
        @Override
        public String id() {
            return "ask:" + line + "." + dispatch;
        }

        @Override
        public String part() {
            return "o" + line;
        }
    }

    record RefundMoney(int refund, int send) implements Act {
        @Override
        public String id() {
            return "refund:r" + refund + ":" + send;
        }

        @Override
        public String part() {
            return "r" + refund;
        }
    }

    record QueryRefund(int refund) implements Effect {
        @Override
        public String id() {
            return "ask-refund:r" + refund;
        }

        @Override
        public String part() {
            return "r" + refund;
        }
    }

    /** Asks an escrow service, under a reference that makes a second call harmless. */
    record MoveHold(int line, Hold.Move move) implements Effect {
        @Override
        public String id() {
            return "escrow:h" + line + ":" + move;
        }

        @Override
        public String part() {
            return "h" + line;
        }
    }

    /** Asks for a credit or coupon, under a reference that makes a second call harmless. */
    record GrantCompensation(int compensation) implements Effect {
        @Override
        public String id() {
            return "grant:k" + compensation;
        }

        @Override
        public String part() {
            return "k" + compensation;
        }
    }

    record SendMessage(int message) implements Effect {
        /** How often a message is tried at most. */
        public static final int MOST_TRIES = 20;

        @Override
        public String id() {
            return "message:m" + message;
        }

        @Override
        public String part() {
            return "m" + message;
        }
    }

    record AlertCase(int caseNumber) implements Effect {
        @Override
        public String id() {
            return "alert:c" + caseNumber;
        }

        @Override
        public String part() {
            return "c" + caseNumber;
        }
    }
}
