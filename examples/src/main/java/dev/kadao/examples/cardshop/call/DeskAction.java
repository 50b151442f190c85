package dev.kadao.examples.cardshop.call;

import dev.kadao.desk.DeskAct;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.TextRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person at the desk does with an order, as JSON says it. */
final class DeskAction {
    private static final TextRule NAME = TextRule.printable(128);
    private static final TextRule PROSE = TextRule.prose(2000);
    private static final TextRule ACTION =
            TextRule.oneOf(List.of("retry", "mark-delivered", "replace", "refund", "release", "reject"));

    private DeskAction() {}

    /** An act that has a call of its own. */
    static DeskAct read(DeskAct.Action action, Members body) {
        return read(action, body, null);
    }

    /** Whether it may be done with the order is for the library to say. */
    static DeskAct read(Members body) {
        DeskAct.Action action = DeskAct.Action.valueOf(
                body.text("action", ACTION).toUpperCase(Locale.ROOT).replace('-', '_'));
        String evidence = action == DeskAct.Action.MARK_DELIVERED
                ? body.text("evidence", PROSE)
                : body.optionalText("evidence", PROSE).orElse(null);
        return read(action, body, evidence);
    }

    private static DeskAct read(DeskAct.Action action, Members body, @Nullable String evidence) {
        return new DeskAct(
                body.text("id", NAME),
                action,
                body.whole("version", 0, Integer.MAX_VALUE),
                body.text("actor", NAME),
                body.text("reason", PROSE),
                evidence);
    }
}
