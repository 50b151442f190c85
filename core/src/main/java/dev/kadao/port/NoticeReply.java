package dev.kadao.port;

import dev.kadao.order.Bytes;

/** What to answer over HTTP: status, content type and body, in exactly the words the other side expects. */
public record NoticeReply(int status, String contentType, Bytes body) {
    public static NoticeReply text(int status, String body) {
        return new NoticeReply(status, "text/plain; charset=utf-8", Bytes.utf8(body));
    }
}
