package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.desk.PaymentItem;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.Payment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A payment as JSON: to the buyer who is to pay, and to the desk. */
final class PaymentView {
    private PaymentView() {}

    static ObjectNode opened(Payment payment) {
        ObjectNode json = StrictJson.object();
        json.put("id", payment.id().toString());
        json.put("gateway", payment.gateway());
        json.put("amount", payment.amount().toDecimal());
        json.put("currency", payment.amount().currency().code());
        json.put("deadline", payment.deadline().toString());
        json.set("payWith", payWith(payment.payWith()));
        return json;
    }

    private static @Nullable ObjectNode payWith(@Nullable PayWith payWith) {
        if (payWith == null) {
            return null;
        }
        ObjectNode json = StrictJson.object();
        json.put("kind", payWith.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        payWith.values().forEach(json::put);
        return json;
    }

    /**
     * As the desk lists it. Money in another currency than the payment's stands there with a member of its own that
     * names the currency; an orphan has the currency that came.
     */
    static ObjectNode listed(PaymentItem item) {
        String currency = item.amount() == null
                ? item.received().stream()
                        .findFirst()
                        .map(money -> money.currency().code())
                        .orElse(null)
                : item.amount().currency().code();
        ObjectNode json = StrictJson.object();
        json.put("id", item.orphan() == null ? item.id() : item.orphan().reference());
        json.put("checkout", item.checkout());
        json.put("gateway", item.gateway());
        json.put("status", item.status().word());
        json.put("amount", item.amount() == null ? null : item.amount().toDecimal());
        json.put("currency", currency);
        sum(json, "received", item.received(), item.amount(), currency);
        sum(json, "refunded", item.refunded(), item.amount(), currency);
        json.put("tradeNumber", item.tradeNumber());
        return json;
    }

    private static void sum(
            ObjectNode json, String name, List<Money> sums, @Nullable Money amount, @Nullable String currency) {
        Money shown = sums.stream()
                .filter(money -> money.currency().code().equals(currency))
                .findFirst()
                .orElse(sums.isEmpty() ? null : sums.get(0));
        if (shown == null) {
            json.put(
                    name,
                    amount == null ? "0.00" : Money.zero(amount.currency()).toDecimal());
            return;
        }
        json.put(name, shown.toDecimal());
        if (!shown.currency().code().equals(currency)) {
            json.put(name + "Currency", shown.currency().code());
        }
    }
}
