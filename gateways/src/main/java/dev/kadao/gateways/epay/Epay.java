package dev.kadao.gateways.epay;

import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.port.Deadline;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.wire.Exchange;
import dev.kadao.wire.OneTimeBody;
import dev.kadao.wire.UnreadableException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Payments in yuan at a service that speaks epay (易支付, version 1), as hundreds of small ones do, most of them on the
 * program 彩虹易支付. Thread-safe, keeps no state between calls but pooled connections, and needs no closing.
 *
 * <p><b>Know what you accept.</b> Notices are signed with MD5 over text that is not escaped, carry no time, and can thus be
 * neither dated nor told from one another beyond doubt; MD5 collisions are made at will. Answers are not signed at all, and
 * each query carries the key in its URL, where servers and proxies log it. So a notice alone never counts
 * ({@link GatewayTerms#noticeIsEnough()} is false): Kadao asks the service about the payment, over https, and believes that
 * answer. {@link EpayBuilder#acceptingMd5()} says that you know; prefer Alipay or WeChat Pay themselves where you can.
 *
 * <p>The protocol has no close, no deadline for payments, no reference for refunds and no question about them: payments are
 * asked about until somebody gives up, a lost reply to a refund stays unknown until a person has looked at the service's
 * console, and no refund is ever sent twice. Of refusals to refund only those are taken for definite that 彩虹易支付 makes
 * before it does anything (codes -2 to -5); its code -1 may stand for a lost reply of the channel behind it.
 *
 * <p>Sources: the services' documents (for example kancloud.cn/aisg/asdfg, pay.ecqq.cc), and the program's
 * {@code api.php}, {@code mapi.php}, {@code includes/lib/Order.php} and {@code includes/functions.php} as published on
 * GitHub (v03413/Epay and others). Where these differ it is said beside the code.
 */
public final class Epay implements PaymentGateway {
    private static final GatewayTerms TERMS = new GatewayTerms(false, true, false, false);

    private final String endpoint;
    private final EpayBuilder.Account account;
    private final EpayMoney money;
    private final Exchange exchange;

    Epay(String endpoint, EpayBuilder.Account account, EpayMoney money, Exchange exchange) {
        this.endpoint = endpoint;
        this.account = account;
        this.money = money;
        this.exchange = exchange;
    }

    /** Starts describing an account at a service. */
    public static EpayBuilder builder() {
        return new EpayBuilder();
    }

    @Override
    public Traits traits() {
        return new Traits(TERMS, false);
    }

    @Override
    public OpenAnswer open(OpenRequest request, Deadline deadline) {
        if (!request.amount().currency().equals(Currency.CNY)) {
            return new OpenAnswer.Refused("epay takes yuan alone, not " + request.amount());
        }
        Map<String, String> form = new LinkedHashMap<>();
        String payment = request.payment().toString();
        form.put("pid", account.pid());
        form.put("type", account.type());
        form.put("out_trade_no", payment);
        form.put("notify_url", account.notifyUrl());
        account.returnUrl().ifPresent(url -> form.put("return_url", url.replace("{payment}", payment)));
        form.put("name", account.name());
        form.put("money", request.amount().toDecimal());
        form.put("clientip", account.clientIp());
        form.put("sign", EpaySign.of(form, account.key()));
        form.put("sign_type", "MD5");
        Exchange.Outcome outcome = post("/mapi.php", form, deadline);
        try {
            return opened(answer("mapi.php", outcome));
        } catch (UnreadableException e) {
            return new OpenAnswer.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** The service answers one of three: a page, the text of a QR code, or a link into an app. */
    private static OpenAnswer opened(EpayAnswer answer) throws UnreadableException {
        if (answer.code() != 1) {
            // Amounts out of bounds and a full quota have the same code, -1.
            return new OpenAnswer.Unknown("mapi.php: code " + answer.code());
        }
        Optional<String> page = shown(answer.text("payurl"));
        Optional<String> code = shown(answer.text("qrcode"));
        Optional<String> link = shown(answer.text("urlscheme"));
        if (page.isPresent()) {
            return new OpenAnswer.Opened(PayWith.redirect(page.get()));
        }
        if (code.isPresent()) {
            return new OpenAnswer.Opened(PayWith.qrCode(code.get()));
        }
        return link.isPresent()
                ? new OpenAnswer.Opened(PayWith.redirect(link.get()))
                : new OpenAnswer.Unknown("mapi.php: code 1 without payurl, qrcode and urlscheme to pay with");
    }

    // Shown to buyers as a link or a QR code: an address of one line, and no script.
    private static Optional<String> shown(Optional<String> text) {
        return text.filter(link -> link.length() <= 4_000 && link.matches("[!-~]+"))
                .filter(link -> !link.matches("(?i)(javascript|data|vbscript|file|blob):.*"));
    }

    @Override
    public NoticeReading read(InboundNotice notice) {
        return EpayNotice.read(notice, account.pid(), account.key(), money);
    }

    @Override
    public PaymentWord query(PaymentId payment) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("act", "order");
        query.put("pid", account.pid());
        query.put("key", account.key().expose());
        query.put("out_trade_no", payment.toString());
        HttpRequest get = request("/api.php?" + encoded(query)).GET().build();
        try {
            return word(answer("api.php?act=order", exchange.run(get)), payment);
        } catch (UnreadableException e) {
            return new PaymentWord.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private PaymentWord word(EpayAnswer answer, PaymentId payment) throws UnreadableException {
        if (answer.code() == -1) {
            // 订单号不存在. Never final, which suits a code that other services may use for more.
            return new PaymentWord.NotFound();
        }
        if (answer.code() != 1) {
            return new PaymentWord.Unknown("api.php?act=order: code " + answer.code());
        }
        Optional<String> pid = answer.name("pid");
        boolean ours = answer.name("out_trade_no").equals(Optional.of(payment.toString()))
                && (pid.isEmpty() || pid.get().equals(account.pid()));
        if (!ours) {
            return new PaymentWord.Unknown("api.php?act=order: the answer is about another order");
        }
        int status = answer.number("status").orElseThrow(() -> new UnreadableException("member 'status' is missing"));
        if (status != 1) {
            // 0 unpaid; 2 given back and 3 frozen at 彩虹易支付, which say nothing that goods could be given for.
            return new PaymentWord.Pending();
        }
        String trade =
                answer.name("trade_no").orElseThrow(() -> new UnreadableException("member 'trade_no' is missing"));
        String amount = answer.text("money").orElseThrow(() -> new UnreadableException("member 'money' is missing"));
        return new PaymentWord.Paid(EpayNotice.tradeNumber(trade), money.read(amount));
    }

    /** Epay has no close. */
    @Override
    public CloseAnswer close(PaymentId payment) {
        return new CloseAnswer.Unknown("epay has no close");
    }

    @Override
    public RefundAnswer refund(RefundRequest request, Deadline deadline) {
        if (!request.amount().currency().equals(Currency.CNY)) {
            return new RefundAnswer.Declined("epay gives back yuan alone, not " + request.amount());
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("pid", account.pid());
        form.put("key", account.key().expose());
        form.put("trade_no", request.tradeNumber());
        form.put("out_trade_no", request.payment().toString());
        form.put("money", request.amount().toDecimal());
        Exchange.Outcome outcome = post("/api.php?act=refund", form, deadline);
        try {
            return refunded(answer("api.php?act=refund", outcome), request);
        } catch (UnreadableException e) {
            return new RefundAnswer.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** The documents say that code 1 is success; 彩虹易支付 answers 0 and repeats the amount. */
    private static RefundAnswer refunded(EpayAnswer answer, RefundRequest request) throws UnreadableException {
        int code = answer.code();
        boolean sameAmount = code == 0
                && answer.text("money").equals(Optional.of(request.amount().toDecimal()));
        if (code == 1 || sameAmount) {
            return new RefundAnswer.Refunded();
        }
        return code >= -5 && code <= -2
                ? new RefundAnswer.Declined("the service refuses refunds by its API: code " + code)
                : new RefundAnswer.Unknown("api.php?act=refund: code " + code);
    }

    /** Epay has no question about refunds. */
    @Override
    public RefundAnswer queryRefund(RefundId refund, PaymentId payment) {
        return new RefundAnswer.Unknown("epay cannot be asked about refunds: look at the service's console");
    }

    private Exchange.Outcome post(String path, Map<String, String> form, Deadline deadline) {
        if (deadline.isExpired()) {
            return new Exchange.Outcome.Failed("the send deadline had passed before connecting");
        }
        OneTimeBody body = new OneTimeBody(encoded(form).getBytes(StandardCharsets.UTF_8), deadline);
        return exchange.run(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(body)
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path)).header("Accept", "application/json");
    }

    /** @param what names the request without its parameters, the key among them */
    private static EpayAnswer answer(String what, Exchange.Outcome outcome) throws UnreadableException {
        if (outcome instanceof Exchange.Outcome.Failed failed) {
            throw new UnreadableException(what + ": " + failed.why());
        }
        Exchange.Outcome.Answered answered = (Exchange.Outcome.Answered) outcome;
        if (answered.status() != 200) {
            throw new UnreadableException(what + ": status " + answered.status());
        }
        try {
            return EpayAnswer.read(answered.body());
        } catch (UnreadableException e) {
            throw new UnreadableException(what + ": " + e.getMessage());
        }
    }

    private static String encoded(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Epay(" + endpoint + ")";
    }
}
