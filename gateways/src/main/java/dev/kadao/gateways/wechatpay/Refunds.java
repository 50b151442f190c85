package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refunds ("申请退款" and "查询单笔退款", pay.weixin.qq.com). A request must tell the order's total, which is asked for
 * first; all exchanges of a call share its limit. The same {@code out_refund_no} moves money once, however often it is
 * sent (同一退款单号多次请求只退一笔).
 *
 * <p>What counts as what:
 *
 * <ul>
 *   <li>{@code SUCCESS} is done, {@code PROCESSING} pending.
 *   <li>{@code ABNORMAL} is pending too: the money has left the merchant and waits at the gateway, since the buyer's card
 *       no longer takes it. A person sends it on in the merchant platform (交易中心), and then it succeeds under the same
 *       number; a "declined" would have it paid a second time.
 *   <li>{@code CLOSED} is declined: the merchant's balance was too small for seven days, and this number is used up.
 *   <li>The errors {@code USER_ACCOUNT_ABNORMAL}, {@code INVALID_REQUEST} and {@code NO_AUTH} are documented as "the
 *       application failed" (此状态代表退款申请失败). They decline if the gateway, asked at once, has no refund under this
 *       number: an earlier send may have done what a repetition is now refused.
 *   <li>{@code NOT_ENOUGH} is unknown although documented alike: once the balance is filled up the same number succeeds,
 *       and "do not change the number" is the document's advice.
 *   <li>All other errors are unknown, as {@code FREQUENCY_LIMITED} and {@code SYSTEM_ERROR} (try again).
 * </ul>
 *
 * <p>Thread-safe.
 */
final class Refunds {
    private static final String REFUNDS = "/v3/refund/domestic/refunds";
    private static final Set<String> FAILED = Set.of("USER_ACCOUNT_ABNORMAL", "INVALID_REQUEST", "NO_AUTH");

    private final Api api;
    private final Orders orders;
    private final Duration limit;

    Refunds(Api api, Orders orders, Duration limit) {
        this.api = api;
        this.orders = orders;
        this.limit = limit;
    }

    RefundAnswer refund(RefundRequest request, Deadline deadline) {
        if (deadline.isExpired()) {
            return new RefundAnswer.Unknown("not sent: the send deadline had passed");
        }
        TimeLeft time = TimeLeft.of(limit);
        Orders.Asked asked = orders.ask(request.payment(), time);
        if (!(asked instanceof Orders.Asked.Found found)) {
            String why = asked instanceof Orders.Asked.Unclear unclear
                    ? "the order's total could not be asked for: " + unclear.why()
                    : "the gateway has no such order";
            return new RefundAnswer.Unknown("not sent: " + why);
        }
        Optional<RefundAnswer> flaw = flawOf(found.trade(), request);
        return flaw.isPresent()
                ? flaw.get()
                : sent(request, found.trade().total().orElseThrow(), deadline, time);
    }

    private static Optional<RefundAnswer> flawOf(Trade trade, RefundRequest request) {
        if (!trade.isPaid()) {
            return Optional.of(new RefundAnswer.Unknown("not sent: the gateway says the order is not paid"));
        }
        if (!trade.number().equals(Optional.of(request.tradeNumber()))) {
            return Optional.of(new RefundAnswer.Unknown("not sent: the order was paid by another trade number"));
        }
        String paidIn = trade.total().orElseThrow().currency().code();
        String backIn = request.amount().currency().code();
        return paidIn.equals(backIn)
                ? Optional.empty()
                : Optional.of(new RefundAnswer.Declined("the order was paid in " + paidIn + ", not in " + backIn));
    }

