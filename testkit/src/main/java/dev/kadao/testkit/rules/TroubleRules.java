package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.Dispatcher.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a dispatcher makes of a supplier that is out of order. The supplier may have handed over all the same, so nothing
 * but {@link Answer.Unknown} is true: a "no" would be refunded, and "not sent" would be sent again.
 */
public interface TroubleRules {
    TroubleBench trouble();

    @Test
    default void a_refused_connection_is_not_sent_and_says_nothing_about_an_order_that_is_asked_about()
            throws IOException {
        try (Socket deaf = RudePeer.deaf()) {
            URI address = RudePeer.at(deaf.getLocalPort());
            assertThat(trouble().sentTo(address, Duration.ofSeconds(20)))
                    .isInstanceOfAny(Answer.NotSent.class, Answer.Unknown.class);
            assertUnknown("asked at a refused connection", trouble().askedOf(address, Duration.ofSeconds(20)));
        }
    }

    @Test
    default void a_server_that_fails_leaves_the_outcome_unknown() {
        for (int status : List.of(409, 500, 502, 503, 504)) {
            RudePeer.Manner failing = RudePeer.answering(status, "<html>out of order</html>");
            assertUnknown("sent, status " + status, Optional.of(trouble().sentTo(failing)));
            assertUnknown("asked, status " + status, trouble().askedOf(failing));
        }
    }

    @Test
    default void a_reply_in_no_form_of_the_supplier_leaves_the_outcome_unknown() {
        String cut = "{\"code\":0,\"state\":\"suc";
        for (String body : List.of("", "{}", "[]", cut, "<html>welcome</html>", "\u0000\u0001\uffff")) {
            RudePeer.Manner talking = RudePeer.answering(200, body);
            assertUnknown("sent, answered '" + body + "'", Optional.of(trouble().sentTo(talking)));
            assertUnknown("asked, answered '" + body + "'", trouble().askedOf(talking));
        }
    }

    @Test
    default void a_lost_reply_leaves_the_outcome_unknown_and_the_order_is_sent_once() {
        for (RudePeer.Manner losing : List.of(RudePeer.hangingUp(), RudePeer.resetting())) {
            assertUnknown("sent, no reply", Optional.of(trouble().sentTo(losing)));
            assertUnknown("asked, no reply", trouble().askedOf(losing));
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    default void silence_and_a_reply_without_end_are_unknown_once_the_call_limit_is_over() {
        Duration limit = Duration.ofSeconds(1);
        for (RudePeer.Manner slow : List.of(RudePeer.silent(), RudePeer.trickling())) {
            assertUnknown("sent, no end", Optional.of(trouble().sentTo(slow, limit)));
            assertUnknown("asked, no end", trouble().askedOf(slow, limit));
        }
    }

    @Test
    default void a_redirect_is_not_followed() {
        for (int status : List.of(302, 307, 308)) {
            assertUnknown(
                    "sent, redirected with " + status, Optional.of(trouble().sentTo(RudePeer.redirecting(status))));
        }
    }

    @Test
    default void what_is_turned_away_on_the_door_is_never_success_nor_not_sent_nor_not_found() {
        for (int status : List.of(400, 401, 403, 404, 422, 429)) {
            RudePeer.Manner turningAway = RudePeer.answering(status, "<html>no</html>");
            assertThat(trouble().sentTo(turningAway))
                    .as("sent, status %d", status)
                    .isInstanceOfAny(Answer.Unknown.class, Answer.Declined.class);
            trouble()
                    .askedOf(turningAway)
                    .ifPresent(answer -> assertThat(answer)
                            .as("asked, status %d", status)
                            .isInstanceOfAny(Answer.Unknown.class, Answer.NotFound.class));
        }
    }

    @Test
    default void an_answer_quotes_no_recipient_whatever_the_supplier_quotes() {
        for (int status : List.of(200, 400, 422, 500)) {
            Answer answer = trouble().sentTo(RudePeer.quoting(status));
            assertThat(answer.toString())
                    .as("status %d", status)
                    .doesNotContain(trouble().order().recipient());
        }
    }

    private static void assertUnknown(String what, Optional<Answer> answer) {
        answer.ifPresent(given -> assertThat(given).as(what).isInstanceOf(Answer.Unknown.class));
    }
}
