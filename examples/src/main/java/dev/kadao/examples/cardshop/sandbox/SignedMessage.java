package dev.kadao.examples.cardshop.sandbox;

import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.order.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A message that came in, as its sender signed it: the two headers and the body's very bytes. */
public final class SignedMessage {
    private final Optional<String> timestamp;
    private final Optional<String> signature;
    private final byte[] body;

    private SignedMessage(Optional<String> timestamp, Optional<String> signature, byte[] body) {
        this.timestamp = timestamp;
        this.signature = signature;
        this.body = body;
    }

    public static SignedMessage of(Request request) {
        return of(
                request.header(Signature.TIMESTAMP_HEADER), request.header(Signature.SIGNATURE_HEADER), request.body());
    }

    /** From the two headers, empty where they are missing, and the body. */
    public static SignedMessage of(Optional<String> timestamp, Optional<String> signature, byte[] body) {
        return new SignedMessage(timestamp, signature, body.clone());
    }

    /** The two headers that sign this body now. */
    public static Map<String, String> headers(Secret secret, Instant now, byte[] body) {
        Signature signature = Signature.of(secret.expose(), now, body);
        return Map.of(
                Signature.TIMESTAMP_HEADER, signature.timestamp(), Signature.SIGNATURE_HEADER, signature.signature());
    }

    public boolean isSignedWith(Secret secret, Instant now) {
        return Signature.isGood(secret.expose(), timestamp, signature, body, now);
    }

    public byte[] body() {
        return body.clone();
    }
}
