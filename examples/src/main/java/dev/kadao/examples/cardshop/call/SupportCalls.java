package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.Fulfillment;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.order.OrderId;
import dev.kadao.support.SupportAnswer;
import dev.kadao.support.SupportQuestion;
import java.util.Locale;

/** Buyers who ask in their own words. The pick-up token may come with the question; without it nothing is done. */
final class SupportCalls {
    private final Fulfillment library;
    private final OrderView view;

    SupportCalls(Fulfillment library) {
        this.library = library;
        this.view = new OrderView(library);
    }

    Response ask(AskSupport asked, Caller caller) {
        SupportQuestion question =
                SupportQuestion.of(asked.words(), caller.language().locale());
        if (asked.number().isPresent()) {
            question = question.about(asked.number().get());
        }
        if (caller.token().isPresent()) {
            question = question.with(caller.token().get());
        }
        SupportAnswer given = library.support().ask(question);
        ObjectNode answer = StrictJson.object();
        answer.put("text", given.text());
        answer.put("settled", given.settled());
        answer.put("intent", word(given.intent()));
        answer.put("need", word(given.need()));
        ArrayNode did = answer.putArray("did");
        given.did().forEach(did::add);
        ArrayNode orders = answer.putArray("orders");
        given.orders().forEach(order -> orders.add(order.toString()));
        if (given.diagnosis().isPresent()) {
            OrderId order = given.orders().get(0);
            library.checkout(order.checkout())
                    .ifPresent(read -> answer.set("diagnosis", view.diagnosis(order, read, caller.language())));
        }
        return Response.json(200, answer);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
