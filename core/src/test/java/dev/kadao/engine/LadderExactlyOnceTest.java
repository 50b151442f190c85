package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.codec.JournalEntry;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Ladder.Rung;
import dev.kadao.order.Message;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rung of the promise is reached exactly once for each beginning of it: with three engines on one store, engines
 * killed or closed and started anew in between, and the store's clock jumping by ten minutes ahead and back.
 */
class LadderExactlyOnceTest {
    private static final List<String> HANGING = List.of(
            "idempotent-silent",
            "idempotent-slow",
            "queryable-silent",
            "queryable-slow",
            "once-slow",
            "refused",
            "empty",
            "keys-missing");
    private static final List<String> ENDING = List.of("done-in-35", "done-in-70", "done-in-150", "keys-there");
    /** What was open at the end is settled after it, and brings nothing. */
    private static final List<String> SETTLING = List.of("empty-in-150", "gone-in-150");

    private static final List<Rung> UP_TO_A_PERSON = List.of(Rung.LATE, Rung.REDISPATCH, Rung.ESCALATE);

    private final List<String> faults = new ArrayList<>();
    private LadderWorld world;

    @ParameterizedTest
    @CsvSource({"1, 200, false", "2, 200, false", "3, 100, true"})
    void each_rung_is_reached_once_whatever_is_restarted_and_wherever_the_clock_jumps(
            long seed, int checkouts, boolean stockElsewhere) {
        world = new LadderWorld(seed, stockElsewhere);
        Map<String, List<String>> sold = sellAndTrouble(checkouts, stockElsewhere);
        if (!stockElsewhere) {
            replaceSome(sold);
        }
        troubled(60);
        for (int minutes = 0; minutes < 240; minutes += 5) {
            world.pass(Duration.ofMinutes(5));
        }

        sold.forEach((id, kinds) -> {
            for (int line = 1; line <= kinds.size(); line++) {
                look(id, line, kinds.get(line - 1));
            }
        });
        assertThat(faults).isEmpty();
        assertThat(world.kills).isPositive().isLessThan(world.restarts);
        assertThat(Math.min(world.jumpsAhead, world.jumpsBack)).isGreaterThan(5);
    }

    private Map<String, List<String>> sellAndTrouble(int checkouts, boolean stockElsewhere) {
        Map<String, List<String>> sold = new HashMap<>();
        List<String> all = new ArrayList<>(HANGING);
        all.addAll(ENDING);
        all.addAll(SETTLING);
        if (stockElsewhere) {
            all.remove("keys-there");
            all.add("keys-locked");
        }
        for (int i = 0; i < checkouts; i++) {
            List<String> kinds = new ArrayList<>();
            int lines = world.random.nextInt(4) == 0 ? 2 : 1;
            for (int line = 0; line < lines; line++) {
                kinds.add(all.get(world.random.nextInt(all.size())));
            }
            String id = "cart" + i;
            world.sell(id, kinds);
            sold.put(id, kinds);
            if (i % 5 == 0) {
                troubled(1);
            }
        }
        return sold;
    }

