package dev.kadao.examples.cardshop.call;

import dev.kadao.desk.BulkAct;
import dev.kadao.desk.BulkFilter;
import dev.kadao.desk.DeskAct;
import dev.kadao.examples.cardshop.http.Members;
import dev.kadao.examples.cardshop.http.Paging;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.TextRule;
import dev.kadao.order.Case;
import dev.kadao.order.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person at the desk does with many orders, as JSON says it. Whoever leaves out {@code dryRun} gets a list alone, and
 * whoever misspells a part of the filter gets nothing: both would otherwise do more than was meant.
 *
 * @param act what to do, and with which orders
 * @param paging where the page begins, and how many orders it has
 */
public record DeskBulk(BulkAct act, Paging paging) {
    private static final TextRule ID =
            TextRule.pattern("[0-9A-Za-z_.:-]{1,64}", "1 to 64 letters of a-z and A-Z, digits or _ . : -");
    private static final TextRule ACTOR = TextRule.printable(128);
    private static final TextRule REASON = TextRule.prose(2000);
    private static final TextRule ACTION = TextRule.oneOf(
            List.of("retry", "refund", "release", "reject", "take", "give-back", "decline", "close-case"));
    private static final TextRule STAGE =
            TextRule.oneOf(Arrays.stream(Stage.values()).map(Enum::name).toList());
    private static final TextRule CASE =
            TextRule.oneOf(Arrays.stream(Case.Kind.values()).map(DeskBulk::word).toList());
    private static final TextRule NAME = TextRule.printable(64);
    private static final List<String> FILTER =
            List.of("stage", "sku", "supplier", "paidFrom", "paidBefore", "case", "taken");

    static DeskBulk read(Members body) {
        String action = body.text("action", ACTION);
        Paging paging = Paging.of(body, "bulk");
        BulkFilter filter = filter(
                body.optionalObject("filter").orElseThrow(() -> body.missing("filter", "an object with " + rule())));
        BulkAct act = new BulkAct(
                body.text("id", ID),
                DeskAct.Action.valueOf(action.toUpperCase(Locale.ROOT).replace('-', '_')),
                body.text("actor", ACTOR),
                body.text("reason", REASON),
                filter,
                body.optionalFlag("dryRun").orElse(true),
                paging.limit(),
                paging.after());
        if (act.action() == DeskAct.Action.CLOSE_CASE && filter.caseKind().isEmpty()) {
            throw Problem.badRequest("'filter.case' is missing; close-case needs to be told which kind to close.");
        }
        return new DeskBulk(act, paging);
    }

    private static BulkFilter filter(Members filter) {
        filter.only(FILTER);
        Optional<Instant> from = filter.optionalTime("paidFrom");
        Optional<Instant> before = filter.optionalTime("paidBefore");
        if (from.isPresent() && before.isPresent() && !from.get().isBefore(before.get())) {
            throw Problem.badRequest("'filter.paidFrom' is " + from.get() + " and 'filter.paidBefore' is "
                    + before.get() + "; the first must be before the second.");
        }
        BulkFilter read = new BulkFilter(
                filter.optionalText("stage", STAGE).map(Stage::valueOf),
                filter.optionalText("sku", NAME),
                filter.optionalText("supplier", NAME),
                from,
                before,
                filter.optionalText("case", CASE)
                        .map(word ->
                                Case.Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'))),
                filter.optionalFlag("taken"));
        if (read.equals(BulkFilter.all())) {
            throw Problem.badRequest("'filter' is empty, which is every order of the shop; give it " + rule() + ".");
        }
        return read;
    }

    private static String rule() {
        return "at least one of " + String.join(", ", FILTER);
    }

    private static String word(Case.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
