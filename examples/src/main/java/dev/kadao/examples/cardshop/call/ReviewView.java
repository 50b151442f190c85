package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.desk.Desk;
import dev.kadao.desk.Page;
import dev.kadao.desk.ReviewItem;
import dev.kadao.examples.cardshop.http.Paging;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.insight.Ratings;
import dev.kadao.insight.Ratings.Rating;
import dev.kadao.order.InvalidValueException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What buyers said, as JSON: to anybody without a word of whose order it was, to the desk with its order and its time. */
final class ReviewView {
    private static final String LIST = "reviews";
    private static final int SHOWN_AT_FIRST = 5;

    private final Desk desk;

    ReviewView(Desk desk) {
        this.desk = desk;
    }

    /** The latest ones, with what all of them come to. */
    ObjectNode latest(Ratings ratings) {
        Page<ReviewItem> page = desk.reviews(Optional.empty(), Optional.empty(), SHOWN_AT_FIRST);
        ObjectNode json = rating(ratings.all());
        ArrayNode items = json.putArray("items");
        page.items().forEach(item -> items.add(openly(item)));
        Paging paging = new Paging(LIST, Optional.empty(), SHOWN_AT_FIRST);
        return json.put("next", page.next() == null ? null : paging.placeAfter(page.next()));
    }

    /** A page for anybody, or one for the desk. */
    Response page(Request request, boolean forDesk) {
        Paging paging = Paging.of(request, LIST);
        Page<ReviewItem> page = read(request.query("sku"), paging);
        List<ObjectNode> items = page.items().stream()
                .map(item -> forDesk ? wholly(item) : openly(item))
                .toList();
        return paging.page(items, page.next());
    }

    private Page<ReviewItem> read(Optional<String> sku, Paging paging) {
        try {
            return desk.reviews(sku, paging.after(), paging.limit());
        } catch (InvalidValueException e) {
            throw Problem.badRequest("'after' must be the 'next' of an earlier page of reviews, unchanged.");
        }
    }

    static ObjectNode rating(Rating rating) {
        ObjectNode json = StrictJson.object();
        json.put("count", rating.count());
        json.put("average", rating.average().orElse(null));
        ArrayNode byStars = json.putArray("byStars");
        rating.byStars().forEach(byStars::add);
        return json;
    }

    /** Its day alone: with the moment of it, an order could be told from another. */
    private static ObjectNode openly(ReviewItem item) {
        return StrictJson.object()
                .put("sku", item.sku())
                .put("stars", item.stars())
                .put("text", item.text().orElse(null))
                .put("day", LocalDate.ofInstant(item.at(), ZoneOffset.UTC).toString())
                .put("refunded", item.refunded());
    }

    private static ObjectNode wholly(ReviewItem item) {
        return openly(item)
                .put("order", item.order().toString())
                .put("at", item.at().toString());
    }
}
