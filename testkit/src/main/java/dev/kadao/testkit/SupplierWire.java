package dev.kadao.testkit;

import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the fake supplier's notices look like. Receipts and keys in them hold neither tab nor line break. */
final class SupplierWire {
    private final SignedText text;

    SupplierWire(SignedText text) {
        this.text = text;
    }

    InboundNotice write(String reference, Answer answer, Instant now) {
        Map<String, String> values = new HashMap<>();
        values.put("reference", reference);
        values.put("answer", answer.getClass().getSimpleName());
        if (answer instanceof Answer.Delivered delivered) {
            put(values, "order", delivered.supplierOrder());
            putProof(values, delivered.proof());
        } else if (answer instanceof Answer.Partial partial) {
            values.put("delivered", Integer.toString(partial.delivered()));
            values.put("reason", partial.reason());
        } else if (answer instanceof Answer.Accepted accepted) {
            put(values, "order", accepted.supplierOrder());
            put(values, "after", accepted.askAgainAfter());
        } else if (answer instanceof Answer.Declined declined) {
            values.put("scope", declined.scope().name());
            values.put("reason", declined.reason());
        } else if (answer instanceof Answer.Unknown unknown) {
            values.put("reason", unknown.reason());
        }
        return text.sign(values, now);
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }

    private static void putProof(Map<String, String> values, Proof proof) {
        if (proof instanceof Proof.SuppliedKeys supplied) {
            values.put("keys", supplied.keys().stream().map(Secret::expose).collect(Collectors.joining("\t")));
        } else if (proof instanceof Proof.Receipt receipt) {
            values.put("receipt", receipt.text());
        }
    }

    /** Empty if the notice is not signed with the key. */
    Optional<SupplierReading> read(InboundNotice notice, NoticeReply whenStored, NoticeReply whenNot) {
        return text.read(notice)
                .map(values -> new SupplierReading.Genuine(
                        values.getOrDefault("reference", ""), answer(values), whenStored, whenNot));
    }

    private static Answer answer(Map<String, String> values) {
        String reason = values.getOrDefault("reason", "");
        return switch (values.getOrDefault("answer", "")) {
            case "Delivered" -> new Answer.Delivered(proof(values), values.get("order"));
            case "Partial" -> new Answer.Partial(Integer.parseInt(values.getOrDefault("delivered", "")), reason);
            case "Accepted" -> {
                String after = values.get("after");
                yield new Answer.Accepted(values.get("order"), after == null ? null : Duration.parse(after));
            }
            case "Declined" -> new Answer.Declined(Scope.valueOf(values.getOrDefault("scope", "")), reason);
            case "NotFound" -> new Answer.NotFound();
            default -> new Answer.Unknown(reason);
        };
    }

    private static Proof proof(Map<String, String> values) {
        String keys = values.get("keys");
        if (keys == null) {
            return new Proof.Receipt(values.getOrDefault("receipt", ""));
        }
        return new Proof.SuppliedKeys(
                Arrays.stream(keys.split("\t", -1)).map(Secret::of).toList());
    }
}
