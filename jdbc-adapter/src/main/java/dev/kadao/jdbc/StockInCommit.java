package dev.kadao.jdbc;

import dev.kadao.port.KeyInventory.ReserveAnswer;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Serves the stock requests of a step inside its transaction. */
final class StockInCommit {
    private static final String WAITING = "waiting";
    private final KeyStock stock = new KeyStock();

    /** One answer per request, in their order; asked by SKU, so that two steps never wait for each other in a circle. */
    List<StockAnswer> answers(Session session, Step.WithStock step, Instant now) throws SQLException {
        List<StockRequest> requests = step.requests();
        List<StockAnswer> answers = new ArrayList<>(Collections.nCopies(
                requests.size(), (StockAnswer) new StockAnswer.NotTried("this request was not reached")));
        List<Integer> bySku = IntStream.range(0, requests.size())
                .boxed()
                .sorted(Comparator.comparing(i -> skuOf(requests.get(i))))
                .toList();
        for (int i : bySku) {
            answers.set(i, answer(session, step, requests.get(i), now));
        }
        return List.copyOf(answers);
    }

    /** What the step becomes where stock cannot be asked. */
    static Step.Plain notTried(Step.WithStock step, String reason) {
        List<StockAnswer> answers =
                Collections.nCopies(step.requests().size(), (StockAnswer) new StockAnswer.NotTried(reason));
        return new Step.Plain(
                step.stepId(),
                step.id(),
                step.expectedVersion(),
                step.claim(),
                step.notice(),
                step.continuation().apply(answers));
    }

    private static String skuOf(StockRequest request) {
        if (request instanceof StockRequest.Take take) {
            return take.sku();
        }
        return request instanceof StockRequest.Replace replace ? replace.sku() : "";
    }

    private StockAnswer answer(Session session, Step.WithStock step, StockRequest request, Instant now)
            throws SQLException {
        if (request instanceof StockRequest.Take take) {
            return take(session, step, take, now);
        }
        if (request instanceof StockRequest.Replace replace) {
            ReserveAnswer answer = stock.replace(
                    session, replace.order(), replace.sku(), replace.quantity(), replace.replacement(), now);
            return answered(session, replace.order(), answer);
        }
        StockRequest.Release release = (StockRequest.Release) request;
        return new StockAnswer.Returned(stock.release(session, release.order(), release.cause(), now));
    }

    /** Only who has nothing yet stands in the queue: a repetition gets what it has. */
    private StockAnswer take(Session session, Step.WithStock step, StockRequest.Take take, Instant now)
            throws SQLException {
        boolean isNew = stock.reservation(session, take.order()).isEmpty();
        if (isNew && othersWait(session, step, take)) {
            return new StockAnswer.OutOfStock();
        }
        return answered(
                session, take.order(), stock.takeAndHandOver(session, take.order(), take.sku(), take.quantity(), now));
    }

    /** The length tells a SKU with a space in it from a shorter one. */
    private static boolean othersWait(Session session, Step.WithStock step, StockRequest.Take take)
            throws SQLException {
        String until = take.sku() + " " + Micros.text(take.paidAt());
        return session.one(
                        Query.INDEX_OTHERS,
                        row -> true,
                        WAITING,
                        take.sku() + " ",
                        until,
                        until.length(),
                        step.id().value())
                .isPresent();
    }

    private StockAnswer answered(Session session, dev.kadao.order.OrderId order, ReserveAnswer answer)
            throws SQLException {
        if (answer instanceof ReserveAnswer.Reserved) {
            return new StockAnswer.Taken();
        }
        return answer instanceof ReserveAnswer.OutOfStock
                ? new StockAnswer.OutOfStock()
                : new StockAnswer.Returned(stock.releasedBefore(session, order));
    }
}
