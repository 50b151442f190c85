package dev.kadao.examples.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Request;
import dev.kadao.port.Dispatcher.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of the supplier's document, to an order and to a question, and what it is for us. */
class MagpieAnswersTest {
    private static final String OURS = "\"out_no\":\"cart42_1_1\"";
    private static final Class<Answer.Unknown> UNKNOWN = Answer.Unknown.class;
    private final MagpieServer server = new MagpieServer();
    private final MagpieTopUp magpie = new MagpieTopUp(server.account(), Duration.ofSeconds(20));

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer toOrder(String body) {
        server.say(body);
        return magpie.dispatch(MagpieOrders.topUp(MagpieOrders.REFERENCE, 1), MagpieOrders.soon());
    }

    private Answer toQuestion(String body) {
        server.say(body);
        return magpie.query(MagpieOrders.REFERENCE);
    }

    private static String code(String code) {
        return "{\"code\":\"" + code + "\"," + OURS + ",\"message\":\"not for 13800000000\"}";
    }

    private static String state(String state, String more) {
        return "{\"code\":\"0000\"," + OURS + ",\"order_no\":\"M-1\",\"state\":\"" + state + "\"" + more + "}";
    }

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(state("0", ""), new Answer.Accepted("M-1", null)),
                Arguments.of(
                        state("1", ",\"serial\":\"S-1\",\"cards\":[]"),
                        new Answer.Delivered(new Proof.Receipt("S-1"), "M-1")),
                Arguments.of(
                        state("1", ",\"serial\":\"\",\"cards\":[\"AAAA\",\"BBBB\"]"),
                        new Answer.Delivered(
                                new Proof.SuppliedKeys(List.of(Secret.of("AAAA"), Secret.of("BBBB"))), "M-1")),
                // Not ours to judge: without a proof it is parked, whatever the supplier calls it.
                Arguments.of(state("1", ",\"serial\":\"\""), new Answer.Delivered(new Proof.Receipt(""), "M-1")),
                Arguments.of(
                        state("1", ",\"serial\":\"\",\"cards\":[7]"),
                        new Answer.Delivered(new Proof.SuppliedKeys(List.of(Secret.of(""))), "M-1")),
                Arguments.of(state("2", ""), new Answer.Declined(Scope.ORDER, "the top-up failed (state 2)")),
                Arguments.of(state("3", ",\"done\":\"2\""), new Answer.Partial(2, "only a part came (state 3)")),
                Arguments.of(
                        state("3", ",\"done\":\"1\",\"cards\":[\"AAAA\"]"),
                        new Answer.Partial(1, "only a part came (state 3)", List.of(Secret.of("AAAA")))),
                Arguments.of(
                        state("9", ""), new Answer.Declined(Scope.SUPPLIER, "our balance there is too low (state 9)")),
                Arguments.of(state("5", ""), new Answer.Unknown("a state that is not known")));
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_state_means_the_same_in_the_answer_to_an_order_and_to_a_question(String body, Answer answer) {
        assertThat(toOrder(body)).isEqualTo(answer);
        assertThat(toQuestion(body)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "1002", "1004", "1006"})
    void what_was_refused_because_of_us_is_a_no_of_the_supplier_to_an_order_and_no_word_about_one(String code) {
        assertThat(toOrder(code(code))).isEqualTo(new Answer.Declined(Scope.SUPPLIER, "refused with code " + code));
        assertThat(toQuestion(code(code))).isInstanceOf(UNKNOWN);
    }

    @Test
    void an_account_that_cannot_be_topped_up_is_a_no_to_this_order_alone_and_is_not_quoted() {
        assertThat(toOrder(code("1003")))
                .isEqualTo(new Answer.Declined(Scope.ORDER, "this account cannot be topped up (code 1003)"));
        assertThat(toQuestion(code("1003"))).isInstanceOf(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001", "9999", "7", ""})
    void a_duplicate_a_busy_system_and_codes_of_tomorrow_are_unknown(String code) {
        assertThat(toOrder(code(code))).isInstanceOf(UNKNOWN);
        assertThat(toQuestion(code(code))).isInstanceOf(UNKNOWN);
    }

    @Test
    void only_a_question_is_answered_with_not_found() {
        assertThat(toQuestion(code("2002"))).isEqualTo(new Answer.NotFound());
        assertThat(toOrder(code("2002"))).isInstanceOf(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"0000\",\"state\":\"1\",\"order_no\":\"M-1\",\"serial\":\"S-1\"}",
                "{\"code\":\"0000\",\"out_no\":\"cart42_1_2\",\"state\":\"1\",\"order_no\":\"M-1\",\"serial\":\"S-1\"}",
                "{\"code\":\"2002\",\"out_no\":\"cart42_1_2\"}",
                "{\"code\":\"1003\",\"out_no\":\"cart42_1_2\"}",
                "{\"code\":\"0000\",\"code\":\"1003\",\"out_no\":\"cart42_1_1\",\"state\":\"2\"}",
                "{\"code\":\"0000\",\"out_no\":\"cart42_1_1\",\"state\":2}",
                "{\"code\":\"0000\",\"out_no\":\"cart42_1_1\",\"state\":\"3\",\"done\":\"many\"}",
                "{\"code\":\"1003\",\"out_no\":\"cart42_1_1\"} {}",
                "success"
            })
    void what_is_about_another_order_or_in_another_form_is_unknown(String body) {
        assertThat(toOrder(body)).isInstanceOf(UNKNOWN);
        assertThat(toQuestion(body)).isInstanceOf(UNKNOWN);
    }

    @Test
    void a_product_that_is_not_configured_is_never_sent_and_refunds_nobody() {
        Request other = new Request(
                MagpieOrders.REFERENCE, "unknown-1", 1, "13800000000", Money.parse("1.00", Currency.CNY), 1);

        assertThat(magpie.dispatch(other, Deadline.in(Duration.ofMinutes(5))))
                .isEqualTo(new Answer.Declined(Scope.SUPPLIER, "no product is configured for SKU unknown-1"));
        assertThat(server.arrived()).isZero();
    }

    @Test
    void an_answer_over_64_kib_is_unknown() {
        assertThat(toOrder(state("2", ",\"more\":\"" + "x".repeat(70_000) + "\"")))
                .isEqualTo(new Answer.Unknown("IOException"));
    }

    @Test
    void what_the_stand_in_refuses_comes_out_as_its_document_says() {
        Request wrong = new Request(
                MagpieOrders.REFERENCE, "phone-100", 1, "00012345678", Money.parse("99.50", Currency.CNY), 1);

        assertThat(magpie.dispatch(wrong, MagpieOrders.soon()).toString())
                .contains("1003")
                .doesNotContain("00012345678");
    }
}
