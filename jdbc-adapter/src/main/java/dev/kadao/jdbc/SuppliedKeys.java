package dev.kadao.jdbc;

import dev.kadao.jdbc.KeyStock.Reservation;
import dev.kadao.jdbc.KeyStock.State;
import dev.kadao.order.Bytes;
import dev.kadao.order.KeyText;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts keys that suppliers sold into the stock, within the transaction of the steps that bring them: as the order's that
 * they came for, or aside. One that is aside is void and lies under its order with {@code -1 - dispatch} as the number of
 * the delivery. What each request gets is decided in memory over what the stock knows of all their keys; the rows are
 * written together. The checkouts are locked, so no two transactions serve the same order. Thread-safe.
 */
final class SuppliedKeys {
    private static final String TAKEN_BACK = "the order's keys were taken back before these came";
    /** What retention leaves in a row whose content it erased. */
    private static final int ERASED = -1;

    private static final int MOST_CAUSE = 2_000;

    private final KeyStock stock;
    private final SupplySeals seals;

    SuppliedKeys(KeyStock stock, SupplySeals seals) {
        this.stock = stock;
        this.seals = seals;
    }

    static boolean serves(StockRequest request) {
        return request instanceof StockRequest.Supply || request instanceof StockRequest.SetAside;
    }

    static String skuOf(StockRequest request) {
        return request instanceof StockRequest.Supply supply ? supply.sku() : ((StockRequest.SetAside) request).sku();
    }

    static OrderId orderOf(StockRequest request) {
        return request instanceof StockRequest.Supply supply
                ? supply.order()
                : ((StockRequest.SetAside) request).order();
    }

    /** The number that stands for a delivery in the rows of keys that a dispatch brought and that were set aside. */
    static int aside(int dispatch) {
        return -1 - dispatch;
    }

    /** The dispatch that {@link #aside} stands for. */
    static int dispatch(int aside) {
        return -1 - aside;
    }

    /** A request and the step it is of. */
    record Asked(String stepId, StockRequest request) {}

    /**
     * One answer per request, in their order; all is written.
     *
     * @param standing the reservations of the orders, locked; changed as they change
     */
    List<StockAnswer> answers(Session session, List<Asked> asked, Map<String, Reservation> standing, Instant now)
            throws SQLException {
        return new Serving(session, standing, now).answers(asked);
    }

    /** Keys that came for an order, as they are kept; those that are no keys are not among them. */
    private record Parcel(OrderId order, String sku, int dispatch, SourcedBatches.Target target, List<Content> keys) {

        private record Content(Secret key, Bytes fingerprint) {}

        static Parcel of(OrderId order, String sku, int dispatch, List<Secret> came, SourcedBatches.Target target) {
            List<Content> keys = new ArrayList<>();
            for (Secret key : came) {
                Secret kept = KeyText.kept(key);
                if (KeyText.flaw(kept).isEmpty()) {
                    keys.add(new Content(kept, target.fingerprint(sku, kept)));
                }
            }
            return new Parcel(order, sku, dispatch, target, keys);
        }

        static Parcel of(StockRequest request, SourcedBatches.Target target) {
            if (request instanceof StockRequest.Supply supply) {
                return of(supply.order(), supply.sku(), supply.dispatch(), supply.keys(), target);
            }
            StockRequest.SetAside aside = (StockRequest.SetAside) request;
            return of(aside.order(), aside.sku(), aside.dispatch(), aside.keys(), target);
        }
    }

    /** A key that the stock has, or will have when this transaction is written. */
    private record Known(String id, String state, @Nullable String order, int replacement, boolean isErased) {
        static Known read(ResultSet row) throws SQLException {
            return new Known(
                    row.getString(2), row.getString(3), row.getString(4), row.getInt(5), row.getInt(6) == ERASED);
        }

        boolean isOf(OrderId owner, int delivery) {
            return owner.toString().equals(order) && replacement == delivery;
        }
    }

    /** One transaction's worth. */
    private final class Serving {
        private final Session session;
        private final Map<String, Reservation> standing;
        private final Instant now;
        private final Map<Bytes, Known> known = new HashMap<>();
        private final Map<String, BatchRow> batches = new TreeMap<>();
        private final Map<String, Long> numbered = new HashMap<>();
        private final Map<String, Long> grown = new TreeMap<>();
        private final List<@Nullable Object[]> fresh = new ArrayList<>();
        private final List<@Nullable Object[]> adopted = new ArrayList<>();
        private final List<@Nullable Object[]> reserved = new ArrayList<>();

