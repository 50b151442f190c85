package dev.kadao.lifecycle;

import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How entries and effects read in a cell of the golden tables. */
final class Words {
    private Words() {}

    static String stages(Checkout checkout) {
        return checkout.orders().stream().map(Order::stage).map(Enum::name).collect(Collectors.joining(" + "));
    }

    static String entries(List<Entry> entries) {
        return entries.isEmpty()
                ? "(schedule only)"
                : entries.stream().map(Words::entry).collect(Collectors.joining("<br>"));
    }

    private static String entry(Entry entry) {
        String name = entry.getClass().getSimpleName();
        String detail = detail(entry);
        return detail.isEmpty() ? name : name + " (" + detail + ")";
    }

    private static String detail(Entry entry) {
        if (entry instanceof Entry.MoneyReceived received) {
            return Situation.lower(received.verdict()) + " " + money(received.amount());
        } else if (entry instanceof Entry.MoneyJudgedAnew judged) {
            return Situation.lower(judged.verdict());
        } else if (entry instanceof Entry.MoneyMovedBack moved) {
            return money(moved.amount());
        } else if (entry instanceof Entry.RefundWished wished) {
            return money(wished.amount()) + ", " + wished.cause();
        } else if (entry instanceof Entry.EscrowMoved moved) {
            return Situation.lower(moved.state());
        } else if (entry instanceof Entry.CompensationDecided decided) {
            String kind = Situation.lower(decided.kind());
            return decided.amount() == null ? kind : kind + " " + money(decided.amount());
        } else if (entry instanceof Entry.RefundCancelled cancelled) {
            return cancelled.reason();
        } else if (entry instanceof Entry.OrderPaid paid) {
            return paid.late() ? "late" : "";
        }
        return goodsDetail(entry);
    }

    private static String goodsDetail(Entry entry) {
        if (entry instanceof Entry.DispatchStarted started) {
            return "dispatch " + started.dispatch() + " at " + started.supplier() + ", send "
                    + started.started().send();
        } else if (entry instanceof Entry.DispatchStopped stopped) {
            return stopped.reason();
        } else if (entry instanceof Entry.DispatchDeclined declined) {
            return declined.supplierWide() ? "supplier" : "order";
        } else if (entry instanceof Entry.OrderParked parked) {
            return parked.cause();
        } else if (entry instanceof Entry.OrderRefunding refunding) {
            return refunding.cause();
        } else if (entry instanceof Entry.CaseOpened opened) {
            return Situation.lower(opened.kind());
        } else if (entry instanceof Entry.MessageQueued queued) {
            return Situation.lower(queued.kind());
        } else if (entry instanceof Entry.RungReached reached) {
            return Situation.lower(reached.rung());
        } else if (entry instanceof Entry.ComplaintMade made) {
            return String.join(", ", made.did());
        } else if (entry instanceof Entry.QuestionAsked asked) {
            return Situation.lower(asked.intent()) + (asked.settled() ? ", settled" : "");
        }
        return entry instanceof Entry.OrderCompleted completed && completed.byBuyer() ? "by the buyer" : "";
    }

    private static String money(Money money) {
        return money.currency().code() + " " + java.math.BigDecimal.valueOf(money.minorUnits(), 2);
    }

    /** What is waited for after a step and was not, or not for that time, before it. */
    static String effects(Checkout before, Checkout after, Instant now) {
        Set<Due.Wait> known = new HashSet<>(Due.waits(before, now));
        List<String> words = new ArrayList<>();
        for (Due.Wait wait : Due.waits(after, now)) {
            if (!known.contains(wait)) {
                String what = wait.effect() == null
                        ? "TimeCame"
                        : wait.effect().getClass().getSimpleName();
                words.add(what + when(now, wait.at()));
            }
        }
        return words.isEmpty() ? "-" : String.join("<br>", words);
    }

    static String when(Instant now, Instant at) {
        if (at.equals(Instant.MAX)) {
            return " never";
        }
        Duration in = Duration.between(now, at);
        return in.isNegative() || in.isZero()
                ? " now"
                : " in " + in.toString().substring(1).replace("T", "").toLowerCase(java.util.Locale.ROOT);
    }
}
