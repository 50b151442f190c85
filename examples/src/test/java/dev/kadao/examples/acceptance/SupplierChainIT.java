package dev.kadao.examples.acceptance;

import static dev.kadao.examples.acceptance.Behaviour.Outcome.FAIL_ORDER;
import static dev.kadao.examples.acceptance.Behaviour.Outcome.FAIL_SUPPLIER;
import static dev.kadao.examples.acceptance.ShopConfig.Guarantee.QUERYABLE_FINAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A top-up with two suppliers: the second one is asked only after a definite no of the first. */
@Acceptance
class SupplierChainIT {
    private static final List<String> CHAINS = List.of("1", "2", "3", "4");

    @RegisterExtension
    static final ShopWorld WORLD = world();

    private final ShopClient shop = WORLD.client();
    private final String number = Cart.freshNumber();

    private static ShopWorld world() {
        ShopWorld world = ShopWorld.withKeys();
        for (String chain : CHAINS) {
            world.supplier("a" + chain, QUERYABLE_FINAL)
                    .supplier("b" + chain, QUERYABLE_FINAL)
                    .configured(config -> config.with("sku.chain-" + chain + ".price", "CNY " + ShopWorld.TOP_UP_PRICE)
                            .with("sku.chain-" + chain + ".kind", "top-up")
                            .with("sku.chain-" + chain + ".suppliers", "a" + chain + ",b" + chain));
        }
        return world;
    }

    private static FakeSupplier first(String chain) {
        return WORLD.line("a" + chain).supplier();
    }

    private static FakeSupplier second(String chain) {
        return WORLD.line("b" + chain).supplier();
    }

    private Placed buy(String chain) {
        Placed placed = WORLD.place(Cart.fresh().topUp("chain-" + chain, number));
        WORLD.pay(placed);
        return placed;
    }

    private void wasSuppliedOnceAndNothingGivenBack(String chain, Placed placed, FakeSupplier by) {
        WORLD.awaitStage(placed.order(), "DELIVERED");
        assertThat(by.executions(number)).isEqualTo(1);
        assertThat(first(chain).executions(number) + second(chain).executions(number))
                .isEqualTo(1);
        assertThat(WORLD.gateway().refunds(placed.payment())).isEmpty();
    }

    @Test
    void after_a_definite_no_the_next_one_supplies() {
        first("1").when(number, Behaviour.of(FAIL_ORDER));

        Placed placed = buy("1");

        wasSuppliedOnceAndNothingGivenBack("1", placed, second("1"));
        assertThat(first("1").references(number))
                .doesNotContainAnyElementsOf(second("1").references(number));
    }

    @Test
    void a_supplier_that_cannot_supply_anybody_is_passed_over() {
        first("2").when(number, Behaviour.of(FAIL_SUPPLIER));

        Placed placed = buy("2");

        wasSuppliedOnceAndNothingGivenBack("2", placed, second("2"));
    }

    @Test
    void while_it_is_unclear_what_the_first_one_did_nobody_else_is_asked() {
        first("3").when(number, Behaviour.doneBut(Behaviour.Transport.DROP));

        Placed placed = buy("3");

        wasSuppliedOnceAndNothingGivenBack("3", placed, first("3"));
        assertThat(second("3").requests(number)).isEmpty();
    }

    @Test
    void when_all_have_said_no_the_money_goes_back_once() {
        first("4").when(number, Behaviour.of(FAIL_ORDER));
        second("4").when(number, Behaviour.of(FAIL_ORDER));

        Placed placed = buy("4");

        WORLD.awaitStage(placed.order(), "REFUNDED");
        assertThat(WORLD.gateway().refunds(placed.payment()))
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount()).isEqualTo(ShopWorld.TOP_UP_PRICE));
        assertThat(first("4").executions(number) + second("4").executions(number))
                .isZero();
        new Desk(shop).assertAuditIsClean();
    }
}
