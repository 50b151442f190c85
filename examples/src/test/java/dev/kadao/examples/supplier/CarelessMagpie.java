package dev.kadao.examples.supplier;

import dev.kadao.examples.supplier.MistakesAreFoundTest.Mistake;
import dev.kadao.order.DispatchId;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NotifyingDispatcher;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The supplier's adapter with one mistake. */
final class CarelessMagpie implements QueryableDispatcher, NotifyingDispatcher {
    private final Mistake mistake;
    private final MagpieAccount account;
    private final MagpieTopUp right;
    private final Exchanger<Request> shared = new Exchanger<>();
    private volatile String seen = "";

    CarelessMagpie(Mistake mistake, MagpieAccount account, Duration callLimit) {
        this.mistake = mistake;
        this.account = account;
        this.right = new MagpieTopUp(account, callLimit);
    }

    @Override
    public SupplierTerms terms() {
        return right.terms();
    }

    @Override
    public Answer dispatch(Request request, Deadline deadline) {
        return switch (mistake) {
            case EACH_SEND_HAS_A_NUMBER_OF_ITS_OWN -> right.dispatch(renumbered(request), deadline);
            case DEADLINE_IS_IGNORED -> right.dispatch(request, Deadline.in(Duration.ofMinutes(1)));
            case CALLS_SHARE_STATE -> right.dispatch(overwritten(request), deadline);
            default -> afterSending(right.dispatch(request, deadline), request, deadline);
        };
    }

    private static Request renumbered(Request request) {
        DispatchId first = request.reference();
        DispatchId own = new DispatchId(first.order(), first.number() + request.send() - 1);
        return new Request(
                own, request.sku(), request.quantity(), request.recipient(), request.amount(), request.send());
    }

    /** What becomes of a request that is kept in a field while another thread keeps its own there. */
    private Request overwritten(Request request) {
        try {
            return shared.exchange(request, 1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return request;
        }
    }

    private Answer afterSending(Answer answer, Request request, Deadline deadline) {
        if (answer instanceof Answer.Unknown unknown) {
            return afterDoubt(unknown, request, deadline);
        }
        if (!(answer instanceof Answer.Delivered delivered)) {
            return answer;
        }
        return switch (mistake) {
            case RECEIPT_IS_BLANK -> new Answer.Delivered(new Proof.Receipt(" "), delivered.supplierOrder());
            case CARDS_ARE_LOST -> {
                Proof.SuppliedKeys cards = (Proof.SuppliedKeys) delivered.proof();
                yield new Answer.Delivered(
                        new Proof.SuppliedKeys(cards.keys().subList(0, 1)), delivered.supplierOrder());
            }
            case ADAPTER_PRINTS_KEYS -> {
                seen = ((Proof.SuppliedKeys) delivered.proof()).keys().get(0).expose();
                yield answer;
            }
            default -> answer;
        };
    }

    private Answer afterDoubt(Answer.Unknown unknown, Request request, Deadline deadline) {
        String why = unknown.reason();
        Answer no = new Answer.Declined(Scope.ORDER, why);
        return switch (mistake) {
            case TIME_OUT_IS_A_NO -> why.startsWith("no answer within") ? no : unknown;
            case SERVER_ERROR_IS_NOT_SENT -> why.startsWith("status 5") ? new Answer.NotSent(why) : unknown;
            case TURNED_AWAY_IS_NOT_SENT -> why.startsWith("status 4") ? new Answer.NotSent(why) : unknown;
            case REDIRECT_IS_TAKEN_ON -> why.startsWith("status 3") ? new Answer.Accepted(null, null) : unknown;
            case UNREADABLE_IS_A_NO -> why.startsWith("the answer cannot be read") ? no : unknown;
            case DUPLICATE_IS_A_NO -> why.contains("2001") ? no : unknown;
            case LOST_REPLY_IS_SENT_AGAIN -> right.dispatch(request, deadline);
            case REASON_QUOTES_THE_RECIPIENT -> new Answer.Unknown(why + " for " + request.recipient());
            default -> unknown;
        };
    }

    @Override
    public Answer query(DispatchId reference) {
        Answer answer = right.query(reference);
        String why = answer instanceof Answer.Unknown unknown ? unknown.reason() : "";
        if (mistake == Mistake.ERROR_PAGE_IS_NOT_FOUND && why.startsWith("status 5")) {
            return new Answer.NotFound();
        }
        if (mistake == Mistake.LOST_QUESTION_IS_NOT_SENT && why.equals("no connection")) {
            return new Answer.NotSent(why);
        }
        return mistake == Mistake.QUESTION_FINDS_ANOTHER_PROOF && answer instanceof Answer.Delivered delivered
                ? new Answer.Delivered(new Proof.Receipt("queried"), delivered.supplierOrder())
                : answer;
    }

    @Override
    public SupplierReading read(InboundNotice notice) {
        boolean unsigned = notice.header(MagpieSignature.HEADER).isEmpty();
        if (mistake == Mistake.NOTICES_ARE_NOT_VERIFIED
                || (mistake == Mistake.UNSIGNED_NOTICES_ARE_BELIEVED && unsigned)) {
            return right.read(signedByOurselves(notice));
        }
        SupplierReading reading = right.read(notice);
        return mistake == Mistake.NOTICE_HAS_NO_PROOF && reading instanceof SupplierReading.Genuine genuine
                ? new SupplierReading.Genuine(
                        genuine.reference(),
                        new Answer.Delivered(new Proof.Receipt(""), null),
                        genuine.whenStored(),
                        genuine.whenNot())
                : reading;
    }

    private InboundNotice signedByOurselves(InboundNotice notice) {
        String signature = MagpieSignature.of(account.noticeKey(), notice.body().toArray());
        Map<String, List<String>> headers = Map.of(MagpieSignature.HEADER, List.of(signature));
        return new InboundNotice(notice.method(), notice.query(), headers, notice.body(), notice.receivedAt());
    }

    @Override
    public String toString() {
        return right + " " + seen;
    }
}
