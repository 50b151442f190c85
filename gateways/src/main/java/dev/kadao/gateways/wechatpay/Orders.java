package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Currency;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Orders at the gateway: opened as Native orders (a QR code), asked about, closed. Thread-safe. */
final class Orders {
    private static final String NATIVE = "/v3/pay/transactions/native";
    private static final String BY_REFERENCE = "/v3/pay/transactions/out-trade-no/";

    /** China has one time and no summer time; the documents write all times with {@code +08:00}. */
    static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final int LONGEST_CODE_URL = 1_024;

    /**
     * Nothing was opened, and nothing will be until somebody changes the settings or places anew ("Native下单", 错误码).
     * Not among them: {@code OUT_TRADE_NO_USED}, {@code INVALID_REQUEST} and {@code ORDERPAID}, which an order opened
     * before may answer as well.
     */
    private static final Set<String> NOT_OPENED =
            Set.of("PARAM_ERROR", "APPID_MCHID_NOT_MATCH", "MCH_NOT_EXISTS", "NO_AUTH", "ORDER_CLOSED");

    /** The documents and the gateway write these with and without the underscore. */
    private static final Set<String> NO_SUCH_ORDER = Set.of("ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS");

    private static final Set<String> CLOSED = Set.of("ORDER_CLOSED", "ORDERCLOSED");
    private static final Set<String> PAID = Set.of("ORDERPAID", "ORDER_PAID");

    private final Api api;
    private final Account account;
    private final String description;
    private final String notifyUrl;
    private final Duration limit;

    Orders(Api api, Account account, String description, String notifyUrl, Duration limit) {
        this.api = api;
        this.account = account;
        this.description = description;
        this.notifyUrl = notifyUrl;
        this.limit = limit;
    }

    /** What is known of an order when asked. */
    sealed interface Asked {
        record Found(Trade trade) implements Asked {}

        record Missing() implements Asked {}

        record Unclear(String why) implements Asked {}
    }

    OpenAnswer open(OpenRequest request, Deadline deadline) {
        if (!request.amount().currency().equals(Currency.CNY)) {
            return new OpenAnswer.Refused("WeChat Pay takes CNY, and the amount is "
                    + request.amount().currency().code());
        }
        Api.Answer answer = api.post(NATIVE, members(request), deadline, TimeLeft.of(limit));
        if (answer instanceof Api.Answer.Said said) {
            return said.status() == 200 ? opened(said) : notOpened(said);
        }
        return new OpenAnswer.Unknown(((Api.Answer.Unclear) answer).why());
    }

    // Always the same for the same request: the gateway answers a repetition with the same order and refuses one that
    // has another time_expire or amount.
    private Map<String, Object> members(OpenRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("appid", account.appId());
        members.put("mchid", account.mchId());
        members.put("description", description);
        members.put("out_trade_no", request.payment().toString());
        members.put("time_expire", shown(request.deadline()));
        members.put("notify_url", notifyUrl);
        members.put(
                "amount",
                Map.of(
                        "total",
                        request.amount().minorUnits(),
                        "currency",
                        request.amount().currency().code()));
        return members;
    }

    private static String shown(Instant time) {
        return RFC_3339.format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(CHINA));
    }

    private static OpenAnswer opened(Api.Answer.Said said) {
        try {
            String url = Members.requiredText(said.json(), "code_url");
            if (url.isBlank() || url.length() > LONGEST_CODE_URL) {
                return new OpenAnswer.Unknown("status 200 without a usable 'code_url'");
            }
            return new OpenAnswer.Opened(PayWith.qrCode(url));
        } catch (UnreadableException e) {
            return new OpenAnswer.Unknown("status 200, unreadable: " + e.getMessage());
        }
    }

    private static OpenAnswer notOpened(Api.Answer.Said said) {
        return isRefusal(said.status()) && NOT_OPENED.contains(said.code())
                ? new OpenAnswer.Refused(said.shown())
                : new OpenAnswer.Unknown(said.shown());
    }

    static boolean isRefusal(int status) {
        return status >= 400 && status < 500;
    }

    PaymentWord query(PaymentId payment) {
        Asked asked = ask(payment, TimeLeft.of(limit));
        if (asked instanceof Asked.Found found) {
            return found.trade().word();
        }
        return asked instanceof Asked.Unclear unclear
                ? new PaymentWord.Unknown(unclear.why())
                : new PaymentWord.NotFound();
    }

    Asked ask(PaymentId payment, TimeLeft time) {
        Api.Answer answer = api.get(BY_REFERENCE + payment + "?mchid=" + account.mchId(), time);
        if (answer instanceof Api.Answer.Unclear unclear) {
            return new Asked.Unclear(unclear.why());
        }
        Api.Answer.Said said = (Api.Answer.Said) answer;
        if (said.status() != 200) {
            return said.status() == 404 && NO_SUCH_ORDER.contains(said.code())
                    ? new Asked.Missing()
                    : new Asked.Unclear(said.shown());
        }
        try {
            StrictJson json = said.json();
            Trade trade = Trade.read(json, account);
            return trade.payment().equals(payment.toString())
                    ? new Asked.Found(trade)
                    : new Asked.Unclear("status 200, about another payment");
        } catch (UnreadableException e) {
            return new Asked.Unclear("status 200, unreadable: " + e.getMessage());
        }
    }

    /**
     * Closes. That the gateway has no such order is not "closed": an order that is on its way to it may still come into
     * being. (In fact it is said to answer 204 for numbers that it never heard of, too; which does no harm, since
     * nobody can have a QR code for them.)
     */
    CloseAnswer close(PaymentId payment) {
        Deadline deadline = Deadline.in(limit);
        Api.Answer answer = api.post(
                BY_REFERENCE + payment + "/close", Map.of("mchid", account.mchId()), deadline, TimeLeft.of(limit));
        if (answer instanceof Api.Answer.Unclear unclear) {
            return new CloseAnswer.Unknown(unclear.why());
        }
        Api.Answer.Said said = (Api.Answer.Said) answer;
        if (said.status() == 204 || (isRefusal(said.status()) && CLOSED.contains(said.code()))) {
            return new CloseAnswer.Closed();
        }
        return isRefusal(said.status()) && PAID.contains(said.code())
                ? new CloseAnswer.AlreadyPaid()
                : new CloseAnswer.Unknown(said.shown());
    }
}
