package dev.kadao.memory;

import dev.kadao.order.KeyText;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore.KeySlot.State;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts keys that suppliers sold on the shelf: as the order's that they came for, or aside. */
final class SuppliedKeys {
    private static final String TAKEN_BACK = "the order's keys were taken back before these came";
    private final KeyShelf shelf;

    SuppliedKeys(KeyShelf shelf) {
        this.shelf = shelf;
    }

    StockAnswer supply(StockRequest.Supply request, Instant now) {
        Binding binding = shelf.binding(request.order());
        if (binding != null && binding.released() != null) {
            putAside(request.order(), request.sku(), request.dispatch(), request.keys(), TAKEN_BACK);
            return new StockAnswer.Returned(binding.released());
        }
        Optional<String> flaw = KeyText.flaw(request.keys());
        if (flaw.isEmpty() && binding != null && isRepeated(request, binding)) {
            return new StockAnswer.Taken();
        }
        flaw = flaw.or(() -> binding == null ? Optional.empty() : flaw(request, binding))
                .or(() -> known(request));
        if (flaw.isPresent()) {
            putAside(request.order(), request.sku(), request.dispatch(), request.keys(), flaw.get());
            return new StockAnswer.Unfit(flaw.get());
        }
        handOver(request, binding, now);
        return new StockAnswer.Taken();
    }

    StockAnswer setAside(StockRequest.SetAside request) {
        putAside(request.order(), request.sku(), request.dispatch(), request.keys(), request.cause());
        return new StockAnswer.Taken();
    }

    /** The keys that this delivery had, in whatever state they are now. */
    private boolean isRepeated(StockRequest.Supply request, Binding binding) {
        return binding.keys().size() == request.keys().size()
                && request.keys().stream()
                        .map(key -> shelf.known(request.sku(), KeyText.kept(key)))
                        .allMatch(row -> row != null
                                && request.order().equals(row.order())
                                && row.replacement() == request.replacement());
    }

    private static Optional<String> flaw(StockRequest.Supply request, Binding binding) {
        if (binding.isReserved() || request.replacement() <= binding.replacement()) {
            return Optional.of("the order has other keys already, in delivery " + binding.replacement());
        }
        boolean fits = binding.sku().equals(request.sku())
                && binding.keys().size() == request.keys().size();
        return fits
                ? Optional.empty()
                : Optional.of("the order has " + binding.keys().size() + " keys of " + binding.sku() + ", and "
                        + request.keys().size() + " of " + request.sku() + " came in their place");
    }

    private Optional<String> known(StockRequest.Supply request) {
        for (int number = 1; number <= request.keys().size(); number++) {
            KeyRow row = shelf.known(request.sku(), KeyText.kept(request.keys().get(number - 1)));
            if (row != null && !isAside(row, request.order(), request.dispatch())) {
                return Optional.of("key " + number + " of " + request.keys().size() + " is in the stock already: "
                        + row.id() + ", " + row.state() + (row.order() == null ? "" : ", of order " + row.order()));
            }
        }
        return Optional.empty();
    }

    private static boolean isAside(KeyRow row, OrderId order, int dispatch) {
        return row.state() == State.VOID && order.equals(row.order()) && row.replacement() == aside(dispatch);
    }

    private void handOver(StockRequest.Supply request, @Nullable Binding earlier, Instant now) {
        shelf.makeVoid(earlier, request.replacement());
        List<String> ids = new ArrayList<>();
        for (Secret key : request.keys()) {
            Secret kept = KeyText.kept(key);
            KeyRow row = shelf.known(request.sku(), kept);
            String id = row == null ? shelf.nextId() : row.id();
            shelf.put(KeyRow.supplied(id, request.sku(), kept, request.order(), request.replacement(), ids.size()));
            ids.add(id);
        }
        shelf.bind(request.order(), new Binding(request.sku(), true, request.replacement(), ids, now, null));
    }

    private void putAside(OrderId order, String sku, int dispatch, List<Secret> keys, String cause) {
        for (int place = 0; place < keys.size(); place++) {
            Secret kept = KeyText.kept(keys.get(place));
            if (KeyText.flaw(kept).isEmpty() && shelf.known(sku, kept) == null) {
                shelf.put(KeyRow.aside(shelf.nextId(), sku, kept, order, aside(dispatch), place, cause));
            }
        }
    }

    private static int aside(int dispatch) {
        return -1 - dispatch;
    }
}
