package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.engine.BookGateway.Call;
import dev.kadao.engine.BookGateway.Fault;
import dev.kadao.engine.BookGateway.Trade;
import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Compensation;
import dev.kadao.order.Compensation.Kind;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Currency;
import dev.kadao.order.GatewayTerms;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.Terms.LatePayment;
import dev.kadao.port.Compensator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Payments, refunds by rule and by a person, refunds at the gateway's console and calls that go wrong, in any order: by
 * the books of a gateway that gives back whatever it is asked to, never more goes back of a trade than came.
 */
class RefundBoundProperties {
    private static final Money KEYS = cny(4_900);
    private static final Money TOP_UP = cny(1_234);
    private static final Money TOTAL = KEYS.plus(TOP_UP);
    private static final List<Money> AMOUNTS = List.of(TOTAL, TOTAL, cny(1), cny(6_133), cny(6_135), cny(20_000));
    private static final String[] ACTS = {"REFUND", "RELEASE", "RETRY", "REPLACE"};

    @Property(tries = 200)
    void never_more_goes_back_than_came_and_no_money_is_forgotten(
            @ForAll @Size(max = 25) List<@IntRange(min = 0, max = 99_999) Integer> choices,
            @ForAll boolean refundsRepeatably,
            @ForAll LatePayment late) {
        BookGateway gateway = new BookGateway(new GatewayTerms(true, true, refundsRepeatably, true));
        play(Rig.at(gateway, late), gateway, choices);
    }

    /** Late orders get a share of their price, or a credit where it is back: what is not in the books costs no money. */
    @Property(tries = 200)
    void never_more_goes_back_than_came_where_what_is_late_is_compensated(
            @ForAll @Size(max = 25) List<@IntRange(min = 0, max = 99_999) Integer> choices,
            @ForAll boolean refundsRepeatably,
            @ForAll @IntRange(min = 1, max = 999) int permille) {
        BookGateway gateway = new BookGateway(new GatewayTerms(true, true, refundsRepeatably, true));
        Set<String> granted = new HashSet<>();
        Rig rig = Rig.compensating(
                gateway,
                ScriptedSupplier.queryable(),
                grant -> {
                    granted.add(grant.reference());
                    return new Compensator.Answer.Granted();
                },
                new CompensationTerms(Duration.ZERO, cny(2), null, Kind.REFUND_SHARE, permille, null, null),
                new CompensationTerms(Duration.ZERO, cny(2), null, Kind.CREDIT, null, cny(1), null));
        play(rig, gateway, choices);
        Checkout checkout = rig.checkout("cart1");
        assertThat(granted.size()).isLessThanOrEqualTo(checkout.orders().size());
        for (Order order : checkout.orders()) {
            List<Compensation> ours = checkout.compensated().stream()
                    .filter(compensation -> compensation.line() == order.line())
                    .toList();
            assertThat(ours)
                    .hasSizeLessThanOrEqualTo(1)
                    .allSatisfy(compensation -> assertThat(
                                    order.amount().isMoreThan(Objects.requireNonNull(compensation.amount())))
                            .isTrue());
        }
    }

    private static void play(Rig rig, BookGateway gateway, List<Integer> choices) {
        rig.place("cart1", Rig.line("sku", KEYS, Route.keys()), Rig.line("phone", TOP_UP, Route.topUp("a")));
        List<String> story = new ArrayList<>();
        for (int choice : choices) {
            story.add(happens(rig, gateway, choice % 10, choice / 10));
            neverMoreWentBackThanCame(gateway, story);
        }
        gateway.heal();
        rig.pass(Duration.ofHours(6));
        neverMoreWentBackThanCame(gateway, story);
        assertThat(rig.engine.audit().violations()).as("after %s", story).isEmpty();
        noMoneyIsForgotten(rig, gateway, story);
    }

