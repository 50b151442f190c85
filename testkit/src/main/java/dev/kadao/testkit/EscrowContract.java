package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.port.Escrow;
import dev.kadao.port.Escrow.Answer;
import dev.kadao.port.Escrow.Held;
import dev.kadao.testkit.rules.Together;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every escrow must do: each call once by reference however often it is made, and the latest of hold, release and claw
 * back wins over earlier ones that arrive late. Extend it with an adapter that speaks to a stand-in of the service on this
 * machine, and run it with JUnit 5.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class EscrowContract {
    private static final Money PRICE = new Money(4_900, Currency.CNY);
    private static final Held MONEY = new Held("cart42_1_h", new OrderId(new CheckoutId("cart42"), 1), PRICE);
    private static final Held OTHER = new Held("cart43_1_h", new OrderId(new CheckoutId("cart43"), 1), PRICE);
    private @Nullable Escrow opened;

    /** For subclasses; JUnit makes one instance for each test. */
    protected EscrowContract() {}

    /** A fresh escrow that holds nothing and agrees to everything it can do; asked once for each test. */
    protected abstract Escrow openEscrow();

    /** How much the stand-in keeps under a reference, in minor units. */
    protected abstract long heldUnder(String reference);

    /** How much of a reference the merchant has got from the stand-in and not given back, in minor units. */
    protected abstract long releasedUnder(String reference);

    @BeforeEach
    void open() {
        opened = openEscrow();
    }

    private Escrow escrow() {
        if (opened == null) {
            throw new IllegalStateException("openEscrow() answered null");
        }
        return opened;
    }

    private void isWhere(Held money, long held, long released) {
        assertThat(heldUnder(money.reference()))
                .as("held under %s", money.reference())
                .isEqualTo(held);
        assertThat(releasedUnder(money.reference()))
                .as("released of %s", money.reference())
                .isEqualTo(released);
    }

    private static void isDone(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
    }

    @Test
    void money_is_held_once_however_often_it_is_asked_for() {
        isDone(escrow().hold(MONEY));
        isDone(escrow().hold(MONEY));
        isWhere(MONEY, 4_900, 0);
        isWhere(OTHER, 0, 0);
    }

    @Test
    void what_is_held_is_released_once() {
        isDone(escrow().hold(MONEY));
        isDone(escrow().hold(OTHER));
        isDone(escrow().release(MONEY));
        isDone(escrow().release(MONEY));
        isWhere(MONEY, 0, 4_900);
        isWhere(OTHER, 4_900, 0);
    }

    @Test
    void what_is_held_is_clawed_back_once_and_the_merchant_never_has_it() {
        isDone(escrow().hold(MONEY));
        isDone(escrow().clawBack(MONEY));
        isDone(escrow().clawBack(MONEY));
        isWhere(MONEY, 0, 0);
    }

    @Test
    void what_was_released_is_claimed_back_or_definitely_not() {
        isDone(escrow().hold(MONEY));
        isDone(escrow().release(MONEY));
        Answer answer = escrow().clawBack(MONEY);
        assertThat(answer).isNotInstanceOf(Answer.Unknown.class);
        isWhere(MONEY, 0, answer instanceof Answer.Done ? 0 : 4_900);
    }

    @Test
    void a_claw_back_of_what_was_released_is_answered_the_same_when_it_is_repeated() {
        isDone(escrow().hold(MONEY));
        isDone(escrow().release(MONEY));
        Answer first = escrow().clawBack(MONEY);
        assertThat(escrow().clawBack(MONEY)).isInstanceOf(first.getClass());
        isWhere(MONEY, 0, first instanceof Answer.Done ? 0 : 4_900);
    }

    @Test
    void one_reference_from_many_sides_at_once_is_held_and_released_once() {
        assertThat(Together.run(16, number -> escrow().hold(MONEY))).noneMatch(Answer.Declined.class::isInstance);
        isDone(escrow().hold(MONEY));
        isWhere(MONEY, 4_900, 0);
        assertThat(Together.run(16, number -> escrow().release(MONEY))).noneMatch(Answer.Declined.class::isInstance);
        isDone(escrow().release(MONEY));
        isWhere(MONEY, 0, 4_900);
    }

    @Test
    void of_a_release_and_a_claw_back_at_once_the_claw_back_is_the_latest() {
        isDone(escrow().hold(MONEY));
        List<Answer> answers =
                Together.run(16, number -> number % 2 == 0 ? escrow().release(MONEY) : escrow().clawBack(MONEY));
        boolean back = IntStream.range(0, answers.size())
                .anyMatch(number -> number % 2 == 1 && answers.get(number) instanceof Answer.Done);
        isWhere(MONEY, 0, back ? 0 : 4_900);
    }

    @Test
    void a_hold_that_arrives_after_the_release_moves_nothing() {
        isDone(escrow().release(MONEY));
        escrow().hold(MONEY);
        isWhere(MONEY, 0, 0);
    }

    @Test
    void a_hold_or_release_that_arrives_after_the_claw_back_moves_nothing() {
        isDone(escrow().clawBack(MONEY));
        escrow().hold(MONEY);
        escrow().release(MONEY);
        isWhere(MONEY, 0, 0);
    }

    @Test
    void a_release_that_is_repeated_after_the_claw_back_gives_the_merchant_nothing() {
        isDone(escrow().hold(MONEY));
        isDone(escrow().clawBack(MONEY));
        escrow().release(MONEY);
        isWhere(MONEY, 0, 0);
    }
}
