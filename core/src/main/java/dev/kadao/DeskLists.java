package dev.kadao;

import dev.kadao.desk.BulkFilter;
import dev.kadao.desk.CaseItem;
import dev.kadao.desk.Desk.OrderQuery;
import dev.kadao.desk.OrderItem;
import dev.kadao.desk.Page;
import dev.kadao.desk.PaymentItem;
import dev.kadao.desk.ReviewItem;
import dev.kadao.engine.Reads;
import dev.kadao.engine.Reads.Found;
import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.StoredNotice;
import dev.kadao.port.StoredNotice.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The desk's lists, from index rows; orphan notices come after what belongs to checkouts. */
final class DeskLists {
    private static final int MOST_ITEMS = 200;
    private static final int MOST_ROUNDS = 50;
    private static final String ORPHAN = "orphan_";
    private static final Pattern CASE_ID = Pattern.compile("([0-9A-Za-z_]{3,26})_c([1-9][0-9]{0,8})");

    private final Reads reads;

    DeskLists(Reads reads) {
        this.reads = reads;
    }

    Page<OrderItem> orders(OrderQuery query) {
        String kind = query.overdueOnly() ? "open" : query.stage().isPresent() ? "stage" : "order";
        String value = kind.equals("stage") ? query.stage().orElseThrow().name() : "";
        IndexHit after = query.after()
                .map(OrderId::parse)
                .map(id -> new IndexHit(value, id.checkout(), id.line()))
                .orElse(null);
        return page(kind, value, after, query.limit(), DeskLists::orderId, found -> {
            Order order = found.snapshot().checkout().order(found.hit().number());
            boolean listed = query.stage().map(stage -> order.stage() == stage).orElse(true)
                    && (!query.overdueOnly() || isOverdue(order, found.snapshot()));
            return listed ? Optional.of(new OrderItem(order, found.snapshot())) : Optional.empty();
        });
    }

    /** The orders of a bulk act, by id. */
    Page<OrderItem> matching(BulkFilter filter, Optional<String> from, int limit) {
        String kind = filter.stage().isPresent() ? "stage" : filter.sku().isPresent() ? "sku" : "order";
        String value = filter.stage().map(Enum::name).or(filter::sku).orElse("");
        IndexHit after = from.map(OrderId::parse)
                .map(id -> new IndexHit(value, id.checkout(), id.line()))
                .orElse(null);
        return page(kind, value, after, limit, DeskLists::orderId, found -> {
            Order order = found.snapshot().checkout().order(found.hit().number());
            boolean listed = filter.matches(order, found.snapshot());
            return listed ? Optional.of(new OrderItem(order, found.snapshot())) : Optional.empty();
        });
    }

    private static String orderId(IndexHit hit) {
        return hit.checkout() + "." + hit.number();
    }

    /** Paid and not delivered though the promise is over. */
    private static boolean isOverdue(Order order, Snapshot snapshot) {
        boolean owed = switch (order.stage()) {
            case PAID, RESERVED, DISPATCHING, UNCERTAIN, REPLACING, PARKED -> true;
            case AWAITING_PAYMENT, CLOSED, ON_HOLD, DELIVERED, DISPUTED, COMPLETED, REFUNDING, REFUNDED -> false;
        };
        return owed
                && order.paidAt() != null
                && order.paidAt().plus(snapshot.checkout().sla(order).late()).isBefore(snapshot.now());
    }

    Page<CaseItem> cases(boolean open, Optional<String> after, int limit) {
        List<State> states = List.of(open ? State.ORPHAN_CASE : State.ORPHAN_CLOSED);
        return withOrphans(
                after,
                limit,
                states,
                DeskLists::orphanCase,
                token -> page(
                        "case",
                        open ? "open" : "closed",
                        token.map(id -> caseHit(open ? "open" : "closed", id)).orElse(null),
                        limit,
                        hit -> hit.checkout() + "_c" + hit.number(),
                        found -> caseItem(found, open)));
    }

