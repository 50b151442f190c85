package dev.kadao.examples.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything the shop ever answered to a client, but for the answers that are there to show keys. */
final class Transcript {
    private final List<Reply> replies = new CopyOnWriteArrayList<>();

    void add(Reply reply) {
        if (!isReveal(reply)) {
            replies.add(reply);
        }
    }

    List<Reply> replies() {
        return replies;
    }

    private static boolean isReveal(Reply reply) {
        return reply.call().endsWith("/reveal") && reply.status() == 200;
    }
}
