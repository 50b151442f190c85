package dev.kadao.desk;

import org.jspecify.annotations.Nullable;

/**
 * What a person does.
 *
 * @param id unique per checkout, 1 to 128 characters; the same one with the same content is a repetition
 * @param version the order's {@code changes} that the person saw: if it has changed since, nothing is done
 * @param actor who does it, 1 to 128 characters; recorded with the fact, so rather a staff number than a name
 * @param reason why, 1 to 2000 characters; personal data
 * @param evidence what {@link Action#MARK_DELIVERED} needs, 1 to 2000 characters; null otherwise
 * @param count how many were handed over, for {@link Action#MARK_DELIVERED}: any other number than was ordered is refused.
 *     Null if nobody counted: then the evidence is the actor's word for all of them
 */
public record DeskAct(
        String id,
        Action action,
        int version,
        String actor,
        String reason,
        @Nullable String evidence,
        @Nullable Integer count) {

    /** An act that counts nothing. */
    public DeskAct(String id, Action action, int version, String actor, String reason, @Nullable String evidence) {
        this(id, action, version, actor, reason, evidence, null);
    }

    /** What can be done. */
    public enum Action {
        /** Send a paid, uncertain or parked order on its way again. */
        RETRY,
        /** Attest that the goods arrived. Needs evidence. */
        MARK_DELIVERED,
        /** Hand over other keys. */
        REPLACE,
        /** Give the money back. In COMPLETED only while a late dispute is open and an escrow holds, or held, the money. */
        REFUND,
        /**
         * End a hold; the reason is the recorded waiver. In COMPLETED: give the merchant what the escrow still keeps, or ask it
         * again.
         */
        RELEASE,
        /** Reject a dispute. */
        REJECT,
        /** Stop automation of the order. */
        TAKE,
        /** Let automation go on. */
        GIVE_BACK,
        /** Close a case, or an orphan notice. Not an act on an order. */
        CLOSE_CASE,
        /** Read a stored notice again. Not an act on an order. */
        REPLAY_NOTICE,
        /**
         * Do what another person proposed, where {@code HandlingSettings} wants two persons. The proposer cannot, however
         * the name is written; the version must be that of the order with the proposal.
         */
        APPROVE,
        /** Drop what a person proposed. The proposer can, too. */
        DECLINE
    }

    @Override
    public String toString() {
        return "DeskAct(" + id + ", " + action + ", version " + version + ")";
    }
}
