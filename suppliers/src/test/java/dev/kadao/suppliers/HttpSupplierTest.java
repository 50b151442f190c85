package dev.kadao.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Request;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.suppliers.signing.Signature;
import dev.kadao.wire.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSupplierTest {
    private static Answer dispatch(int status, String body) throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(status, body)) {
            return Samples.supplier(server.url()).dispatch(Samples.request(), Samples.soon());
        }
    }

    private static Answer query(int status, String body) throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(status, body)) {
            return Samples.supplier(server.url()).query(Samples.REFERENCE);
        }
    }

    @Test
    void an_order_is_posted_as_the_protocol_says_and_signed() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "{\"state\":\"processing\"}")) {
            Request request = new Request(
                    Samples.REFERENCE, "phone-100", 3, "张三 😀 \"quoted\"", Money.parse("99.50", Currency.CNY), 1);
            Samples.supplier(server.url() + "/api/").dispatch(request, Samples.soon());

            ScriptedServer.Seen seen = server.seen.get(0);
            assertThat(seen.method() + " " + seen.path()).isEqualTo("POST /api/orders");
            JsonNode body = new ObjectMapper().readTree(seen.body());
            assertThat(body.get("reference").textValue()).isEqualTo("cart42_1_1");
            assertThat(body.get("sku").textValue()).isEqualTo("phone-100");
            assertThat(body.get("recipient").textValue()).isEqualTo("张三 😀 \"quoted\"");
            assertThat(body.get("quantity").intValue()).isEqualTo(3);
            assertThat(body.get("amount").textValue()).isEqualTo("99.50");
            assertThat(body.get("currency").textValue()).isEqualTo("CNY");
            String timestamp = Long.toString(Samples.NOW.getEpochSecond());
            assertThat(seen.headers()).containsEntry("x-timestamp", timestamp);
            assertThat(seen.headers())
                    .containsEntry(
                            "x-signature",
                            Signature.of(Samples.SECRET, timestamp, seen.body().getBytes(StandardCharsets.UTF_8)))
                    .doesNotContainKeys("upgrade", "http2-settings");
        }
    }

    @Test
    void a_question_is_signed_over_an_empty_body() throws Exception {
        try (ScriptedServer server = ScriptedServer.thatAnswers(200, "{\"state\":\"processing\"}")) {
            Samples.supplier(server.url()).query(Samples.REFERENCE);

            ScriptedServer.Seen seen = server.seen.get(0);
            assertThat(seen.method() + " " + seen.path()).isEqualTo("GET /orders/cart42_1_1");
            String timestamp = Long.toString(Samples.NOW.getEpochSecond());
            assertThat(seen.headers())
                    .containsEntry("x-signature", Signature.of(Samples.SECRET, timestamp, new byte[0]));
        }
    }

    @Test
    void success_with_a_proof_is_delivered_with_that_receipt() throws Exception {
        String body =
                "{\"state\":\"success\",\"supplierOrder\":\"S-7\",\"proof\":\"流水号 é 😀\",\"keys\":[],\"more\":{}}";

        assertThat(dispatch(200, body)).isEqualTo(new Answer.Delivered(new Proof.Receipt("流水号 é 😀"), "S-7"));
        assertThat(query(200, body)).isEqualTo(new Answer.Delivered(new Proof.Receipt("流水号 é 😀"), "S-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"state\":\"success\"}", "{\"state\":\"success\",\"proof\":null,\"keys\":null}"})
    void success_without_a_proof_is_passed_on_as_a_blank_receipt(String body) throws Exception {
        assertThat(dispatch(200, body)).isEqualTo(new Answer.Delivered(new Proof.Receipt(""), null));
    }

    @Test
    void success_with_keys_hands_on_secrets_that_do_not_show() throws Exception {
        Answer answer = dispatch(200, "{\"state\":\"success\",\"keys\":[\"AAAA-BBBB\",\"密钥-😀\"]}");

        List<Secret> keys = List.of(Secret.of("AAAA-BBBB"), Secret.of("密钥-😀"));
        assertThat(answer).isEqualTo(new Answer.Delivered(new Proof.SuppliedKeys(keys), null));
        assertThat(answer.toString()).doesNotContain("AAAA").doesNotContain("密钥");
    }

    @Test
    void blank_keys_beside_a_proof_are_no_keys_and_without_one_they_are_judged_by_who_ordered() throws Exception {
        assertThat(dispatch(200, "{\"state\":\"success\",\"proof\":\"S-7\",\"keys\":[\"\",\" \"]}"))
                .isEqualTo(new Answer.Delivered(new Proof.Receipt("S-7"), null));
        assertThat(dispatch(200, "{\"state\":\"success\",\"proof\":\" \",\"keys\":[\"\"]}"))
                .isEqualTo(new Answer.Delivered(new Proof.SuppliedKeys(List.of(Secret.of(""))), null));
        assertThat(dispatch(200, "{\"state\":\"success\",\"proof\":\"S-7\",\"keys\":[\"AAAA\",\"\"]}"))
                .isEqualTo(
                        new Answer.Delivered(new Proof.SuppliedKeys(List.of(Secret.of("AAAA"), Secret.of(""))), null));
    }

    @Test
    void keys_of_a_partial_delivery_are_handed_on() throws Exception {
        String body = "{\"state\":\"partial\",\"delivered\":1,\"keys\":[\"AAAA-BBBB\"],\"reason\":\"sold out\"}";

        assertThat(dispatch(200, body)).isEqualTo(new Answer.Partial(1, "sold out", List.of(Secret.of("AAAA-BBBB"))));
        assertThat(query(200, body)).isEqualTo(new Answer.Partial(1, "sold out", List.of(Secret.of("AAAA-BBBB"))));
    }

    @Test
    void processing_partial_and_failed_are_read_with_what_they_carry() throws Exception {
        assertThat(dispatch(200, "{\"state\":\"processing\",\"supplierOrder\":\"S-8\"}"))
                .isEqualTo(new Answer.Accepted("S-8", null));
        assertThat(dispatch(200, "{\"state\":\"partial\",\"delivered\":2,\"reason\":\"sold out\"}"))
                .isEqualTo(new Answer.Partial(2, "sold out"));
        assertThat(dispatch(200, "{\"state\":\"failed\",\"reason\":\"wrong number\"}"))
                .isEqualTo(new Answer.Declined(Scope.ORDER, "wrong number"));
        assertThat(dispatch(200, "{\"state\":\"failed\",\"scope\":\"supplier\"}"))
                .isEqualTo(new Answer.Declined(Scope.SUPPLIER, ""));
    }

    @Test
    void a_readable_failed_counts_with_status_200_only() throws Exception {
        assertThat(dispatch(422, "{\"state\":\"failed\",\"scope\":\"order\",\"reason\":\"no such product\"}"))
                .isEqualTo(new Answer.Unknown("status 422"));
        assertThat(dispatch(500, "{\"state\":\"failed\",\"scope\":\"order\"}"))
                .isEqualTo(new Answer.Unknown("status 500"));
        assertThat(dispatch(409, "{\"state\":\"success\",\"proof\":\"p\"}"))
                .isEqualTo(new Answer.Unknown("status 409"));
    }

    @Test
    void not_found_is_an_answer_to_a_question_only() throws Exception {
        assertThat(query(404, "<html>not here</html>")).isEqualTo(new Answer.NotFound());
        assertThat(dispatch(404, "<html>not here</html>")).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "ok",
                "{\"state\":\"success\",\"proof\":\"p\"} trailing",
                "{\"state\":\"success\",\"proof\":\"p\"}{}",
                "{\"state\":\"failed\",\"state\":\"success\",\"proof\":\"p\"}",
                "{\"state\":\"SUCCESS\",\"proof\":\"p\"}",
                "{\"state\":1}",
                "{\"proof\":\"p\"}",
                "{\"state\":\"success\",\"proof\":7}",
                "{\"state\":\"success\",\"proof\":[\"p\"]}",
                "{\"state\":\"success\",\"keys\":\"AAAA\"}",
                "{\"state\":\"success\",\"keys\":[\"AAAA\",5]}",
                "{\"state\":\"success\",\"keys\":[null]}",
                "{\"state\":\"success\",\"keys\":[\"\\ud83d\"]}",
                "{\"state\":\"partial\",\"delivered\":-1}",
                "{\"state\":\"partial\",\"delivered\":1.5}",
                "{\"state\":\"partial\",\"delivered\":99999999999}",
                "{\"state\":\"partial\",\"delivered\":\"2\"}",
                "{\"state\":\"failed\",\"scope\":\"galaxy\"}",
                "{\"state\":\"failed\",\"reason\":{}}",
                "{\"state\":\"success\",\"proof\":\"p"
            })
    void a_body_that_is_not_exactly_the_protocol_is_unknown_and_is_not_quoted(String body) throws Exception {
        Answer answer = dispatch(200, body);

        assertThat(answer).isInstanceOf(Answer.Unknown.class);
        assertThat(((Answer.Unknown) answer).reason())
                .startsWith("status 200, unreadable: ")
                .doesNotContain("AAAA");
        assertThat(query(200, body)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void deeply_nested_json_is_unknown() throws Exception {
        assertThat(dispatch(200, "{\"more\":" + "[".repeat(200_000))).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 301, 302, 307, 308, 400, 401, 429, 500, 503})
    void other_statuses_are_unknown_and_named(int status) throws Exception {
        String body = status == 204 ? "" : "sorry 13800000000";

        Answer answer = dispatch(status, body);

        assertThat(answer).isInstanceOf(Answer.Unknown.class);
        assertThat(((Answer.Unknown) answer).reason())
                .contains("status " + status)
                .doesNotContain("13800000000");
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        try (ScriptedServer other = ScriptedServer.thatAnswers(200, "{\"state\":\"success\",\"proof\":\"p\"}");
                ScriptedServer server = ScriptedServer.that(ScriptedServer.raw(
                        "HTTP/1.1 307 X\r\nLocation: " + other.url() + "/orders\r\nContent-Length: 0\r\n\r\n"))) {
            HttpSupplier supplier = Samples.supplier(server.url());

            assertThat(supplier.dispatch(Samples.request(), Samples.soon()))
                    .isEqualTo(new Answer.Unknown("status 307"));
            assertThat(supplier.query(Samples.REFERENCE)).isEqualTo(new Answer.Unknown("status 307"));
            assertThat(other.connections).isEmpty();
        }
    }

    @Test
    void a_reason_that_quotes_the_recipient_is_kept_without_it() throws Exception {
        assertThat(dispatch(200, "{\"state\":\"failed\",\"reason\":\"no phone 13800000000\\nhere\"}"))
                .isEqualTo(new Answer.Declined(Scope.ORDER, "no phone (recipient) here"));
    }

    @Test
    void texts_of_the_supplier_are_cut_between_characters() throws Exception {
        String reason = "x".repeat(ProtocolAnswer.REASON_LIMIT - 1) + "😀";

        assertThat(dispatch(200, "{\"state\":\"failed\",\"reason\":\"" + reason + "\"}"))
                .isEqualTo(new Answer.Declined(Scope.ORDER, "x".repeat(ProtocolAnswer.REASON_LIMIT - 1)));
    }

    @Test
    void a_body_of_a_mebibyte_is_read_and_a_byte_more_is_not() throws Exception {
        String frame = "{\"state\":\"processing\",\"more\":\"\"}";
        String fits = frame.replace("\"\"", "\"" + "x".repeat(Exchange.BODY_LIMIT_BYTES - frame.length()) + "\"");

        assertThat(dispatch(200, fits)).isEqualTo(new Answer.Accepted(null, null));
        assertThat(dispatch(200, fits + " ")).isEqualTo(new Answer.Unknown("POST: answer longer than 1048576 bytes"));
    }
}
