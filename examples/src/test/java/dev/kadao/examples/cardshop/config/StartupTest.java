package dev.kadao.examples.cardshop.config;

import static dev.kadao.examples.cardshop.Configs.SHOP;
import static dev.kadao.examples.cardshop.Configs.config;
import static dev.kadao.examples.cardshop.Configs.ready;
import static dev.kadao.examples.cardshop.Configs.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupTest {
    @Test
    void without_any_option_the_demo_is_asked_for_with_the_documented_defaults() {
        assertThat(Startup.of(List.of())).isInstanceOfSatisfying(Startup.Ready.class, ready -> {
            assertThat(ready.options().port()).isEqualTo(8080);
            assertThat(ready.options().bind()).isEqualTo("127.0.0.1");
            assertThat(ready.options().data()).isEqualTo(Path.of("cardshop-data"));
            assertThat(ready.options().adminToken()).isEmpty();
            assertThat(ready.options().config()).isEmpty();
        });
    }

    @Test
    void an_empty_file_has_the_documented_defaults() {
        ShopConfig config = config("");
        assertThat(config.payments().deadline()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.payments().query())
                .containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(5));
        assertThat(config.payments().closeGrace()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.payments().late()).isEqualTo(ShopConfig.LatePayment.DELIVER);
        assertThat(config.sla().late()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.sla().redispatch()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.sla().escalate()).isEqualTo(Duration.ofHours(1));
        assertThat(config.disputeWindow()).isEqualTo(Duration.ofDays(3));
        assertThat(config.stock().longestWait()).isEqualTo(Duration.ofHours(1));
        assertThat(config.stock().waitOver()).isEqualTo(ShopConfig.WaitOver.REFUND);
        assertThat(config.retry()).isEqualTo(new ShopConfig.Retry(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThat(config.engine()).isEqualTo(new ShopConfig.Engine(Duration.ofSeconds(1), Duration.ofSeconds(15)));
        assertThat(config.risk()).isEqualTo(new ShopConfig.Risk(20, 10));
        assertThat(config.skus()).isEmpty();
        assertThat(config.suppliers()).isEmpty();
        assertThat(config.sandbox()).isEmpty();
        assertThat(config.masterKey()).isEmpty();
    }

    @Test
    void keys_are_reserved_at_placing_only_where_the_file_says_so() {
        String at = "sku.coin-10.";
        assertThat(config(SHOP + at + "reserve=payment\n").skus().get("coin-10").reserving())
                .isEmpty();
        assertThat(config(SHOP + at + "reserve=placing\n").skus().get("coin-10").reserving())
                .contains(new ShopConfig.Reserving(10, false));
        assertThat(config(SHOP + at + "reserve=placing\n" + at + "reserve-cap=3\n" + at + "reserve-missed=refuse\n")
                        .skus()
                        .get("coin-10")
                        .reserving())
                .contains(new ShopConfig.Reserving(3, true));
    }

    @Test
    void groups_are_read_by_name_and_keep_the_order_of_the_file() {
        ShopConfig config = config(SHOP
                + "supplier.a.guarantee=idempotent\nsupplier.a.key-lifetime=PT12H\nsupplier.a.query=PT1S, PT2S\n"
                + "gateway.sandbox.endpoint=http://127.0.0.1:9000/\n");
        assertThat(config.skus().keySet()).containsExactly("steam-50", "coin-10", "phone-100");
        assertThat(config.skus().get("coin-10"))
                .isEqualTo(new ShopConfig.Sku(
                        "coin-10", new Amount(1000, "JPY", 0), ShopConfig.Kind.KEYS, List.of(), Optional.empty()));
        assertThat(config.skus().get("phone-100"))
                .isEqualTo(new ShopConfig.Sku(
                        "phone-100",
                        new Amount(9950, "CNY", 2),
                        ShopConfig.Kind.TOP_UP,
                        List.of("a"),
                        Optional.empty()));
        assertThat(config.suppliers().get("a")).satisfies(supplier -> {
            assertThat(supplier.guarantee()).isEqualTo(ShopConfig.Guarantee.IDEMPOTENT);
            assertThat(supplier.keyLifetime()).isEqualTo(Duration.ofHours(12));
            assertThat(supplier.query()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(supplier.notFoundIsFinal()).isFalse();
        });
        assertThat(config.sandbox().orElseThrow().endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void the_command_line_wins_over_the_file() {
        Options options = ready("port=1111\nbind=0.0.0.0\ndata=there\nadmin-token=in-file\n", "--port", "0")
                .options();
        assertThat(options.port()).isZero();
        assertThat(options.bind()).isEqualTo("0.0.0.0");
        assertThat(options.data()).isEqualTo(Path.of("there"));
        assertThat(options.adminToken()).contains(Secret.of("in-file"));
    }

    @Test
    void an_empty_value_counts_as_not_set() {
        ShopConfig config = config("gateway.alipay.app-id=\ngateway.sandbox.secret=\nkeys.master=\nsla.late=\n");
        assertThat(config.sandbox()).isEmpty();
        assertThat(config.sla().late()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void all_problems_are_reported_at_once() {
        Startup.Rejected rejected = rejected("sla.lat=PT1M\nretry.max=soon\nsku.x.kind=keys\nport=70000\n");
        assertThat(rejected.status()).isEqualTo(1);
        assertThat(rejected.problems())
                .containsExactlyInAnyOrder(
                        "The property sla.lat is not known; did you mean sla.late?",
                        "retry.max is 'soon'; it must be an ISO duration, such as PT1M, of at most P3660D.",
                        "sku.x.price is missing; it must be a currency and an amount, such as CNY 49.00.",
                        "port is '70000'; it must be a whole number from 0 to 65535.");
    }

    @ParameterizedTest
    @CsvSource({
        "sku.steam-50.prise, sku.steam-50.price",
        "suplier.a.secret, supplier.NAME.secret",
        "supplier.a.timout, supplier.a.timeout",
        "payment-deadline, payment.deadline",
        "gateway.sandbox.secrets, gateway.sandbox.secret",
        "skuu.steam-50.price, sku.NAME.price",
        "config, port"
    })
    void an_unknown_property_is_named_with_the_nearest_known_one(String unknown, String nearest) {
        assertThat(rejected(unknown + "=1").problems())
                .containsExactly("The property " + unknown + " is not known; did you mean " + nearest + "?");
    }

    @Test
    void a_property_that_stands_there_twice_is_an_error() {
        assertThat(rejected("sla.late=PT1M\nsla.late=PT2M\n").problems())
                .singleElement()
                .asString()
                .startsWith("The property sla.late stands in ")
                .endsWith(" twice; keep one of them.");
    }

    @Test
    void a_comment_behind_a_value_is_pointed_out() {
        assertThat(rejected("late-payment=deliver   # or refund").problems())
                .containsExactly("late-payment is 'deliver   # or refund'; it must be deliver or refund."
                        + " A comment needs a line of its own.");
    }

    @ParameterizedTest
    @CsvSource({
        "sla.redispatch=PT1M, sla.late",
        "sla.late=PT16M, sla.redispatch",
        "sla.escalate=PT1M, sla.escalate",
        "retry.first=PT2M, retry.max",
        "jdbc-url=jdbc:postgresql:x, jdbc-url",
        "jdbc-url=jdbc:mysql://h/x, jdbc-url",
        "jdbc-url=jdbc:postgresql://me:hidden@h/x, jdbc-url",
        "jdbc-user=me, jdbc-user",
        "jdbc-password=hidden, jdbc-password",
        "gateway.alipay.app-id=1, gateway.alipay.",
        "gateway.wechatpay.mch-id=1, gateway.wechatpay.",
        "gateway.stripe.api-key=1, gateway.stripe.",
        "gateway.epay.pid=1, gateway.epay.",
        "gateway.sandbox.endpoint=http://127.0.0.1:1, gateway.sandbox.secret",
        "supplier.a.endpoint=ftp://x, supplier.a.",
        "keys.master=c2hvcnQ=, keys.master",
        "payment.deadline=PT0S, payment.deadline",
        "payment.deadline=-PT1M, payment.deadline",
        "'payment.query=PT1S,,PT2S', payment.query",
        "risk.max-open-orders-per-ip=-1, risk.max-open-orders-per-ip",
        "sku.x.price=CNY 1.00, sku.x.kind",
        "supplier.z.secret=s, supplier.z.endpoint"
    })
    void a_bad_setting_is_refused_by_name(String line, String named) {
        Startup.Rejected rejected = rejected(line);
        assertThat(rejected.status()).isEqualTo(1);
        assertThat(rejected.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains(named).doesNotContain("hidden"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CNY 1",
                "CNY 1.000",
                "CNY 0.00",
                "CNY -1.00",
                "49.00",
                "XXX 1.00",
                "CNY 1e2",
                "cny 1.00",
                "JPY 1.0"
            })
    void a_price_that_is_no_positive_amount_of_a_currency_is_refused(String price) {
        assertThat(rejected("sku.x.kind=keys\nsku.x.price=" + price).problems())
                .singleElement()
                .asString()
                .startsWith("sku.x.price is '" + price + "'");
    }

    @Test
    void a_gateway_that_is_begun_names_all_that_its_notices_need() {
        assertThat(rejected("gateway.alipay.endpoint=http://127.0.0.1:1").problems())
                .containsExactly(
                        "gateway.alipay.app-id is missing; this gateway needs app-id, seller-id, public-key.",
                        "gateway.alipay.seller-id is missing; this gateway needs app-id, seller-id, public-key.",
                        "gateway.alipay.public-key is missing; this gateway needs app-id, seller-id, public-key.");
        assertThat(rejected("gateway.epay.pid=1001\ngateway.epay.key=k").problems())
                .containsExactly("gateway.epay.endpoint is missing; this gateway needs pid, key, endpoint.");
    }

    @Test
    void a_gateway_without_the_credentials_for_calls_is_there_for_its_notices_and_the_operator_is_told() {
        Startup.Ready ready = ready("gateway.stripe.signing-secret=whsec_1");

        assertThat(ready.config().gateways().stripe().orElseThrow().apiKey()).isEmpty();
        assertThat(ready.notes())
                .anyMatch(note -> note.startsWith("gateway.stripe.api-key is not set: notices of that gateway count"));
    }

    @Test
    void sourced_keys_come_from_suppliers_and_need_one() {
        String supplier = "supplier.a.endpoint=http://127.0.0.1:1\nsupplier.a.secret=s\n";
        String sku = "sku.x.price=CNY 1.00\nsku.x.kind=sourced\n";
        assertThat(ready(supplier + sku + "sku.x.suppliers=a")
                        .config()
                        .skus()
                        .get("x")
                        .suppliers())
                .containsExactly("a");
        assertThat(rejected(sku).problems())
                .containsExactly("sku.x.suppliers is missing; kind sourced needs the name of a supplier.");
    }

    @Test
    void a_top_up_may_have_several_suppliers_but_each_once() {
        String text = """
                supplier.a.endpoint=http://127.0.0.1:1
                supplier.a.secret=s
                supplier.b.endpoint=http://127.0.0.1:2
                supplier.b.secret=s
                sku.x.price=CNY 1.00
                sku.x.kind=top-up
                """;
        assertThat(ready(text + "sku.x.suppliers=b, a").config().skus().get("x").suppliers())
                .containsExactly("b", "a");
        assertThat(rejected(text + "sku.x.suppliers=a,b,a").problems())
                .singleElement()
                .asString()
                .startsWith("sku.x.suppliers names a supplier twice (a, b, a)");
    }

    @Test
    void a_top_up_needs_a_supplier_that_is_configured() {
        assertThat(rejected("sku.x.price=CNY 1.00\nsku.x.kind=top-up").problems())
                .containsExactly("sku.x.suppliers is missing; kind top-up needs the name of a supplier.");
        assertThat(rejected("sku.x.price=CNY 1.00\nsku.x.kind=top-up\nsku.x.suppliers=z")
                        .problems())
                .singleElement()
                .asString()
                .contains("'z'")
                .contains("supplier.z.endpoint");
    }

    @Test
    void a_settle_below_the_time_out_is_raised_to_it_and_said() {
        Startup.Ready ready = ready(SHOP + "supplier.a.timeout=PT10S\nsupplier.a.settle=PT2S\n");
        assertThat(ready.config().suppliers().get("a").settle()).isEqualTo(Duration.ofSeconds(10));
        assertThat(ready.notes()).contains("supplier.a.settle is raised from PT2S to PT10S, the time-out of a call");
    }

    @Test
    void nothing_is_said_where_everything_is_enforced() {
        assertThat(ready("").notes()).isEmpty();
    }

    @Test
    void a_bad_command_line_has_status_2_and_all_its_problems() {
        assertThat(Startup.of(List.of("--prot", "1", "--data", "--port=x", "--bind=a", "--bind=b", "stray")))
                .isInstanceOfSatisfying(Startup.Rejected.class, rejected -> {
                    assertThat(rejected.status()).isEqualTo(2);
                    assertThat(rejected.problems())
                            .containsExactly(
                                    "The option --prot is not known; did you mean --port?",
                                    "The option --data needs a value: --data VALUE.",
                                    "The option --bind stands there twice; give it once.",
                                    "'stray' is no option; options begin with --, as in --port 8080.",
                                    "port is 'x'; it must be a whole number from 0 to 65535.");
                });
    }

    @Test
    void a_missing_file_is_named() {
        assertThat(Startup.of(List.of("--config", "no-such-file.properties")))
                .isEqualTo(new Startup.Rejected(
                        1, List.of("The file no-such-file.properties of --config does not exist.")));
    }

    @Test
    void a_database_server_is_shown_without_its_parameters() {
        JdbcAddress address = ready(
                        SHOP + "jdbc-password=hidden\n",
                        "--jdbc-url=jdbc:mariadb://h:3306/shop?user=me&password=secret")
                .options()
                .jdbc()
                .orElseThrow();
        assertThat(address.shown()).isEqualTo("jdbc:mariadb://h:3306/shop");
        assertThat(address.kind()).isEqualTo(JdbcAddress.Kind.MARIADB);
        assertThat(address.toString()).doesNotContain("hidden", "secret");
    }

    @Test
    void secrets_do_not_show_when_a_configuration_is_printed() {
        Startup.Ready ready = ready(SHOP + "admin-token=very-secret\nkeys.master=" + "A".repeat(43) + "=\n");
        assertThat(ready.toString())
                .doesNotContain("supplier-secret", "gateway-secret", "very-secret", "AAAA")
                .contains("Secret(***)");
    }
}