    private static String happens(Rig rig, BookGateway gateway, int what, int how) {
        switch (what) {
            case 0, 1, 2 -> {
                int payments = rig.checkout("cart1").payments().size();
                String trade = "t" + how % 5;
                Money amount = AMOUNTS.get(how / 5 % AMOUNTS.size());
                rig.receive(gateway.pay("cart1_p" + (how % payments + 1), trade, amount));
                return "paid " + trade + " " + gateway.trades.get(trade).amount;
            }
            case 3 -> {
                return takenBack(rig, gateway, how);
            }
            case 4, 5 -> {
                int line = how % 2 + 1;
                String act = ACTS[how / 2 % ACTS.length];
                return act + " of " + line + ": "
                        + rig.act("cart1", line, act).getClass().getSimpleName();
            }
            case 6 -> {
                Fault fault = Fault.values()[how % 3];
                Call call = how / 3 % 2 == 0 ? Call.REFUND : Call.QUERY_REFUND;
                gateway.fail(call, fault);
                return call + " " + fault;
            }
            case 7 -> {
                rig.inventory.importKeys("sku", List.of(Secret.of("key-" + how)));
                rig.engine.stockArrived("sku");
                rig.clockwork.settle();
                return "stock";
            }
            case 8 -> {
                rig.engine.openPayment(new CheckoutId("cart1"), "sandbox");
                rig.clockwork.settle();
                return "another payment";
            }
            default -> {
                Duration span = Duration.ofSeconds(1L << how % 11);
                rig.clockwork.advance(span);
                return span.toString();
            }
        }
    }

    /** The gateway's console gives back what the gateway still has of it, and its notice comes at once. */
    private static String takenBack(Rig rig, BookGateway gateway, int how) {
        List<Trade> left = gateway.trades.values().stream()
                .filter(trade -> trade.left() > 0)
                .toList();
        if (left.isEmpty()) {
            return "nothing to take back";
        }
        Trade trade = left.get(how % left.size());
        Money amount = how % 2 == 0 ? cny(trade.left()) : cny(1 + how % trade.left());
        rig.receive(gateway.moveBack(trade.number, amount));
        return "taken back " + trade.number + " " + amount;
    }

    private static void neverMoreWentBackThanCame(BookGateway gateway, List<String> story) {
        for (Trade trade : gateway.trades.values()) {
            assertThat(trade.left())
                    .as("left of %s, of which %s came, after %s", trade.number, trade.amount, story)
                    .isNotNegative();
        }
    }

    /** I1: what is kept pays for goods, is on its way, or a person has a case. */
    private static void noMoneyIsForgotten(Rig rig, BookGateway gateway, List<String> story) {
        Checkout checkout = rig.checkout("cart1");
        long kept = gateway.trades.values().stream().mapToLong(Trade::left).sum();
        long earned = checkout.orders().stream()
                .filter(order -> order.stage() == Stage.DELIVERED || order.stage() == Stage.COMPLETED)
                .mapToLong(order -> order.amount().minorUnits() - compensated(checkout, order))
                .sum();
        boolean aPersonKnows = checkout.cases().stream().anyMatch(Case::isOpen)
                || checkout.acts().keySet().stream().anyMatch(act -> act.startsWith("RELEASE"));
        boolean isAskedAbout = checkout.refunds().stream().anyMatch(Refund::isOpen);
        if (!aPersonKnows && !isAskedAbout) {
            assertThat(kept).as("kept after %s: %s", story, checkout.orders()).isEqualTo(earned);
        }
    }

    /** What of the price of an order went back as compensation. */
    private static long compensated(Checkout checkout, Order order) {
        return checkout.refunds().stream()
                .filter(refund -> refund.state() == Refund.State.DONE)
                .filter(refund -> {
                    Compensation compensation = checkout.compensationBy(refund);
                    return compensation != null && compensation.line() == order.line();
                })
                .mapToLong(refund -> refund.amount().minorUnits())
                .sum();
    }

    private static Money cny(long minorUnits) {
        return new Money(minorUnits, Currency.CNY);
    }
}