        Serving(Session session, Map<String, Reservation> standing, Instant now) {
            this.session = session;
            this.standing = standing;
            this.now = now;
        }

        List<StockAnswer> answers(List<Asked> asked) throws SQLException {
            List<SupplySeals.Seal> got = asked.stream()
                    .map(ask -> seals.of(ask.stepId(), skuOf(ask.request())))
                    .toList();
            lock(got);
            List<Optional<Parcel>> parcels = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                StockRequest request = asked.get(i).request();
                parcels.add(usable(got.get(i)).map(target -> Parcel.of(request, target)));
            }
            find(parcels.stream().flatMap(Optional::stream).toList());
            List<StockAnswer> answers = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Optional<Parcel> parcel = parcels.get(i);
                answers.add(
                        parcel.isPresent()
                                ? answer(asked.get(i).request(), parcel.get())
                                : new StockAnswer.NotTried(reason(got.get(i))));
            }
            write();
            return answers;
        }

        /** In the order of their ids. Who adds to a batch holds its row: keys are numbered by what it has. */
        private void lock(List<SupplySeals.Seal> got) throws SQLException {
            TreeMap<String, Boolean> ids = new TreeMap<>();
            got.stream()
                    .map(SupplySeals.Seal::target)
                    .filter(Objects::nonNull)
                    .forEach(target -> ids.put(target.batch(), true));
            for (String id : ids.keySet()) {
                session.one(Query.BATCH_LOCK, BatchRow::read, id).ifPresent(row -> batches.put(id, row));
            }
        }

        /** A batch that was withdrawn or re-encrypted since takes no key under the data key that was got for it. */
        private Optional<SourcedBatches.Target> usable(SupplySeals.Seal seal) {
            SourcedBatches.Target target = seal.target();
            if (target == null) {
                return Optional.empty();
            }
            BatchRow row = batches.get(target.batch());
            boolean isAsGot = row != null
                    && row.batch().withdrawnAt() == null
                    && row.batch().dataKey() == target.number();
            return isAsGot ? Optional.of(target) : Optional.empty();
        }

        private static String reason(SupplySeals.Seal seal) {
            return seal.target() == null
                    ? seal.reason()
                    : "batch " + seal.target().batch() + " was withdrawn or re-encrypted meanwhile";
        }

        private void find(List<Parcel> parcels) throws SQLException {
            List<@Nullable Object[]> asked = new ArrayList<>();
            for (Parcel parcel : parcels) {
                for (Parcel.Content content : parcel.keys()) {
                    asked.add(Session.row(parcel.sku(), content.fingerprint()));
                }
            }
            if (!asked.isEmpty()) {
                session.listRows(Query.KEY_OWNERS, row -> known.put(Bytes.of(row.getBytes(1)), Known.read(row)), asked);
            }
        }

        private StockAnswer answer(StockRequest request, Parcel parcel) throws SQLException {
            if (request instanceof StockRequest.Supply supply) {
                return supply(supply, parcel);
            }
            setAside(parcel, ((StockRequest.SetAside) request).cause());
            return new StockAnswer.Taken();
        }

        private StockAnswer supply(StockRequest.Supply request, Parcel parcel) throws SQLException {
            Reservation has = standing.get(request.order().toString());
            if (has != null && has.state().isTombstone()) {
                setAside(parcel, TAKEN_BACK);
                return new StockAnswer.Returned(has.releaseAnswer());
            }
            Optional<String> flaw = KeyText.flaw(request.keys());
            if (flaw.isEmpty() && has != null && isRepeated(request, parcel, has)) {
                return new StockAnswer.Taken();
            }
            flaw = flaw.or(() -> has == null ? Optional.empty() : flaw(request, has))
                    .or(() -> flaw(parcel));
            if (flaw.isPresent()) {
                setAside(parcel, flaw.get());
                return new StockAnswer.Unfit(flaw.get());
            }
            handOver(request, parcel, has);
            return new StockAnswer.Taken();
        }

        /** The keys that this delivery had, in whatever state they are now. */
        private boolean isRepeated(StockRequest.Supply request, Parcel parcel, Reservation has) {
            return has.quantity() == parcel.keys().size()
                    && parcel.keys().stream()
                            .map(content -> known.get(content.fingerprint()))
                            .allMatch(key -> key != null && key.isOf(request.order(), request.replacement()));
        }

        private static Optional<String> flaw(StockRequest.Supply request, Reservation has) {
            if (has.state() == State.RESERVED || request.replacement() <= has.replacement()) {
                return Optional.of("the order has other keys already, in delivery " + has.replacement());
            }
            boolean fits = has.sku().equals(request.sku())
                    && has.quantity() == request.keys().size();
            return fits
                    ? Optional.empty()
                    : Optional.of("the order has " + has.quantity() + " keys of " + has.sku() + ", and "
                            + request.keys().size() + " of " + request.sku() + " came in their place");
        }

        private Optional<String> flaw(Parcel parcel) {
            for (int number = 1; number <= parcel.keys().size(); number++) {
                Known key = known.get(parcel.keys().get(number - 1).fingerprint());
                if (key != null && !(key.isOf(parcel.order(), aside(parcel.dispatch())) && !key.isErased())) {
                    return Optional.of("key " + number + " of " + parcel.keys().size() + " is in the stock already: "
                            + key.id() + ", " + key.state() + (key.order() == null ? "" : ", of order " + key.order()));
                }
            }
            return Optional.empty();
        }

        private void handOver(StockRequest.Supply request, Parcel parcel, @Nullable Reservation has)
                throws SQLException {
            int replacement = request.replacement();
            int quantity = parcel.keys().size();
            if (has == null) {
                reserved.add(KeyStock.inserted(
                        request.order(), request.sku(), quantity, State.HANDED_OVER, replacement, now));
            } else {
                // What this transaction has given the order before must be there to be made void.
                write();
                stock.makeWay(session, request.order(), has, replacement, now);
            }
            for (int slot = 1; slot <= quantity; slot++) {
                Parcel.Content content = parcel.keys().get(slot - 1);
                Known aside = known.get(content.fingerprint());
                if (aside == null) {
                    add(parcel, content, "SOLD", replacement, slot, null);
                } else {
                    adopted.add(Session.row(replacement, slot, Micros.of(now), aside.id(), aside.replacement()));
                    know(content, aside.id(), "SOLD", parcel, replacement);
                }
            }
            standing.put(
                    request.order().toString(),
                    new Reservation(request.sku(), quantity, State.HANDED_OVER, replacement, 0));
        }

        private void setAside(Parcel parcel, String cause) {
            String storable = Bounds.storable(cause);
            String kept = storable.substring(0, Math.min(MOST_CAUSE, storable.length()));
            for (int place = 1; place <= parcel.keys().size(); place++) {
                Parcel.Content content = parcel.keys().get(place - 1);
                if (!known.containsKey(content.fingerprint())) {
                    add(parcel, content, "VOID", aside(parcel.dispatch()), place, Bounds.storable(kept));
                }
            }
        }

        private void add(
                Parcel parcel, Parcel.Content content, String state, int delivery, int slot, @Nullable String cause) {
            String batch = parcel.target().batch();
            long before = Objects.requireNonNull(batches.get(batch)).batch().imported();
            String id = BatchRow.keyId(batch, before + numbered.merge(batch, 1L, Long::sum));
            grown.merge(batch, 1L, Long::sum);
            fresh.add(Session.row(
                    id,
                    parcel.sku(),
                    content.fingerprint(),
                    batch,
                    parcel.target().seal(parcel.sku(), id, content.key()),
                    parcel.target().number(),
                    state,
                    parcel.order().toString(),
                    delivery,
                    slot,
                    cause,
                    Micros.of(now)));
            know(content, id, state, parcel, delivery);
        }

        private void know(Parcel.Content content, String id, String state, Parcel parcel, int delivery) {
            known.put(content.fingerprint(), new Known(id, state, parcel.order().toString(), delivery, false));
        }

        /** In the order of their fingerprints, as imports write: two that bring the same keys wait for each other. */
        private void write() throws SQLException {
            fresh.sort((one, other) -> Arrays.compareUnsigned(fingerprint(one), fingerprint(other)));
            session.updateAllRows(Query.KEY_SUPPLY, fresh);
            session.updateAllRows(Query.KEY_ADOPT, adopted);
            session.updateAllRows(Query.RESERVATION_INSERT, reserved);
            for (Map.Entry<String, Long> batch : grown.entrySet()) {
                session.updateExactly(1, Query.BATCH_SUPPLY, batch.getValue(), batch.getKey());
            }
            fresh.clear();
            adopted.clear();
            reserved.clear();
            grown.clear();
        }

        private static byte[] fingerprint(@Nullable Object[] keyRow) {
            return ((Bytes) Objects.requireNonNull(keyRow[2])).toArray();
        }
    }
}
