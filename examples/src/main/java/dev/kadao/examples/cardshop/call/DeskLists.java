package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.http.Paging;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Quoted;
import dev.kadao.examples.cardshop.http.Request;
import java.util.List;
import java.util.Optional;

/** The lists of the desk, as they are asked for. */
public final class DeskLists {
    private static final List<String> STAGES = List.of(
            "AWAITING_PAYMENT",
            "CLOSED",
            "ON_HOLD",
            "PAID",
            "RESERVED",
            "DISPATCHING",
            "UNCERTAIN",
            "DELIVERED",
            "DISPUTED",
            "REPLACING",
            "COMPLETED",
            "REFUNDING",
            "REFUNDED",
            "PARKED");
    private static final List<String> STATUSES =
            List.of("open", "settled", "late", "surplus", "short", "over", "other-currency", "closed", "orphan");

    private DeskLists() {}

    /** Orders, of one stage or all; overdue ones or all. */
    public record Orders(Optional<String> stage, boolean overdueOnly, Paging paging) {
        static Orders of(Request request) {
            return new Orders(
                    oneOf(request, "stage", STAGES), flag(request, "overdue", false), Paging.of(request, "orders"));
        }
    }

    /** Cases, open or closed ones. */
    public record Cases(boolean open, Paging paging) {
        static Cases of(Request request) {
            return new Cases(flag(request, "open", true), Paging.of(request, "cases"));
        }
    }

    /** Payments, of one status or all. */
    public record Payments(Optional<String> status, Paging paging) {
        static Payments of(Request request) {
            return new Payments(oneOf(request, "status", STATUSES), Paging.of(request, "payments"));
        }
    }

    private static Optional<String> oneOf(Request request, String name, List<String> allowed) {
        Optional<String> value = request.query(name).filter(text -> !text.isEmpty());
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw Problem.badRequest("'" + name + "' is " + Quoted.of(value.get()) + "; it must be one of "
                    + String.join(", ", allowed) + ".");
        }
        return value;
    }

    private static boolean flag(Request request, String name, boolean usual) {
        Optional<String> value = request.query(name).filter(text -> !text.isEmpty());
        if (value.isPresent() && !List.of("true", "false").contains(value.get())) {
            throw Problem.badRequest("'" + name + "' is " + Quoted.of(value.get()) + "; it must be true or false.");
        }
        return value.map("true"::equals).orElse(usual);
    }
}
