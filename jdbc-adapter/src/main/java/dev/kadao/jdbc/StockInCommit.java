package dev.kadao.jdbc;

import dev.kadao.order.OrderId;
import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Serves the stock requests of steps inside their transaction: all new takes at once, longest-paid first, then what came
 * from suppliers, then the rest.
 */
final class StockInCommit {
    private static final String WAITING = "waiting";
    private final KeyStock stock = new KeyStock();
    private final UnpaidStock unpaid = new UnpaidStock(stock);
    private final SuppliedKeys supplied;

    /** @param seals what keys are sealed with that a supplier sold */
    StockInCommit(SupplySeals seals) {
        this.supplied = new SuppliedKeys(stock, seals);
    }

    /** What the steps of one transaction ask, and what they are answered. */
    private static final class Ask {
        final Step.WithStock step;
        final StockRequest request;
        StockAnswer answer = new StockAnswer.NotTried("this request was not reached");

        Ask(Step.WithStock step, StockRequest request) {
            this.step = step;
            this.request = request;
        }
    }

    /**
     * For each step one answer per request, in their order.
     *
     * @param changes takes what is still to be written for them
     */
    List<List<StockAnswer>> answers(Session session, List<Step.WithStock> steps, Changes changes, Instant now)
            throws SQLException {
        List<List<Ask>> asked = new ArrayList<>();
        steps.forEach(step -> asked.add(
                step.requests().stream().map(request -> new Ask(step, request)).toList()));
        List<Ask> all = asked.stream().flatMap(List::stream).toList();
        Map<String, KeyStock.Reservation> known = stock.reservations(
                session,
                all.stream().map(ask -> orderOf(ask.request)).distinct().toList());
        List<Ask> takes = new ArrayList<>();
        List<Ask> others = new ArrayList<>();
        List<Ask> supplies = new ArrayList<>();
        for (Ask ask : all) {
            if (SuppliedKeys.serves(ask.request)) {
                supplies.add(ask);
                continue;
            }
            boolean isNew = ask.request instanceof StockRequest.Take
                    && !known.containsKey(orderOf(ask.request).toString());
            (isNew ? takes : others).add(ask);
        }
        UnpaidStock.guard(
                session,
                others.stream()
                        .filter(ask -> ask.request instanceof StockRequest.ReserveUnpaid)
                        .map(ask -> skuOf(ask.request))
                        .toList());
        Changes sales = others.isEmpty() ? changes : new Changes();
        take(session, takes, sales, now);
        // What came for an order is there before anything of it is taken back or replaced.
        supply(session, supplies, known, now);
        if (!others.isEmpty()) {
            // These take keys by themselves, and must not see as free what was just given out.
            session.write(sales);
        }
        // By SKU, so that two transactions rarely wait for each other in a circle.
        others.sort(Comparator.comparing(ask -> skuOf(ask.request)));
        for (Ask ask : others) {
            ask.answer = ask.request instanceof StockRequest.ReserveUnpaid wish
                    ? reserveUnpaid(session, ask, wish, now)
                    : answer(session, ask.request, now);
        }
        List<List<StockAnswer>> answers = asked.stream()
                .map(asks -> asks.stream().map(ask -> ask.answer).toList())
                .toList();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).missing(answers.get(i)).isPresent()) {
                takeBack(session, steps.get(i), now);
            }
        }
        return answers;
    }

    /** What is not to be written keeps nothing; only a placing is, so that all that it asked for was reserved here. */
    private void takeBack(Session session, Step.WithStock step, Instant now) throws SQLException {
        for (StockRequest request : step.requests()) {
            if (request instanceof StockRequest.ReserveUnpaid wish) {
                unpaid.letGo(session, wish.order(), now);
            }
        }
    }

    private void supply(Session session, List<Ask> asks, Map<String, KeyStock.Reservation> known, Instant now)
            throws SQLException {
        if (asks.isEmpty()) {
            return;
        }
        List<StockAnswer> answers = supplied.answers(
                session,
                asks.stream()
                        .map(ask -> new SuppliedKeys.Asked(ask.step.stepId(), ask.request))
                        .toList(),
                known,
                now);
        for (int i = 0; i < asks.size(); i++) {
            asks.get(i).answer = answers.get(i);
        }
    }

    /** What the stock answers where it cannot be asked. */
    static List<StockAnswer> notTried(Step.WithStock step, String reason) {
        return Collections.nCopies(step.requests().size(), (StockAnswer) new StockAnswer.NotTried(reason));
    }

    /** What the step becomes with answers that are known before. */
    static Step.Plain answered(Step.WithStock step, List<StockAnswer> answers) {
        return new Step.Plain(
                step.stepId(),
                step.id(),
                step.expectedVersion(),
                step.claim(),
                step.notice(),
                step.continuation().apply(answers));
    }

    /** Only who has nothing yet stands in the queue: a repetition gets what it has. */
    private void take(Session session, List<Ask> asks, Changes changes, Instant now) throws SQLException {
        if (asks.isEmpty()) {
            return;
        }
        asks.sort(Comparator.comparing(ask -> ((StockRequest.Take) ask.request).paidAt()));
        Map<OrderId, Ask> byOrder = new HashMap<>();
        asks.forEach(ask -> byOrder.put(orderOf(ask.request), ask));
        Set<OrderId> served = stock.serve(
                session,
                asks.stream()
                        .map(ask -> (StockRequest.Take) ask.request)
                        .map(take -> new KeyStock.Want(take.order(), take.sku(), take.quantity()))
                        .toList(),
                want -> !othersWait(session, Objects.requireNonNull(byOrder.get(want.order()))),
                changes,
                now);
        for (Ask ask : asks) {
            ask.answer = served.contains(orderOf(ask.request)) ? new StockAnswer.Taken() : new StockAnswer.OutOfStock();
        }
    }

    private StockAnswer answer(Session session, StockRequest request, Instant now) throws SQLException {
        if (request instanceof StockRequest.Take take) {
            return answered(
                    session,
                    take.order(),
                    stock.takeAndHandOver(session, take.order(), take.sku(), take.quantity(), now));
        }
        if (request instanceof StockRequest.Replace replace) {
            ReserveAnswer answer = stock.replace(
                    session, replace.order(), replace.sku(), replace.quantity(), replace.replacement(), now);
            return answered(session, replace.order(), answer);
        }
        if (request instanceof StockRequest.LetGo letGo) {
            unpaid.letGo(session, letGo.order(), now);
            return new StockAnswer.Gone();
        }
        StockRequest.Release release = (StockRequest.Release) request;
        return new StockAnswer.Returned(stock.release(session, release.order(), release.cause(), now));
    }

    /** Who has paid and waits comes before who has not paid. */
    private StockAnswer reserveUnpaid(Session session, Ask ask, StockRequest.ReserveUnpaid wish, Instant now)
            throws SQLException {
        return new StockAnswer.ForUnpaid(unpaid.reserve(
                session,
                wish.order(),
                wish.sku(),
                wish.quantity(),
                wish.cap(),
                () -> !othersWait(session, ask, wish.sku(), now),
                now));
    }

    private static boolean othersWait(Session session, Ask ask) throws SQLException {
        StockRequest.Take take = (StockRequest.Take) ask.request;
        return othersWait(session, ask, take.sku(), take.paidAt());
    }

    /** The length tells a SKU with a space in it from a shorter one. */
    private static boolean othersWait(Session session, Ask ask, String sku, Instant before) throws SQLException {
        String until = sku + " " + Micros.text(before);
        return session.one(
                        Query.INDEX_OTHERS,
                        row -> true,
                        WAITING,
                        sku + " ",
                        until,
                        until.length(),
                        ask.step.id().value())
                .isPresent();
    }

    private StockAnswer answered(Session session, OrderId order, ReserveAnswer answer) throws SQLException {
        if (answer instanceof ReserveAnswer.Reserved) {
            return new StockAnswer.Taken();
        }
        return answer instanceof ReserveAnswer.OutOfStock
                ? new StockAnswer.OutOfStock()
                : new StockAnswer.Returned(stock.releasedBefore(session, order));
    }

    private static String skuOf(StockRequest request) {
        if (request instanceof StockRequest.Take take) {
            return take.sku();
        }
        if (request instanceof StockRequest.ReserveUnpaid wish) {
            return wish.sku();
        }
        return request instanceof StockRequest.Replace replace ? replace.sku() : "";
    }

    private static OrderId orderOf(StockRequest request) {
        if (request instanceof StockRequest.Take take) {
            return take.order();
        }
        if (request instanceof StockRequest.Replace replace) {
            return replace.order();
        }
        if (request instanceof StockRequest.ReserveUnpaid wish) {
            return wish.order();
        }
        if (request instanceof StockRequest.LetGo letGo) {
            return letGo.order();
        }
        return request instanceof StockRequest.Release release ? release.order() : SuppliedKeys.orderOf(request);
    }
}
