package dev.kadao.codec;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Questions;
import dev.kadao.order.Receipt;
import dev.kadao.order.Refund;
import dev.kadao.order.Review;
import dev.kadao.order.Served;
import dev.kadao.order.Stage;
import dev.kadao.port.CheckoutStore.IndexRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** By what a checkout is found. */
final class IndexRows {
    private static final int MOST = 120;
    /** Fixed in width, so that it sorts as text. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final int ROOM_FOR_TIME = 28;
    /** Short, so that any gateway's name and the digest of any text find room beside it. */
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private static final int ROOM_FOR_NAME_AND_SECONDS = 49;

    private final List<IndexRow> rows = new ArrayList<>();

    private IndexRows() {}

    static List<IndexRow> of(Checkout checkout) {
        IndexRows index = new IndexRows();
        checkout.orders().forEach(index::addOrder);
        checkout.orders().forEach(order -> index.addService(checkout, order));
        checkout.payments().forEach(index::addPayment);
        checkout.refunds().forEach(refund -> index.addRefund(checkout, refund));
        checkout.cases().forEach(index::addCase);
        gatewaysInUse(checkout).forEach(name -> index.add("gateway", name, 0));
        return index.rows;
    }

    /** A value as it is stored: itself, or its digest where it is too long or not plain text. */
    static String value(String text) {
        return value(text, MOST);
    }

    static String waiting(String sku, Instant paidAt) {
        return value(sku, MOST - ROOM_FOR_TIME) + " " + MICROSECONDS.format(paidAt);
    }

    /** Where something of that name and time is found, by time and then by text. */
    static String timed(String name, Instant at, String text) {
        return timed(name, at) + timedText(text);
    }

    /** What stands before everything of that name and second, and after everything of the seconds before. */
    static String timed(String name, Instant at) {
        return name + "|" + SECONDS.format(at) + "|";
    }

    /** The text as a timed value holds it. */
    static String timedText(String text) {
        return value(text, MOST - ROOM_FOR_NAME_AND_SECONDS);
    }

    private void addOrder(Order order) {
        int line = order.line();
        add("order", "", line);
        add("stage", order.stage().name(), line);
        add("sku", order.sku(), line);
        supplierOrders(order).forEach(number -> add("supplier-order", number, line));
        if (!order.stage().isFinal()) {
            add("open", "", line);
            suppliersInUse(order).forEach(name -> add("supplier", name, line));
        }
        Questions asked = order.questions();
        if (asked != null) {
            String name = asked.handedOver() == 0 ? "settled" : "handed-over";
            String counts = asked.asked() + "." + asked.handedOver();
            rows.add(new IndexRow("question", timed(name, asked.lastAt(), counts), line));
        }
        // One that a person has taken takes no keys: in the queue it would keep everybody behind it from theirs.
        boolean waits = (order.stage() == Stage.PAID || order.stage() == Stage.REPLACING) && order.takenBy() == null;
        if (waits && order.keys().waitingSince() != null && order.paidAt() != null) {
            rows.add(new IndexRow("waiting", waiting(order.sku(), order.paidAt()), line));
        }
    }

    /** How it was served, or since when it is owed: by these the service is measured without reading a document. */
    private void addService(Checkout checkout, Order order) {
        Served.of(checkout, order)
                .ifPresent(served -> rows.add(new IndexRow("service", ServedValue.of(served), order.line())));
        Review review = order.review();
        if (review != null) {
            String at = ReviewValue.at(review.at(), order.id());
            rows.add(new IndexRow("review", at, order.line()));
            rows.add(new IndexRow("review-of", ReviewValue.of(order.sku()) + at, order.line()));
            rows.add(new IndexRow("stars", ReviewValue.rated(review.stars(), order.sku()), order.line()));
        }
        if (order.isOwed()) {
            Instant paidAt = order.paidAt();
            boolean counts = paidAt != null && order.stage() != Stage.DISPUTED;
            rows.add(new IndexRow("owed", MICROSECONDS.format(counts ? paidAt : order.since()), order.line()));
        }
    }

    private void addPayment(Payment payment) {
        int number = payment.id().number();
        add("payment", "", number);
        add("payment-status", PaymentStatus.of(payment).word(), number);
        payment.receipts().stream().map(Receipt::tradeNumber).distinct().forEach(trade -> add("trade", trade, number));
        for (Receipt receipt : payment.receipts()) {
            addTimed("received", payment.gateway(), receipt.at(), receipt.tradeNumber(), number);
        }
    }

    private void addRefund(Checkout checkout, Refund refund) {
        if (refund.state() == Refund.State.DONE) {
            String gateway = checkout.payment(refund.payment().number()).gateway();
            addTimed(
                    "refunded",
                    gateway,
                    refund.since(),
                    refund.id().toString(),
                    refund.id().number());
        }
    }

    private void addTimed(String kind, String gateway, Instant at, String text, int number) {
        rows.add(new IndexRow(kind, timed(gateway, at, text), number));
    }

    private void addCase(Case work) {
        add("case", work.isOpen() ? "open" : "closed", work.number());
    }

    private void add(String kind, String value, int number) {
        rows.add(new IndexRow(kind, value(value), number));
    }

    private static Set<String> gatewaysInUse(Checkout checkout) {
        Set<String> names = new TreeSet<>();
        // Money of an order that is not over may still have to go back to where it came from.
        boolean open =
                checkout.orders().stream().anyMatch(order -> !order.stage().isFinal());
        checkout.payments().stream()
                .filter(payment ->
                        payment.isWatched() || (open && !payment.receipts().isEmpty()))
                .forEach(payment -> names.add(payment.gateway()));
        checkout.refunds().stream()
                .filter(Refund::isOpen)
                .forEach(refund ->
                        names.add(checkout.payment(refund.payment().number()).gateway()));
        return names;
    }

    private static Set<String> suppliersInUse(Order order) {
        Set<String> names = new TreeSet<>(order.route().suppliers());
        order.dispatches().stream().filter(Dispatch::isOpen).forEach(dispatch -> names.add(dispatch.supplier()));
        return names;
    }

    private static Set<String> supplierOrders(Order order) {
        Set<String> numbers = new TreeSet<>();
        for (Dispatch dispatch : order.dispatches()) {
            if (dispatch.supplierOrder() != null) {
                numbers.add(dispatch.supplierOrder());
            }
        }
        return numbers;
    }

    static String value(String text, int most) {
        boolean plain =
                text.length() <= most && text.chars().noneMatch(Character::isISOControl) && !Scalars.hasHalfPair(text);
        return plain ? text : "sha256:" + HexFormat.of().formatHex(sha256(text));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
