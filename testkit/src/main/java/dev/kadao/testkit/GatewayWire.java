package dev.kadao.testkit;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the fake gateway's notices look like. */
final class GatewayWire {
    private final SignedText text;

    GatewayWire(SignedText text) {
        this.text = text;
    }

    InboundNotice write(String payment, PaymentWord word, Instant now) {
        Map<String, String> values = new HashMap<>();
        values.put("payment", payment);
        values.put("word", word.getClass().getSimpleName());
        if (word instanceof PaymentWord.Paid paid) {
            values.put("trade", paid.tradeNumber());
            putMoney(values, paid.amount());
        } else if (word instanceof PaymentWord.MovedBack moved) {
            values.put("trade", moved.tradeNumber());
            putMoney(values, moved.amount());
        } else if (word instanceof PaymentWord.Unknown unknown) {
            values.put("reason", unknown.reason());
        }
        return text.sign(values, now);
    }

    private static void putMoney(Map<String, String> values, Money money) {
        values.put("amount", Long.toString(money.minorUnits()));
        values.put("currency", money.currency().code());
        values.put("decimals", Integer.toString(money.currency().decimals()));
    }

    /** Empty if the notice is not signed with the key. */
    Optional<NoticeReading> read(InboundNotice notice, NoticeReply whenStored, NoticeReply whenNot) {
        return text.read(notice)
                .map(values -> new NoticeReading.Genuine(
                        values.getOrDefault("payment", ""), word(values), whenStored, whenNot));
    }

    private static PaymentWord word(Map<String, String> values) {
        return switch (values.getOrDefault("word", "")) {
            case "Paid" -> new PaymentWord.Paid(values.getOrDefault("trade", ""), money(values));
            case "MovedBack" -> new PaymentWord.MovedBack(values.getOrDefault("trade", ""), money(values));
            case "Pending" -> new PaymentWord.Pending();
            case "Closed" -> new PaymentWord.Closed();
            case "NotFound" -> new PaymentWord.NotFound();
            default -> new PaymentWord.Unknown(values.getOrDefault("reason", "no word"));
        };
    }

    private static Money money(Map<String, String> values) {
        Currency currency = new Currency(
                values.getOrDefault("currency", ""), Integer.parseInt(values.getOrDefault("decimals", "")));
        return new Money(Long.parseLong(values.getOrDefault("amount", "")), currency);
    }
}