    private RefundAnswer sent(RefundRequest request, Money total, Deadline deadline, TimeLeft time) {
        Map<String, Object> amount = new LinkedHashMap<>();
        amount.put("refund", request.amount().minorUnits());
        amount.put("total", total.minorUnits());
        amount.put("currency", total.currency().code());
        Map<String, Object> members = new LinkedHashMap<>();
        // One of out_trade_no and transaction_id (二选一). That this order was paid by the right trade was just seen.
        members.put("out_trade_no", request.payment().toString());
        members.put("out_refund_no", request.refund().toString());
        members.put("amount", amount);
        Api.Answer answer = api.post(REFUNDS, members, deadline, time);
        if (answer instanceof Api.Answer.Unclear unclear) {
            return new RefundAnswer.Unknown(unclear.why());
        }
        Api.Answer.Said said = (Api.Answer.Said) answer;
        if (said.status() == 200) {
            return status(said, request.refund(), request.payment(), Optional.of(request));
        }
        return Orders.isRefusal(said.status()) && FAILED.contains(said.code())
                ? declinedIfUnknown(request, said, time)
                : new RefundAnswer.Unknown(said.shown());
    }

    private RefundAnswer declinedIfUnknown(RefundRequest request, Api.Answer.Said refusal, TimeLeft time) {
        RefundAnswer known = ask(request.refund(), request.payment(), Optional.of(request), time);
        if (known instanceof RefundAnswer.NotFound) {
            return new RefundAnswer.Declined("the gateway refused it: " + refusal.shown());
        }
        return known instanceof RefundAnswer.Unknown
                ? new RefundAnswer.Unknown(refusal.shown() + ", and it is unclear whether it was done before")
                : known;
    }

    RefundAnswer query(RefundId refund, PaymentId payment) {
        return ask(refund, payment, Optional.empty(), TimeLeft.of(limit));
    }

    private RefundAnswer ask(RefundId refund, PaymentId payment, Optional<RefundRequest> sent, TimeLeft time) {
        Api.Answer answer = api.get(REFUNDS + "/" + refund, time);
        if (answer instanceof Api.Answer.Unclear unclear) {
            return new RefundAnswer.Unknown(unclear.why());
        }
        Api.Answer.Said said = (Api.Answer.Said) answer;
        if (said.status() == 200) {
            return status(said, refund, payment, sent);
        }
        // MCH_NOT_EXISTS is a 404, too.
        return said.status() == 404 && said.code().equals("RESOURCE_NOT_EXISTS")
                ? new RefundAnswer.NotFound()
                : new RefundAnswer.Unknown(said.shown());
    }

    private static RefundAnswer status(
            Api.Answer.Said said, RefundId refund, PaymentId payment, Optional<RefundRequest> sent) {
        try {
            StrictJson json = said.json();
            String order = json.text("out_trade_no").orElse(payment.toString());
            if (!Members.requiredText(json, "out_refund_no").equals(refund.toString())
                    || !order.equals(payment.toString())) {
                return new RefundAnswer.Unknown("status 200, about another refund");
            }
            if (sent.isPresent() && !isOf(json, sent.get())) {
                return new RefundAnswer.Unknown("status 200, with another amount or trade number than was asked for");
            }
            return word(Members.requiredText(json, "status"));
        } catch (UnreadableException e) {
            return new RefundAnswer.Unknown("status 200, unreadable: " + e.getMessage());
        }
    }

    /** Whether trade number and amount are the ones that were asked for, as far as the answer tells them. */
    private static boolean isOf(StrictJson json, RefundRequest request) throws UnreadableException {
        Optional<StrictJson> amounts = json.object("amount");
        Optional<Money> amount = amounts.isEmpty() ? Optional.empty() : Members.money(amounts.get(), "refund");
        return amount.orElse(request.amount()).equals(request.amount())
                && json.text("transaction_id").orElse(request.tradeNumber()).equals(request.tradeNumber());
    }

    private static RefundAnswer word(String status) {
        return switch (status) {
            case "SUCCESS" -> new RefundAnswer.Refunded();
            case "PROCESSING", "ABNORMAL" -> new RefundAnswer.Pending();
            case "CLOSED" ->
                new RefundAnswer.Declined("closed by the gateway: the merchant's balance was too small for days");
            default -> new RefundAnswer.Unknown("status 200, in a state that is not documented");
        };
    }
}
