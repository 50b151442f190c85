package dev.kadao.gateways.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.internal.util.AlipaySignature;
import dev.kadao.wire.UnreadableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that is signed is found as it stands, wherever braces and quotes stand in it. */
class AlipayAnswerTest {
    private static final String METHOD = "alipay.trade.create";
    private static final String NODE = "alipay_trade_create_response";

    private static String body(String object) {
        return "{\"" + NODE + "\":" + object + ",\"sign\":\"TS355N0QjK1r9A==\"}";
    }

    /** The inputs of AlipaySignatureTest in alipay-sdk-java-all, without what repeats. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"20150320010101001\"}",
                "{\"code\":\"10000\",\"nested\":{\"a\":1,\"b\":\"2\"},\"trade_no\":\"2019062322001446881000041395\"}",
                "{\"code\":\"10000\",\"nested\":{\"a\":1,\"b\":\"2\",\"array\":[\"1\",\"2\",\"3\"]},\"trade_no\":\"1\"}",
                "{\"nested\":{\"array\":[\"1\",\"2\",\"3\"]},\"out_trade_no\":\"201{5}0320010101001{}\"}",
                "{\"nested\":{\"array\":[\"1\",\"2\",\"3\"]},\"out_{trade}_{no}\":\"201{5}0320010101001{}\"}",
                "{\"code\":\"100}00\",\"msg\":\"Suc}cess\",\"nested\":{\"array\":[\"{1\",\"2\"]},\"trade_no\":\"2019062{32\"}",
                "{\"co{de\":\"100}00\",\"ms}g\":\"Suc}cess\",\"ne{sted\":{\"a\":1},\"{out_{trade}_{no}\":\"201{5}032{}\"}",
                "{\"ms}g\":\"Suc\\\"}cess\",\"ne{sted\":{\"array\":[\"\\\"{1\",\"2\"]},\"trade_no}\":\"20\\\"19062{32\"}",
                "{\"code\":\"10000\\\\\",         \"\\\\out_trade_no\\\\\": \"\\\\\\\\20150320010101001\\\\\\\\\",   \"a\": 1     }"
            })
    void the_text_that_is_signed_is_the_one_that_the_official_sdk_takes(String object) throws Exception {
        String body = body(object);

        assertThat(AlipayAnswer.signed(body, NODE).source())
                .isEqualTo(object)
                .isEqualTo(AlipaySignature.extractSignContent(body, NODE.length() + 4)
                        .getSourceData());
    }

    @Test
    void the_place_of_the_members_and_the_blanks_between_them_do_not_matter() throws Exception {
        String object = "{ \"code\" : \"10000\",\n \"msg\":\"流水 😀 \\u007b\" }";
        String sign = AlipaySamples.answer(METHOD, object).replaceFirst("(?s).*\"sign\":\"([^\"]*)\"}", "$1");
        String body =
                " {\"alipay_cert_sn\":\"421f\", \"sign\" :\"" + sign + "\" ,\n \"" + NODE + "\" : " + object + "} \n";

        assertThat(read(body).words()).isEqualTo("10000");
    }

    @Test
    void a_long_answer_is_found_beyond_the_readers_first_buffer() throws Exception {
        String object = "{\"code\":\"10000\",\"a\":\"" + "流😀".repeat(60_000) + "\"}";
        String body = AlipaySamples.answer(METHOD, object)
                .replaceFirst("\\{", "{\"before\":[{\"a\":\"}\"}," + "1,".repeat(20_000) + "2],");

        assertThat(read(body).words()).isEqualTo("10000");
    }

    @Test
    void slashes_may_be_sent_escaped_and_signed_plain_or_as_they_are_sent() throws Exception {
        String plain = "{\"code\":\"10000\",\"qr_code\":\"https://qr.alipay.com/x\"}";
        String escaped = plain.replace("/", "\\/");

        String signedPlain = AlipaySamples.answer(METHOD, plain).replace(plain, escaped);
        assertThat(read(signedPlain).members().text("qr_code")).hasValue("https://qr.alipay.com/x");
        String signedEscaped = AlipaySamples.answer(METHOD, escaped);
        assertThat(read(signedEscaped).members().text("qr_code")).hasValue("https://qr.alipay.com/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alipay_trade_create_response\":{},\"alipay_trade_create_response\":{},\"sign\":\"a\"}",
                "{\"alipay_trade_create_response\":{},\"sign\":\"a\",\"sign\":\"a\"}",
                "{\"alipay_trade_create_response\":{},\"sign\":\"a\"}{}",
                "{\"alipay_trade_create_response\":{},\"sign\":\"a\"",
                "{\"alipay_trade_create_response\":{},\"sign\":[\"a\"]}",
                "{\"alipay_trade_create_response\":[{}],\"sign\":\"a\"}",
                "{\"alipay_trade_create_response\":\"eyJjb2RlIjoiMTAwMDAifQ==\",\"sign\":\"a\"}",
                "{\"a\":{\"alipay_trade_create_response\":{},\"sign\":\"a\"}}",
                "{\"sign\":\"a\"}",
                "[\"alipay_trade_create_response\",{}]",
                "\"alipay_trade_create_response\":{},\"sign\":\"a\"",
                ""
            })
    void a_body_of_another_form_is_no_answer(String body) {
        assertThatThrownBy(() -> AlipayAnswer.signed(body, NODE)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_no_answer() {
        assertThatThrownBy(() ->
                        AlipayAnswer.read(new byte[] {'{', (byte) 0xff, '}'}, METHOD, AlipaySamples.ALIPAY.getPublic()))
                .isInstanceOf(UnreadableException.class);
    }

    private static AlipayAnswer read(String body) throws UnreadableException {
        return AlipayAnswer.read(body.getBytes(StandardCharsets.UTF_8), METHOD, AlipaySamples.ALIPAY.getPublic());
    }
}