    private static IndexHit caseHit(String value, String id) {
        Matcher matcher = CASE_ID.matcher(id);
        if (!matcher.matches()) {
            throw new InvalidValueException("'" + id + "' is no case id such as cart42_c1");
        }
        return new IndexHit(value, new CheckoutId(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static Optional<CaseItem> caseItem(Found found, boolean open) {
        Snapshot snapshot = found.snapshot();
        Case work = snapshot.checkout().caseNumber(found.hit().number());
        if (work.isOpen() != open) {
            return Optional.empty();
        }
        return Optional.of(new CaseItem(
                found.hit().checkout() + "_c" + work.number(),
                work.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                work.subject(),
                work.openedAt(),
                work.dueAt(),
                new CaseItem.CaseOfCheckout(work, snapshot),
                null));
    }

    private static CaseItem orphanCase(StoredNotice notice) {
        return new CaseItem(
                ORPHAN + notice.key(), "orphan", notice.reference(), notice.receivedAt(), notice.due(), null, notice);
    }

    Page<PaymentItem> payments(Optional<PaymentStatus> status, Optional<String> after, int limit) {
        boolean orphansToo = status.isEmpty() || status.get() == PaymentStatus.ORPHAN;
        String kind = status.isEmpty() ? "payment" : "payment-status";
        String value = status.map(PaymentStatus::word).orElse("");
        return withOrphans(
                after,
                limit,
                orphansToo ? List.of(State.ORPHAN, State.ORPHAN_CASE) : List.of(),
                PaymentRows::ofOrphan,
                token -> page(
                        kind,
                        value,
                        token.map(PaymentId::parse)
                                .map(id -> new IndexHit(value, id.checkout(), id.number()))
                                .orElse(null),
                        limit,
                        hit -> hit.checkout() + "_p" + hit.number(),
                        found -> Optional.of(PaymentRows.of(
                                        found.snapshot(),
                                        found.snapshot()
                                                .checkout()
                                                .payment(found.hit().number())))
                                .filter(item -> status.isEmpty() || item.status() == status.get())));
    }

    Page<ReviewItem> reviews(Optional<String> sku, Optional<String> after, int limit) {
        checkLimit(limit);
        Reads.Listed listed = reads.reviews(sku.orElse(null), after.orElse(null), limit);
        return new Page<>(
                listed.found().stream().flatMap(found -> review(found).stream()).toList(), listed.next());
    }

    private static Optional<ReviewItem> review(Found found) {
        Snapshot snapshot = found.snapshot();
        Order order = snapshot.checkout().order(found.hit().number());
        return Optional.ofNullable(order.review())
                .map(review -> new ReviewItem(
                        order.id(),
                        order.sku(),
                        review.stars(),
                        Optional.ofNullable(review.text()).flatMap(snapshot.personal()::text),
                        review.at(),
                        order.stage() == Stage.REFUNDED || order.moneyMovedBack()));
    }

    /** One page of what belongs to checkouts; once that has ended, of the orphan notices. */
    private <T> Page<T> withOrphans(
            Optional<String> after,
            int limit,
            List<State> states,
            Function<StoredNotice, T> orphan,
            Function<Optional<String>, Page<T>> ofCheckouts) {
        checkLimit(limit);
        if (after.isPresent() && after.get().startsWith(ORPHAN)) {
            return orphans(List.of(), states, after.get().substring(ORPHAN.length()), limit, orphan);
        }
        Page<T> page = ofCheckouts.apply(after);
        return page.next() != null || states.isEmpty() ? page : orphans(page.items(), states, "", limit, orphan);
    }

    private <T> Page<T> orphans(
            List<T> before, List<State> states, String afterKey, int limit, Function<StoredNotice, T> orphan) {
        List<T> items = new ArrayList<>(before);
        int room = limit - items.size();
        List<StoredNotice> found = states.stream()
                .flatMap(state -> reads.notices(state, afterKey, room + 1).stream())
                .sorted(Comparator.comparing(StoredNotice::key))
                .toList();
        found.stream().limit(room).map(orphan).forEach(items::add);
        if (found.size() <= room) {
            return new Page<>(items, null);
        }
        return new Page<>(
                items, ORPHAN + (room == 0 ? afterKey : found.get(room - 1).key()));
    }

    private <T> Page<T> page(
            String kind,
            String value,
            @Nullable IndexHit after,
            int limit,
            Function<IndexHit, String> id,
            Function<Found, Optional<T>> item) {
        checkLimit(limit);
        List<T> items = new ArrayList<>();
        IndexHit last = after;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Found> found = reads.find(kind, value, last, limit + 1);
            for (Found next : found) {
                Optional<T> listed = item.apply(next);
                if (listed.isPresent() && items.size() == limit && last != null) {
                    return new Page<>(items, id.apply(last));
                }
                listed.ifPresent(items::add);
                last = next.hit();
            }
            if (found.size() <= limit) {
                return new Page<>(items, null);
            }
        }
        return new Page<>(items, last == null ? null : id.apply(last));
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw new InvalidValueException("a page takes 1 to " + MOST_ITEMS + " items, not " + limit);
        }
    }
}
