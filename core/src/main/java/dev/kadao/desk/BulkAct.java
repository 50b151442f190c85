package dev.kadao.desk;

import java.util.Optional;

/**
 * One act on many orders, a page of them per call. Each order is a step of its own with the act id
 * {@code <id>.<action>.<order>} (of a case: {@code <id>.<action>.<case>}), so that stopping, being killed and running again, from the start or from {@code next}, does
 * nothing twice.
 *
 * @param id of the whole bulk, 1 to 80 characters; the same for all of its pages
 * @param action {@code RETRY}, {@code REFUND}, {@code RELEASE}, {@code REJECT}, {@code TAKE}, {@code GIVE_BACK},
 *     {@code DECLINE} or {@code CLOSE_CASE}, which needs a kind of case in the filter. Whatever needs evidence or a second
 *     look of its own is done one by one
 * @param actor as of a {@link DeskAct}
 * @param reason as of a {@link DeskAct}; recorded with every order
 * @param dryRun whether only to list what it is about: nothing is written
 * @param most orders of this page at most, 1 to 200
 * @param after the {@code next} of the page before; empty for the first
 */
public record BulkAct(
        String id,
        DeskAct.Action action,
        String actor,
        String reason,
        BulkFilter filter,
        boolean dryRun,
        int most,
        Optional<String> after) {

    /** The first page. */
    public static BulkAct of(
            String id, DeskAct.Action action, String actor, String reason, BulkFilter filter, int most) {
        return new BulkAct(id, action, actor, reason, filter, false, most, Optional.empty());
    }

    /** The same as a mere list. */
    public BulkAct dry() {
        return new BulkAct(id, action, actor, reason, filter, true, most, after);
    }

    /** The page after one that ended there. */
    public BulkAct from(String next) {
        return new BulkAct(id, action, actor, reason, filter, dryRun, most, Optional.of(next));
    }

    @Override
    public String toString() {
        return "BulkAct(" + id + ", " + action + (dryRun ? ", dry run)" : ")");
    }
}
