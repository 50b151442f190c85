package dev.kadao.gateways.epay;

import dev.kadao.gateways.shared.Form;
import dev.kadao.order.Secret;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.wire.UnreadableException;
import java.util.List;
import java.util.Locale;

/**
 * Reads notices: parameters in the query string of a GET, or in the form of a POST, never in both. The service takes a
 * reply for success if it holds the word {@code success} anywhere, in whatever case, so that no other reply holds it.
 */
final class EpayNotice {
    static final NoticeReply STORED = NoticeReply.text(200, "success");
    static final NoticeReply NOT_STORED = NoticeReply.text(503, "fail");
    private static final NoticeReply NOT_BELIEVED = NoticeReply.text(401, "fail");
    private static final NoticeReply NOT_READ = NoticeReply.text(400, "fail");

    private EpayNotice() {}

    static NoticeReading read(InboundNotice notice, String pid, Secret key, EpayMoney money) {
        try {
            Form form = form(notice);
            if (!form.required("sign_type").equals("MD5")) {
                return new NoticeReading.Forged("the sign_type is not MD5", NOT_BELIEVED);
            }
            if (!EpaySign.isSigned(form.sorted(), key)) {
                return new NoticeReading.Forged("the signature does not match", NOT_BELIEVED);
            }
            if (!form.required("pid").equals(pid)) {
                return new NoticeReading.Forged("signed, but of another merchant", NOT_BELIEVED);
            }
            return genuine(form, money);
        } catch (UnreadableException e) {
            return new NoticeReading.Forged(String.valueOf(e.getMessage()), NOT_READ);
        }
    }

    private static Form form(InboundNotice notice) throws UnreadableException {
        List<String> types = notice.headers().getOrDefault("content-type", List.of());
        for (String type : types) {
            String folded = type.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
            if (folded.contains("charset=") && !folded.contains("charset=utf-8")) {
                throw new UnreadableException("the charset is not UTF-8");
            }
        }
        boolean inQuery = !notice.query().isEmpty();
        boolean inBody = notice.body().size() > 0;
        switch (notice.method()) {
            case "GET" -> {
                if (inBody) {
                    throw new UnreadableException("a GET has a body");
                }
                return Form.read(notice.query());
            }
            case "POST" -> {
                if (inQuery) {
                    throw new UnreadableException("a POST has parameters in its URL too");
                }
                return Form.read(notice.body().toArray());
            }
            default -> throw new UnreadableException("the method is neither GET nor POST");
        }
    }

    private static NoticeReading genuine(Form form, EpayMoney money) throws UnreadableException {
        // Plain characters alone, as services demand of references: an unescaped '&' in a value reads, to the
        // signature,
        // as the next parameter.
        String payment = plain(form, "out_trade_no", "[0-9A-Za-z_.|-]{1,64}");
        String status = plain(form, "trade_status", "[A-Z_]{1,32}");
        String trade = tradeNumber(form.required("trade_no"));
        PaymentWord.Paid paid = new PaymentWord.Paid(trade, money.read(form.required("money")));
        boolean isPaid = status.equals("TRADE_SUCCESS");
        return new NoticeReading.Genuine(payment, isPaid ? paid : new PaymentWord.Pending(), STORED, NOT_STORED);
    }

    private static String plain(Form form, String name, String pattern) throws UnreadableException {
        String value = form.required(name);
        if (!value.matches(pattern)) {
            throw new UnreadableException("parameter '" + name + "' is not in its form");
        }
        return value;
    }

    /** @throws UnreadableException if it is no number such as services give */
    static String tradeNumber(String text) throws UnreadableException {
        if (!text.matches("[0-9A-Za-z_.:-]{1,100}")) {
            throw new UnreadableException("the trade number is not 1 to 100 plain characters");
        }
        return text;
    }
}
