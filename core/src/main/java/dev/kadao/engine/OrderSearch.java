package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.DispatchId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Snapshot;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.StoreView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds orders by whatever number somebody has in hand, by index rows and at most one document. */
final class OrderSearch {
    /** Of gateways and suppliers that give one number twice, so many checkouts are looked at. */
    private static final int MOST_CHECKOUTS = 20;

    private static final int MOST_LINES = 20;
    private static final int LONGEST_NUMBER = 512;

    private final StoreView view;
    private final Set<OrderId> found = new LinkedHashSet<>();

    private OrderSearch(StoreView view) {
        this.view = view;
    }

    /**
     * The orders that the number may mean, those of our own numbers first; none if it means nothing.
     *
     * @param checkouts reads a checkout, for no row says which order a refund is for
     */
    static List<OrderId> in(CheckoutStore store, Function<CheckoutId, Optional<Snapshot>> checkouts, String number) {
        String exact = number.strip();
        if (exact.isEmpty() || exact.length() > LONGEST_NUMBER) {
            return List.of();
        }
        RefundId id = parsed(exact, RefundId::parse);
        List<OrderId> refunded = id == null
                ? List.of()
                : checkouts
                        .apply(id.checkout())
                        .map(read -> ofRefund(read.checkout(), id))
                        .orElse(List.of());
        return store.view(view -> {
            OrderSearch search = new OrderSearch(view);
            search.found.addAll(refunded);
            search.byOurNumbers(exact);
            search.byTheirNumbers(Codec.indexValue(exact));
            return List.copyOf(search.found);
        });
    }

    private static List<OrderId> ofRefund(Checkout checkout, RefundId id) {
        return checkout.refunds().stream()
                .filter(refund -> refund.id().equals(id))
                .flatMap(refund -> checkout.orders().stream()
                        .filter(order -> refund.line() == null || refund.line() == order.line()))
                .map(Order::id)
                .toList();
    }

    private void byOurNumbers(String number) {
        OrderId order = parsed(number, OrderId::parse);
        DispatchId dispatch = parsed(number, DispatchId::parse);
        PaymentId payment = parsed(number, PaymentId::parse);
        CheckoutId checkout = parsed(number, CheckoutId::new);
        if (order != null) {
            addLine(order);
        }
        if (dispatch != null) {
            addLine(dispatch.order());
        }
        if (payment != null && isThere("payment", payment.checkout(), payment.number())) {
            addAllOf(payment.checkout());
        }
        if (checkout != null) {
            addAllOf(checkout);
        }
    }

    private void byTheirNumbers(String value) {
        hits("supplier-order", value).forEach(hit -> found.add(new OrderId(hit.checkout(), hit.number())));
        Set<CheckoutId> paid = hits("trade", value).stream()
                .map(IndexHit::checkout)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        paid.forEach(this::addAllOf);
    }

    private List<IndexHit> hits(String kind, String value) {
        return view.find(new IndexQuery(kind, value, false, null, MOST_CHECKOUTS));
    }

    private void addLine(OrderId order) {
        if (isThere("order", order.checkout(), order.line())) {
            found.add(order);
        }
    }

    private void addAllOf(CheckoutId checkout) {
        linesOf(checkout).forEach(line -> found.add(new OrderId(checkout, line)));
    }

    private List<Integer> linesOf(CheckoutId checkout) {
        List<Integer> lines = new ArrayList<>();
        for (IndexHit hit : view.find(new IndexQuery("order", "", false, new IndexHit("", checkout, 0), MOST_LINES))) {
            if (hit.checkout().equals(checkout)) {
                lines.add(hit.number());
            }
        }
        return lines;
    }

    private boolean isThere(String kind, CheckoutId checkout, int number) {
        IndexHit before = new IndexHit("", checkout, number - 1);
        return view.find(new IndexQuery(kind, "", false, before, 1)).contains(new IndexHit("", checkout, number));
    }

    private static <T> @Nullable T parsed(String number, Function<String, T> form) {
        try {
            return form.apply(number);
        } catch (InvalidValueException e) {
            return null;
        }
    }
}
