package dev.kadao;

import dev.kadao.desk.BulkAct;
import dev.kadao.desk.BulkResult;
import dev.kadao.desk.BulkResult.Item;
import dev.kadao.desk.BulkResult.What;
import dev.kadao.desk.Desk;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAct.Action;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.desk.OrderItem;
import dev.kadao.desk.Page;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Order;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One act on many orders: each is one act of the desk, under an id of its own. */
final class BulkActs {
    private static final Set<Action> POSSIBLE = EnumSet.of(
            Action.RETRY,
            Action.REFUND,
            Action.RELEASE,
            Action.REJECT,
            Action.TAKE,
            Action.GIVE_BACK,
            Action.DECLINE,
            Action.CLOSE_CASE);
    private static final int MOST_ID = 80;

    private final Desk desk;
    private final DeskLists lists;

    BulkActs(Desk desk, DeskLists lists) {
        this.desk = desk;
        this.lists = lists;
    }

    BulkResult run(BulkAct bulk) {
        check(bulk);
        Page<OrderItem> page = lists.matching(bulk.filter(), bulk.after(), bulk.most());
        List<Item> items = new ArrayList<>();
        for (OrderItem found : page.items()) {
            if (bulk.dryRun()) {
                items.add(new Item(found.order().id(), What.LISTED, ""));
            } else if (bulk.action() == Action.CLOSE_CASE) {
                closeCases(bulk, found, items);
            } else {
                items.add(onOrder(bulk, found));
            }
        }
        return new BulkResult(items, page.next());
    }

    private static void check(BulkAct bulk) {
        if (!POSSIBLE.contains(bulk.action())) {
            throw new InvalidValueException(
                    "a bulk act cannot " + bulk.action() + ": it can " + POSSIBLE + "; do the rest order by order");
        }
        if (bulk.id().isBlank() || bulk.id().length() > MOST_ID) {
            throw new InvalidValueException("a bulk act needs an id of 1 to " + MOST_ID + " characters, not "
                    + bulk.id().length());
        }
        if (bulk.action() == Action.CLOSE_CASE && bulk.filter().caseKind().isEmpty()) {
            throw new InvalidValueException("a bulk act that closes cases needs to name their kind in its filter");
        }
    }

    private Item onOrder(BulkAct bulk, OrderItem found) {
        Order order = found.order();
        String actId = actId(bulk, order.id().toString());
        if (found.snapshot().checkout().acts().containsKey(actId)) {
            return new Item(order.id(), What.DONE_BEFORE, "");
        }
        DeskAct act = new DeskAct(actId, bulk.action(), order.changes(), bulk.actor(), bulk.reason(), null);
        return item(order, desk.act(order.id(), act));
    }

    private void closeCases(BulkAct bulk, OrderItem found, List<Item> items) {
        Checkout checkout = found.snapshot().checkout();
        Case.Kind kind = bulk.filter().caseKind().orElseThrow();
        int line = found.order().line();
        for (Case open : checkout.cases()) {
            boolean meant = open.isOpen() && open.kind() == kind && open.line() != null && open.line() == line;
            if (meant) {
                String actId = actId(bulk, checkout.id() + "_c" + open.number());
                DeskAct act = new DeskAct(actId, Action.CLOSE_CASE, 0, bulk.actor(), bulk.reason(), null);
                items.add(item(found.order(), desk.closeCase(checkout.id(), open.number(), act)));
            }
        }
    }

    /** Names the action too: the same id with another action is another act. */
    private static String actId(BulkAct bulk, String subject) {
        String action = bulk.action().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return bulk.id() + "." + action + "." + subject;
    }

    private static Item item(Order order, DeskAnswer answer) {
        if (answer instanceof DeskAnswer.Done done) {
            return new Item(order.id(), done.repeated() ? What.DONE_BEFORE : What.DONE, "");
        }
        if (answer instanceof DeskAnswer.Proposed proposed) {
            return new Item(order.id(), proposed.repeated() ? What.DONE_BEFORE : What.PROPOSED, "");
        }
        if (answer instanceof DeskAnswer.Busy busy) {
            return new Item(order.id(), What.BUSY, busy.sentence());
        }
        if (answer instanceof DeskAnswer.NotFound gone) {
            return new Item(order.id(), What.REFUSED, gone.sentence());
        }
        DeskAnswer.Refused refused = (DeskAnswer.Refused) answer;
        // Another run of the same bulk was faster: it saw the order in another version.
        return refused.why() == DeskAnswer.Why.ACT_ID_TAKEN
                ? new Item(order.id(), What.DONE_BEFORE, "")
                : new Item(order.id(), What.REFUSED, refused.sentence());
    }
}
