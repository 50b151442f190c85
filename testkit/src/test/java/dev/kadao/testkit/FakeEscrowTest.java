package dev.kadao.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.CheckoutId;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.port.Escrow;
import dev.kadao.port.Escrow.Answer;
import dev.kadao.port.Escrow.Held;
import dev.kadao.testkit.FakeEscrow.Place;
import org.junit.jupiter.api.Test;

class FakeEscrowTest extends EscrowContract {
    private final FakeEscrow escrow = new FakeEscrow();

    @Override
    protected Escrow openEscrow() {
        return escrow;
    }

    @Override
    protected long heldUnder(String reference) {
        return escrow.amountIn(Place.HELD, reference);
    }

    @Override
    protected long releasedUnder(String reference) {
        return escrow.amountIn(Place.RELEASED, reference);
    }

    @Test
    void a_lost_answer_is_unknown_and_the_money_has_moved() {
        Held money = new Held("cart42_1_h", new OrderId(new CheckoutId("cart42"), 1), new Money(4_900, Currency.CNY));
        escrow.loseNext(1);
        assertThat(escrow.hold(money)).isInstanceOf(Answer.Unknown.class);
        assertThat(heldUnder("cart42_1_h")).isEqualTo(4_900);
        assertThat(escrow.hold(money)).isInstanceOf(Answer.Done.class);
    }
}
