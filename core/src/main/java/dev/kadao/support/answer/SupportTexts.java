package dev.kadao.support.answer;

import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.DisputeEvidence;
import dev.kadao.insight.Texts;
import dev.kadao.order.Checkout;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers in words, of one language and zone. */
public final class SupportTexts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    /** Sentences that contest goods: what is on record about them follows, and how to dispute. */
    private static final Set<String> CONTESTING =
            Set.of("key-invalid", "top-up-missing", "wrong-account", "change-recipient");

    /** Of somebody who may have paid the diagnosis would ask to pay. */
    private static final Set<String> MAY_HAVE_PAID = Set.of("unpaid", "unpaid-asking", "unpaid-unknown");

    private final Texts texts;
    private final Locale locale;
    private final ZoneId zone;

    /** @param texts of diagnoses and of support */
    public SupportTexts(Texts texts, Locale locale, ZoneId zone) {
        this.texts = texts;
        this.locale = locale;
        this.zone = zone;
    }

    /**
     * The whole answer about an order.
     *
     * @param evidence about it
     * @param did what was done, without the handing over
     */
    public String answer(
            Ruling ruling,
            Checkout checkout,
            Diagnosis diagnosis,
            DisputeEvidence evidence,
            List<String> did,
            boolean handedOver) {
        Order order = checkout.order(evidence.order().line());
        List<String> parts = new ArrayList<>();
        parts.add(
                MAY_HAVE_PAID.contains(ruling.sentence())
                        ? texts.stage(diagnosis.stage(), locale) + sentence("full-stop")
                        : texts.sentence(diagnosis, locale, zone));
        if (!ruling.sentence().isEmpty()) {
            parts.add(filled(ruling.sentence(), facts(checkout, order, evidence)));
        }
        if (CONTESTING.contains(ruling.sentence())) {
            firstAnswer(evidence).ifPresent(parts::add);
            parts.add(disputing(order, evidence));
        }
        did.forEach(done -> parts.add(sentence("did." + done)));
        if (handedOver) {
            parts.add(sentence("handed-over"));
        }
        return joined(parts);
    }

    /** What anybody may know of an order, and what is missing for more. */
    public String anybodys(Diagnosis diagnosis, @Nullable String need) {
        List<String> parts = new ArrayList<>();
        parts.add(texts.sentence(diagnosis, locale, zone));
        if (need != null) {
            parts.add(sentence(need));
        }
        return joined(parts);
    }

    /** What is on record about goods that a buyer contests; empty if they were not handed over. */
    public Optional<String> firstAnswer(DisputeEvidence evidence) {
        Instant deliveredAt = evidence.deliveredAt();
        if (deliveredAt == null) {
            return Optional.empty();
        }
        Instant seen = evidence.firstShownAt();
        String key = evidence.givesKeys() ? (seen == null ? "keys-unseen" : "keys-seen") : "top-up";
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("delivered", time(deliveredAt));
        facts.put("times", String.valueOf(evidence.shown()));
        if (seen != null) {
            facts.put("seen", time(seen));
        }
        List<String> parts = new ArrayList<>();
        parts.add(filled("evidence." + (evidence.byHand() ? "by-hand" : key), facts));
        Instant confirmed = evidence.recipientConfirmedAt();
        if (!evidence.givesKeys() && confirmed != null) {
            parts.add(filled("evidence.recipient-confirmed", Map.of("confirmed", time(confirmed))));
        }
        return Optional.of(joined(parts));
    }

    /** Asks which of these orders is meant, each with its stage: no personal data. */
    public String which(Map<OrderId, Stage> orders) {
        String list = orders.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + texts.stage(entry.getValue(), locale) + ")")
                .collect(Collectors.joining(isChinese() ? "、" : ", "));
        return filled("need.which", Map.of("orders", list));
    }

    /** The sentence of a key. */
    public String sentence(String key) {
        return texts.message("support." + key, locale);
    }

    private String disputing(Order order, DisputeEvidence evidence) {
        Instant end = evidence.windowEnd();
        return order.stage() == Stage.DELIVERED && end != null
                ? filled("dispute-until", Map.of("window", time(end)))
                : sentence("dispute-late");
    }

    private Map<String, String> facts(Checkout checkout, Order order, DisputeEvidence evidence) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("refunded", time(order.since()));
        Money surplus = Surplus.of(checkout).amount();
        if (surplus != null) {
            facts.put("amount", surplus.toDecimal() + " " + surplus.currency().code());
        }
        Refund share = Ruling.compensating(checkout, order);
        if (share != null) {
            facts.put(
                    "compensation",
                    share.amount().toDecimal() + " " + share.amount().currency().code());
        }
        Instant seen = evidence.firstShownAt();
        if (seen != null) {
            facts.put("seen", time(seen));
        }
        return facts;
    }

    private String filled(String key, Map<String, String> facts) {
        String text = sentence(key);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            text = text.replace("{" + fact.getKey() + "}", fact.getValue());
        }
        return text.contains("{") ? sentence(key + ".bare") : text;
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private String joined(List<String> parts) {
        return parts.stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(texts.message("between", locale)));
    }

    private boolean isChinese() {
        return locale.getLanguage().equals("zh");
    }
}
