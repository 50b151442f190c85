package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Compensation;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.port.Compensator;
import dev.kadao.port.Compensator.Answer;
import dev.kadao.port.Compensator.Grant;
import dev.kadao.testkit.rules.Together;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every compensator must do: grant once by reference, however often and from wherever it is asked. Extend it with your
 * own on its own tables, and run it with JUnit 5.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class CompensatorContract {
    private @Nullable Compensator opened;

    /** For subclasses; JUnit makes one instance for each test. */
    protected CompensatorContract() {}

    /** A fresh compensator that has granted nothing and can grant; asked once for each test. */
    protected abstract Compensator openCompensator();

    /** How many credits and coupons were granted in all. */
    protected abstract int granted();

    /** What is to be granted; change it where yours needs a known account or kind of coupon. */
    protected Grant credit(String reference) {
        return new Grant(
                reference,
                new OrderId(new CheckoutId("cart42"), 1),
                Compensation.Kind.CREDIT,
                new Money(500, Currency.CNY),
                null,
                Optional.of("account-1"),
                Optional.of("13800000000"));
    }

    @BeforeEach
    void open() {
        opened = openCompensator();
    }

    private Answer granted(String reference) {
        if (opened == null) {
            throw new IllegalStateException("openCompensator() answered null");
        }
        return opened.grant(credit(reference));
    }

    @Test
    void a_repeated_reference_is_answered_granted_and_grants_nothing_more() {
        assertThat(granted("cart42_c1")).isInstanceOf(Answer.Granted.class);
        assertThat(granted("cart42_c1")).isInstanceOf(Answer.Granted.class);
        assertThat(granted()).isEqualTo(1);
    }

    @Test
    void another_reference_is_another_grant() {
        assertThat(granted("cart42_c1")).isInstanceOf(Answer.Granted.class);
        assertThat(granted("cart42_c2")).isInstanceOf(Answer.Granted.class);
        assertThat(granted()).isEqualTo(2);
    }

    @Test
    void one_reference_from_many_sides_at_once_is_granted_once() {
        List<Answer> answers = Together.run(16, number -> granted("cart42_c1"));
        assertThat(answers).anyMatch(Answer.Granted.class::isInstance).noneMatch(Answer.Declined.class::isInstance);
        assertThat(granted()).isEqualTo(1);
    }
}
