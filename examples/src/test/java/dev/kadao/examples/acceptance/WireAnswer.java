package dev.kadao.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;

/** What a fake does on the wire with one request: answer it, hold it back, or drop the connection. */
record WireAnswer(Kind kind, int status, String body) {
    enum Kind {
        REPLY,
        HOLD,
        DROP
    }

    static WireAnswer reply(JsonNode body) {
        return new WireAnswer(Kind.REPLY, 200, body.toString());
    }

    static WireAnswer status(int status) {
        return new WireAnswer(Kind.REPLY, status, "{}");
    }

    static WireAnswer unreadable() {
        return new WireAnswer(Kind.REPLY, 200, "<html>the wrong page</html>");
    }

    /** No answer until the caller has given up. */
    static WireAnswer hold() {
        return new WireAnswer(Kind.HOLD, 0, "");
    }

    /** The connection is closed without an answer. */
    static WireAnswer drop() {
        return new WireAnswer(Kind.DROP, 0, "");
    }
}
