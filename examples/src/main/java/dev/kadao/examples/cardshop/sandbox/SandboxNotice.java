package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.examples.cardshop.config.Amount;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.examples.cardshop.http.TextRule;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the sandbox gateway says about one payment. Trade number and amount are there whenever money moved.
 *
 * @param noticeId tells a repetition from a new notice
 * @param at when it happened at the gateway
 */
public record SandboxNotice(
        String noticeId,
        String payment,
        Optional<String> tradeNumber,
        Status status,
        Optional<Amount> amount,
        Optional<Instant> at) {

    /** What became of the payment. */
    public enum Status {
        PAID,
        PENDING,
        CLOSED,
        REFUNDED
    }

    private static final TextRule NAME = TextRule.printable(64);
    private static final TextRule STATUS = TextRule.oneOf(List.of("paid", "pending", "closed", "refunded"));

    /** Reads a notice whose signature is good. One that is malformed is a {@link Problem} with status 400. */
    public static SandboxNotice read(byte[] body) {
        Members members = StrictJson.read(body);
        String noticeId = members.text("noticeId", NAME);
        String payment = members.text("payment", NAME);
        Status status = Status.valueOf(members.text("status", STATUS).toUpperCase(Locale.ROOT));
        Optional<String> tradeNumber = members.optionalText("tradeNumber", NAME);
        Optional<Amount> amount = amount(members);
        boolean moneyMoved = status == Status.PAID || status == Status.REFUNDED;
        if (moneyMoved && tradeNumber.isEmpty()) {
            throw members.missing("tradeNumber", NAME.rule());
        }
        if (moneyMoved && amount.isEmpty()) {
            throw members.missing("amount", "a plain decimal such as \"49.00\"");
        }
        return new SandboxNotice(noticeId, payment, tradeNumber, status, amount, at(members));
    }

    /** What this notice says, in the words of the library. */
    PaymentWord word() {
        return switch (status) {
            case PENDING -> new PaymentWord.Pending();
            case CLOSED -> new PaymentWord.Closed();
            case PAID -> new PaymentWord.Paid(tradeNumber.orElseThrow(), money(amount.orElseThrow()));
            case REFUNDED -> new PaymentWord.MovedBack(tradeNumber.orElseThrow(), money(amount.orElseThrow()));
        };
    }

    /** The same of an answer to a question: a trade number and an amount only count where money moved. */
    static PaymentWord word(Members answer) {
        Status status = Status.valueOf(answer.text("status", STATUS).toUpperCase(Locale.ROOT));
        boolean moneyMoved = status == Status.PAID || status == Status.REFUNDED;
        Optional<String> tradeNumber = moneyMoved ? Optional.of(answer.text("tradeNumber", NAME)) : Optional.empty();
        Optional<Amount> amount = moneyMoved ? amount(answer) : Optional.empty();
        if (moneyMoved && amount.isEmpty()) {
            throw answer.missing("amount", "a plain decimal such as \"49.00\"");
        }
        return new SandboxNotice("", "", tradeNumber, status, amount, Optional.empty()).word();
    }

    // The decimals are the ones that the shop's prices have, or a price and its payment would never be the same.
    private static Money money(Amount amount) {
        return new Money(amount.minorUnits(), new Currency(amount.currency(), amount.decimals()));
    }

    private static Optional<Amount> amount(Members members) {
        Optional<String> currency = members.optionalText("currency", TextRule.any());
        Optional<String> amount = members.optionalText("amount", TextRule.any());
        if (amount.isEmpty()) {
            return Optional.empty();
        }
        if (currency.isEmpty()) {
            throw members.missing("currency", "a currency's code such as \"CNY\"");
        }
        try {
            return Optional.of(Amount.parse(currency.get(), amount.get()));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("'amount' or 'currency' cannot be read: " + e.getMessage() + ".");
        }
    }

    private static Optional<Instant> at(Members members) {
        Optional<String> text = members.optionalText("at", TextRule.any());
        try {
            return text.map(at -> OffsetDateTime.parse(at).toInstant());
        } catch (DateTimeException e) {
            throw members.refused("at", text.orElse(""), "a time such as \"2026-11-01T08:30:00Z\"");
        }
    }
}
