package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.examples.cardshop.config.Secret;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.examples.cardshop.http.TextRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a supplier says of its own accord about one dispatch.
 *
 * @param keys what a supplier of sourced keys sends
 * @param delivered of {@code partial}: how many
 * @param scope of {@code failed}: whether this order or the whole supplier
 */
public record SupplierNotice(
        String reference,
        State state,
        Optional<String> supplierOrder,
        Optional<String> proof,
        List<Secret> keys,
        Optional<Integer> delivered,
        Scope scope,
        Optional<String> reason) {

    public SupplierNotice {
        keys = List.copyOf(keys);
    }

    /** How far the supplier is. */
    public enum State {
        SUCCESS,
        PROCESSING,
        PARTIAL,
        FAILED
    }

    /** What a failure is about. */
    public enum Scope {
        ORDER,
        SUPPLIER
    }

    private static final TextRule NAME = TextRule.printable(64);
    private static final TextRule STATE = TextRule.oneOf(List.of("success", "processing", "partial", "failed"));
    private static final TextRule SCOPE = TextRule.oneOf(List.of("order", "supplier"));
    private static final TextRule TEXT =
            new TextRule("at most 2000 characters", text -> text.codePointCount(0, text.length()) <= 2000, false);
    private static final TextRule KEY =
            new TextRule("at most 512 characters", text -> text.codePointCount(0, text.length()) <= 512, true);

    /** Reads a notice whose signature is good; a malformed one is a problem with status 400. */
    public static SupplierNotice read(byte[] body) {
        Members members = StrictJson.read(body);
        return new SupplierNotice(
                members.text("reference", NAME),
                State.valueOf(members.text("state", STATE).toUpperCase(Locale.ROOT)),
                members.optionalText("supplierOrder", TEXT),
                members.optionalText("proof", TEXT.hidden()),
                members.secretTexts("keys", 1000, KEY).stream().map(Secret::new).toList(),
                members.optionalWhole("delivered", 0, 1000),
                Scope.valueOf(
                        members.optionalText("scope", SCOPE).orElse("order").toUpperCase(Locale.ROOT)),
                members.optionalText("reason", TEXT));
    }
}
