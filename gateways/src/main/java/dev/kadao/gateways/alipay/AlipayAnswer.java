package dev.kadao.gateways.alipay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.kadao.gateways.shared.Rsa;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Alipay's gateway answered, its signature verified.
 *
 * @param code {@code 10000} done, {@code 40004} refused by the business with a reason in {@code subCode}, {@code 20000}
 *     not available; the others concern the request's form
 */
record AlipayAnswer(String code, String subCode, StrictJson members) {
    private static final String DONE = "10000";
    private static final String REFUSED = "40004";
    private static final String NO_TRADE = "ACQ.TRADE_NOT_EXIST";
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z._-]{1,64}");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The source text of the object that is signed, and its signature. */
    record Signed(String source, String sign) {}

    /**
     * Reads the answer to a method. Alipay signs the text of the member {@code <method>_response} as it stands in the
     * body, braces included; it is taken from there and never written anew. An answer without that member
     * ({@code error_response}) or without a signature of Alipay is none.
     *
     * @param method such as {@code alipay.trade.query}
     */
    static AlipayAnswer read(byte[] body, String method, PublicKey alipayKey) throws UnreadableException {
        Signed signed = signed(decoded(body), method.replace('.', '_') + "_response");
        if (!isSigned(signed, alipayKey)) {
            throw new UnreadableException("the answer's signature is not Alipay's");
        }
        StrictJson members = StrictJson.read(signed.source().getBytes(StandardCharsets.UTF_8));
        String code = members.text("code").orElseThrow(() -> new UnreadableException("member 'code' is missing"));
        return new AlipayAnswer(
                shown(code), members.text("sub_code").map(AlipayAnswer::shown).orElse(""), members);
    }

    private static String decoded(byte[] body) throws UnreadableException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException("the answer is not UTF-8");
        }
    }

    /** Finds the object of that name and its signature, in a body that holds nothing twice and nothing behind. */
    static Signed signed(String body, String name) throws UnreadableException {
        String source = null;
        String sign = null;
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableException("the answer is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                JsonToken value = json.nextToken();
                if (member.equals(name) && value == JsonToken.START_OBJECT) {
                    source = object(json, body);
                } else if (member.equals("sign") && value == JsonToken.VALUE_STRING) {
                    sign = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new UnreadableException("something stands behind the answer");
            }
        } catch (IOException e) {
            throw new UnreadableException("the answer is no strict JSON");
        }
        if (source == null) {
            throw new UnreadableException("the answer has no '" + name + "'" + complaint(body));
        }
        if (sign == null) {
            throw new UnreadableException("the answer is not signed");
        }
        return new Signed(source, sign);
    }

    private static String object(JsonParser json, String body) throws IOException {
        int from = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        int last = (int) json.currentTokenLocation().getCharOffset();
        return body.substring(from, last + 1);
    }

    // What the gateway itself refuses (an unknown app, a wrong signature of ours) has no other place; it is not
    // verified, and told for the operator only.
    private static String complaint(String body) throws UnreadableException {
        Optional<StrictJson> error =
                StrictJson.read(body.getBytes(StandardCharsets.UTF_8)).object("error_response");
        if (error.isEmpty()) {
            return "";
        }
        String code = shown(error.get().text("code").orElse("?"));
        return ", but error_response " + code + " "
                + shown(error.get().text("sub_code").orElse("?"));
    }

    // Alipay escapes slashes in some answers ("https:\/\/qr.alipay.com") and signs them unescaped: the official SDK
    // tries
    // both (AbstractAlipayClient.checkResponseSign).
    private static boolean isSigned(Signed signed, PublicKey alipayKey) {
        String source = signed.source();
        if (Rsa.isSigned(alipayKey, source.getBytes(StandardCharsets.UTF_8), signed.sign())) {
            return true;
        }
        String plain = source.replace("\\/", "/");
        return !plain.equals(source) && Rsa.isSigned(alipayKey, plain.getBytes(StandardCharsets.UTF_8), signed.sign());
    }

    private static String shown(String code) {
        return CODE.matcher(code).matches() ? code : "(unreadable code)";
    }

    boolean isDone() {
        return code.equals(DONE);
    }

    /** Whether the business itself said no, with this reason. */
    boolean isRefused(String reason) {
        return code.equals(REFUSED) && subCode.equals(reason);
    }

    boolean isRefused(Set<String> reasons) {
        return code.equals(REFUSED) && reasons.contains(subCode);
    }

    /** Whether Alipay has no trade of this reference: nobody has scanned its code (yet). */
    boolean hasNoTrade() {
        // The document of the refund query lists it without its prefix as well.
        return isRefused(NO_TRADE) || isRefused("TRADE_NOT_EXIST");
    }

    /** Code and reason, for people. */
    String words() {
        return subCode.isEmpty() ? code : code + " " + subCode;
    }

    /** Whether a text member says just that; one that is missing does not. */
    boolean says(String member, String expected) throws UnreadableException {
        return members.text(member).equals(Optional.of(expected));
    }
}
