package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.Route;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders are found by whatever number somebody has in hand. */
class OrderSearchTest {
    private final ScriptedSupplier supplier = ScriptedSupplier.queryable();
    private final Rig rig = Rig.with(supplier);

    private List<String> found(String number) {
        return rig.engine.reads().ordersOf(number).stream()
                .map(OrderId::toString)
                .toList();
    }

    private void delivers(String supplierOrder) {
        supplier.onSend.add(() -> new Answer.Delivered(new Proof.Receipt("receipt"), supplierOrder));
    }

    private void buyTopUp(String id, String trade) {
        rig.placeTopUp(id);
        rig.pay(id + "_p1", trade);
    }

    @Test
    void an_order_is_found_by_each_of_our_numbers() {
        rig.place("cart7", Rig.line("sku", Rig.PRICE, Route.topUp("a")), Rig.line("sku", Rig.PRICE, Route.topUp("a")));

        assertThat(found("cart7.2")).containsExactly("cart7.2");
        assertThat(found("cart7_2_1")).containsExactly("cart7.2");
        assertThat(found("cart7")).containsExactly("cart7.1", "cart7.2");
        assertThat(found("cart7_p1")).containsExactly("cart7.1", "cart7.2");
        assertThat(found("  cart7.1\n")).containsExactly("cart7.1");
    }

    @Test
    void what_there_is_not_is_not_found() {
        buyTopUp("cart7", "t7");
        for (String number : List.of("", " ", "cart7.2", "cart7_2_1", "cart7_p2", "cart7_r1", "cart8", "CART7", "T7")) {
            assertThat(found(number)).as("'%s'", number).isEmpty();
        }
        assertThat(found("9".repeat(10_000))).isEmpty();
    }

    @Test
    void an_order_is_found_by_the_trade_number_of_its_gateway_also_a_surplus() {
        buyTopUp("cart7", "t7");
        rig.pay("cart7_p1", "again");

        assertThat(found("t7")).containsExactly("cart7.1");
        assertThat(found("again")).containsExactly("cart7.1");
        assertThat(found("cart7_r1")).as("the refund of the surplus").containsExactly("cart7.1");
    }

    @Test
    void a_suppliers_own_number_is_known_whether_it_came_with_the_delivery_or_before() {
        delivers("S-at-once");
        buyTopUp("cart7", "t7");
        supplier.onSend.add(() -> new Answer.Accepted("S-taken", null));
        supplier.onAsk.add(() -> new Answer.Delivered(new Proof.Receipt("receipt"), null));
        buyTopUp("cart8", "t8");
        String long1 = "S".repeat(127) + "1";
        delivers(long1);
        buyTopUp("cart9", "t9");

        assertThat(found("S-at-once")).containsExactly("cart7.1");
        assertThat(found("S-taken")).containsExactly("cart8.1");
        assertThat(found(long1)).as("longer than an index value").containsExactly("cart9.1");
        assertThat(found("S".repeat(127) + "2")).isEmpty();
    }

    @Test
    void a_number_that_a_supplier_gave_twice_finds_both_orders() {
        buyTopUp("cart8", "t8");
        buyTopUp("cart7", "s-1");
        assertThat(found("s-1")).containsExactly("cart7.1", "cart8.1");
    }

    @Test
    void a_refund_of_one_order_finds_that_order_alone() {
        supplier.onSend.add(() -> new Answer.Delivered(new Proof.Receipt("receipt"), "s-1"));
        supplier.onSend.add(() -> new Answer.Declined(Scope.ORDER, "no such number"));
        rig.place("cart7", Rig.line("sku", Rig.PRICE, Route.topUp("a")), Rig.line("sku", Rig.PRICE, Route.topUp("a")));
        rig.receive(ScriptedGateway.paid("cart7_p1", "t7", Money.parse("98.00", Currency.CNY)));

        assertThat(rig.checkout("cart7").refunds()).hasSize(1);
        int line = rig.checkout("cart7").refund(1).line();
        assertThat(found("cart7_r1")).containsExactly("cart7." + line);
    }
}
