package dev.kadao.examples.cardshop.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.examples.cardshop.Configs;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceCheckoutTest {
    private static final String WHOLE = """
            {"id":"cart42","gateway":"sandbox","orders":[{"sku":"steam-50","quantity":1,"recipient":"a@example.com"}],
            "buyer":{"account":"u1","ip":"203.0.113.7"},"pickupToken":"abcdefghijklmnopqrstuvwxyz"}""";
    private final Catalogue catalogue = new Catalogue(Configs.config(Configs.SHOP));

    @Test
    void a_checkout_is_read_as_it_is_documented() {
        assertThat(read(WHOLE))
                .isEqualTo(new PlaceCheckout(
                        Optional.of("cart42"),
                        "sandbox",
                        List.of(new PlaceCheckout.Line("steam-50", 1, "a@example.com")),
                        new PlaceCheckout.Buyer(Optional.of("u1"), "203.0.113.7"),
                        Optional.of(Secret.of("abcdefghijklmnopqrstuvwxyz"))));
        assertThat(read(WHOLE).toString()).doesNotContain("abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void id_token_and_buyer_may_be_left_out() {
        PlaceCheckout checkout =
                read("{\"gateway\":\"sandbox\",\"orders\":[{\"sku\":\"a\",\"quantity\":1,\"recipient\":\"b\"}]}");
        assertThat(checkout.id()).isEmpty();
        assertThat(checkout.pickupToken()).isEmpty();
        assertThat(checkout.buyer()).isEqualTo(new PlaceCheckout.Buyer(Optional.empty(), "198.51.100.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cart42\"|\"a b\"|'id' is 'a b'; it must be 3 to 26 letters, digits and _.",
                "\"cart42\"|\"ab\"|'id' is 'ab'",
                "\"cart42\"|\"abcdefghijklmnopqrstuvwxyz1\"|'id' is",
                "\"cart42\"|\"a.b.c\"|'id' is",
                "\"cart42\"|\"卡卡卡\"|'id' is",
                "\"cart42\"|42|'id' is a number",
                "\"sandbox\"|\"sand box\"|'gateway' is 'sand box'",
                "\"sandbox\"|null|'gateway' is missing",
                "1,|0,|'orders[0].quantity' is 0; it must be a whole number from 1 to 1000.",
                "1,|1001,|'orders[0].quantity' is 1001",
                "1,|-1,|'orders[0].quantity' is -1",
                "1,|1.5,|'orders[0].quantity' is a number",
                "1,|\"1\",|'orders[0].quantity' is a text",
                "1,|99999999999999999999,|'orders[0].quantity' is",
                "\"a@example.com\"|\"\"|'orders[0].recipient' is ''; it must be 1 to 128 printable characters.",
                "\"a@example.com\"|\"  \"|'orders[0].recipient' is '  '",
                "\"a@example.com\"|\"a\\u0000b\"|'orders[0].recipient' is 'a\\u0000b'",
                "\"a@example.com\"|\"a\\nb\"|'orders[0].recipient' is",
                "\"a@example.com\"|\"a\\u202eb\"|'orders[0].recipient' is",
                "\"203.0.113.7\"|\"203.0.113.256\"|'buyer.ip' is '203.0.113.256'; it must be an IPv4 or IPv6 address.",
                "\"203.0.113.7\"|\"localhost\"|'buyer.ip' is 'localhost'",
                "\"203.0.113.7\"|\"1\"|'buyer.ip' is '1'",
                "\"203.0.113.7\"|\"::g\"|'buyer.ip' is '::g'",
                "\"203.0.113.7\"|\":::::\"|'buyer.ip' is ':::::'",
                "\"u1\"|[]|'buyer.account' is an array",
                "\"abcdefghijklmnopqrstuvwxyz\"|\"tooshort\"|'pickupToken' is not acceptable",
                "\"abcdefghijklmnopqrstuvwxyz\"|\"with space and long enough\"|'pickupToken' is not acceptable"
            })
    void what_does_not_fit_is_named(String member, String instead, String detail) {
        assertThat(WHOLE).contains(member);
        assertThatThrownBy(() -> read(WHOLE.replace(member, instead)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.detail()).startsWith(detail).doesNotContain("tooshort", "with space");
                });
    }

    @Test
    void a_checkout_has_1_to_20_orders() {
        String order = "{\"sku\":\"a\",\"quantity\":1,\"recipient\":\"b\"}";
        for (int count : new int[] {0, 21}) {
            String orders = String.join(",", Collections.nCopies(count, order));
            assertThatThrownBy(() -> read("{\"gateway\":\"sandbox\",\"orders\":[" + orders + "]}"))
                    .hasMessageContaining(
                            "'orders' has " + count + " elements; it must be an array of 1 to 20 objects.");
        }
        String most = String.join(",", Collections.nCopies(20, order));
        assertThat(read("{\"gateway\":\"sandbox\",\"orders\":[" + most + "]}").orders())
                .hasSize(20);
    }

    @Test
    void characters_are_counted_as_people_count_them() {
        assertThat(read(WHOLE.replace("a@example.com", "😀".repeat(128))).orders())
                .hasSize(1);
        assertThatThrownBy(() -> read(WHOLE.replace("a@example.com", "😀".repeat(129))))
                .hasMessageContaining("'orders[0].recipient'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "2001:db8::7", "::ffff:203.0.113.7", "0.0.0.0", "255.255.255.255"})
    void an_ip_address_of_either_kind_is_taken(String ip) {
        assertThat(read(WHOLE.replace("203.0.113.7", ip)).buyer().ip()).isEqualTo(ip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@example.com", "1380", "123456789012345678901", "138 0013 8000", "１３８００"})
    void a_top_up_goes_to_a_number_only(String recipient) {
        assertThat(catalogue.complaint("phone-100", recipient)).isPresent();
        assertThat(catalogue.complaint("phone-100", "+8613800138000")).isEmpty();
        assertThat(catalogue.complaint("steam-50", recipient)).isEmpty();
    }

    @Test
    void the_shop_sells_what_is_configured_at_its_price() {
        assertThat(catalogue.route("steam-50")).contains(Route.keys());
        assertThat(catalogue.route("phone-100")).contains(Route.topUp("a"));
        assertThat(catalogue.route("steam-51")).isEmpty();
        assertThat(catalogue.price("phone-100", 3)).contains(Money.parse("298.50", Currency.CNY));
        assertThat(catalogue.price("steam-51", 1)).isEmpty();
    }

    @Test
    void more_money_than_can_be_counted_has_no_price() {
        Catalogue dear = new Catalogue(
                Configs.config("gateway.sandbox.secret=s\nsku.a.kind=keys\nsku.a.price=CNY 999999999999999.00\n"));
        assertThatThrownBy(() -> dear.price("a", 1000)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_dispute_needs_a_reason_and_the_other_acts_do_not() {
        assertThatThrownBy(() -> act(BuyerAct.Kind.DISPUTE, "{}"))
                .hasMessageContaining("'reason' is missing; it must be 1 to 2000 characters");
        assertThatThrownBy(() -> act(BuyerAct.Kind.DISPUTE, "{\"reason\":\" \"}"))
                .hasMessageContaining("'reason' is");
        assertThatThrownBy(() -> act(BuyerAct.Kind.COMPLAIN, "{\"reason\":\"" + "x".repeat(2001) + "\"}"))
                .hasMessageContaining("'reason' is");
        assertThatThrownBy(() -> act(BuyerAct.Kind.COMPLAIN, "{\"reason\":\"a\\u0000\"}"))
                .hasMessageContaining("'reason' is");
        assertThat(act(BuyerAct.Kind.CONFIRM, "{}").reason()).isEmpty();
        assertThat(act(BuyerAct.Kind.DISPUTE, "{\"reason\":\"卡密无效\\n两次\"}").reason())
                .contains("卡密无效\n两次");
    }

    private static PlaceCheckout read(String json) {
        return PlaceCheckout.read(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)), "198.51.100.1");
    }

    private static BuyerAct act(BuyerAct.Kind kind, String json) {
        return BuyerAct.read(kind, StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