    /** Time goes by, engines come and go, and the clock jumps. */
    private void troubled(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            int what = world.random.nextInt(8);
            if (what < 3) {
                world.restart();
            } else if (what < 5) {
                world.jump();
            }
            world.pass(Duration.ofSeconds(20 + world.random.nextInt(160)));
        }
    }

    /** Some delivered keys turn out to be invalid, and there are no others: a promise of their own begins. */
    private void replaceSome(Map<String, List<String>> sold) {
        sold.forEach((id, kinds) -> {
            if (kinds.get(0).equals("keys-there") && world.random.nextBoolean()) {
                world.replace(id);
            }
        });
    }

    private void look(String id, int line, String kind) {
        Checkout checkout = world.checkout(id);
        Order order = checkout.order(line);
        String which = order.id() + " (" + kind + ", " + order.stage() + ")";
        List<Entry.RungReached> reached = world.entries(id, Entry.RungReached.class).stream()
                .filter(rung -> rung.line() == line)
                .toList();
        Set<Entry.RungReached> once = new HashSet<>(reached);
        if (once.size() < reached.size()) {
            faults.add(which + ": a rung was reached twice: " + reached);
        }
        reached.stream().collect(Collectors.groupingBy(Entry.RungReached::from)).forEach((from, ofOne) -> {
            notTooEarly(which, from, ofOne, world.journal(id));
        });
        boolean replaced = order.stage() == Stage.REPLACING;
        if (HANGING.contains(kind) || kind.equals("keys-locked") || replaced) {
            hanging(which, checkout, order, reached);
        }
        if (SETTLING.contains(kind)) {
            settling(which, order, reached, world.journal(id));
        }
        messages(which, id, checkout, order, reached);
        cases(which, checkout, order, reached);
        money(which, checkout, order);
    }

    /** By the store's clock no rung comes before its time: by the true time, at most by as much as that jumped ahead. */
    private void notTooEarly(String which, Instant from, List<Entry.RungReached> reached, List<JournalEntry> journal) {
        for (Entry.RungReached rung : reached) {
            JournalEntry row = journal.stream()
                    .filter(step -> step.entries().contains(rung))
                    .findFirst()
                    .orElseThrow();
            Duration waited = Duration.between(from, row.at());
            if (waited.compareTo(waitFor(rung.rung())) < 0) {
                faults.add(which + ": " + rung.rung() + " was reached after " + waited);
            }
        }
    }

    private static Duration waitFor(Rung rung) {
        return switch (rung) {
            case LATE -> LadderWorld.LATE;
            case REDISPATCH -> LadderWorld.REDISPATCH;
            case ESCALATE -> LadderWorld.ESCALATE;
            case END, END_WAITS -> LadderWorld.END;
        };
    }

    /** What is never delivered has the whole ladder behind it. */
    private void hanging(String which, Checkout checkout, Order order, List<Entry.RungReached> reached) {
        List<Rung> rungs = reached.stream()
                .filter(rung -> rung.from().equals(order.paidAt()))
                .map(Entry.RungReached::rung)
                .toList();
        boolean ended = rungs.contains(Rung.END) != rungs.contains(Rung.END_WAITS);
        if (!rungs.containsAll(UP_TO_A_PERSON) || !ended || rungs.contains(Rung.END) != isRefunded(order)) {
            faults.add(which + ": of its rungs only " + rungs + " were reached");
        }
        boolean refunded = isRefunded(order);
        boolean unsent = order.dispatches().stream()
                .allMatch(past -> past.state() == Dispatch.State.UNAVAILABLE || past.state() == Dispatch.State.STOPPED);
        if (refunded != (unsent && order.stage() != Stage.REPLACING)) {
            faults.add(which + ": wrongly ended, with " + order.dispatches());
        }
        long open = casesOf(checkout, order).filter(Case::isOpen).count();
        if (open != (refunded ? 0 : 1)) {
            faults.add(which + ": " + open + " cases are open");
        }
    }

    private static boolean isRefunded(Order order) {
        return order.stage() == Stage.REFUNDED;
    }

    /** A person is told at the end, which is carried out in the very step that settles what was open, and never before. */
    private void settling(String which, Order order, List<Entry.RungReached> reached, List<JournalEntry> journal) {
        List<Rung> rungs = reached.stream()
                .map(Entry.RungReached::rung)
                .skip(UP_TO_A_PERSON.size())
                .toList();
        if (!rungs.equals(List.of(Rung.END_WAITS, Rung.END)) || !isRefunded(order)) {
            faults.add(which + ": of its rungs after " + UP_TO_A_PERSON + " " + rungs + " were reached");
            return;
        }
        List<Entry> step = journal.stream()
                .map(JournalEntry::entries)
                .filter(entries -> entries.contains(reached.get(reached.size() - 1)))
                .findFirst()
                .orElseThrow();
        if (step.stream().noneMatch(entry -> isSettled(entry, order.line()))) {
            faults.add(which + ": ended apart from what settled it, by " + step);
        }
    }

    private static boolean isSettled(Entry entry, int line) {
        return (entry instanceof Entry.DispatchDeclined declined && declined.line() == line)
                || (entry instanceof Entry.DispatchStopped stopped && stopped.line() == line);
    }

    private static java.util.stream.Stream<Case> casesOf(Checkout checkout, Order order) {
        return checkout.cases().stream()
                .filter(known -> known.subject().equals(order.id().toString()))
                .filter(known -> known.kind() == Case.Kind.LATE || known.kind() == Case.Kind.STUCK);
    }

    /** One message for each time that LATE was reached, under one reference. */
    private void messages(String which, String id, Checkout checkout, Order order, List<Entry.RungReached> reached) {
        long late = reached.stream().filter(rung -> rung.rung() == Rung.LATE).count();
        long queued = checkout.messages().stream()
                .filter(known -> known.line() == order.line() && known.kind() == Message.Kind.LATE)
                .count();
        List<LadderWorld.Told> told = world.told.values().stream()
                .filter(one -> one.order().equals(order.id().toString()) && one.kind() == Message.Kind.LATE)
                .toList();
        if (queued != late || told.size() > late) {
            faults.add(which + ": late " + late + " times, " + queued + " messages, told " + told);
        }
        long paid = checkout.messages().stream()
                .filter(known -> known.line() == order.line() && known.kind() == Message.Kind.PAID)
                .count();
        if (paid > 1) {
            faults.add(which + ": told " + paid + " times that it is paid");
        }
        if (late == 1 && told.size() == 1 && !world.isReplaced(id)) {
            Duration trueWait = told.get(0).elapsed().minus(world.paid.get(id));
            Duration least = LadderWorld.LATE.minus(
                    world.mostAhead(world.paid.get(id), told.get(0).elapsed()));
            if (trueWait.compareTo(least) < 0) {
                faults.add(which + ": told that it is late after " + trueWait + ", the clock allows for " + least);
            }
        }
    }

    private void cases(String which, Checkout checkout, Order order, List<Entry.RungReached> reached) {
        long told =
                reached.stream().filter(rung -> rung.rung() == Rung.ESCALATE).count();
        long opened = casesOf(checkout, order).count();
        if (opened != told) {
            faults.add(which + ": escalated " + told + " times, " + opened + " cases");
        }
    }

    /** Money goes back once, and never beside goods that may still come. */
    private void money(String which, Checkout checkout, Order order) {
        List<Refund> refunds = checkout.refunds().stream()
                .filter(refund -> refund.line() != null && refund.line() == order.line())
                .toList();
        long sent = world.gateway.refunds.stream()
                .filter(request ->
                        refunds.stream().anyMatch(refund -> refund.id().equals(request.refund())))
                .count();
        boolean refunded = order.stage() == Stage.REFUNDED;
        if (refunds.size() != (refunded ? 1 : 0) || sent != refunds.size()) {
            faults.add(which + ": " + refunds + ", sent " + sent);
        }
    }
}
