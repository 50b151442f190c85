package dev.kadao.gateways.stripe;

import dev.kadao.gateways.stripe.StripeApi.Done;
import dev.kadao.gateways.stripe.StripeApi.Failed;
import dev.kadao.gateways.stripe.StripeApi.Reply;
import dev.kadao.wire.StrictJson;
import dev.kadao.wire.UnreadableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for one object in a list of Stripe's, page by page, newest first (docs.stripe.com/api/pagination). */
final class Pages {
    /** Stripe gives a hundred at most; half of that stays well below the most that is read of one answer. */
    static final int SIZE = 50;

    private Pages() {}

    /** What came of looking. */
    sealed interface Walk<T> {}

    record Found<T>(T object) implements Walk<T> {}

    /** The list was read to its end, and it is not there. */
    record End<T>() implements Walk<T> {}

    /** Not on as many pages as are looked at; there are more. */
    record Beyond<T>() implements Walk<T> {}

    record Unclear<T>(String why) implements Walk<T> {}

    /** What is looked for. */
    interface Pick<T> {
        Optional<T> among(List<StrictJson> page) throws UnreadableException;
    }

    static <T> Walk<T> through(
            StripeApi.Call call, String path, Map<String, String> filter, int mostPages, Pick<T> pick) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("limit", String.valueOf(SIZE));
        for (int page = 0; page < mostPages; page++) {
            Reply reply = call.get(path, query);
            if (reply instanceof Failed failed) {
                return new Unclear<>(failed.why());
            }
            try {
                StrictJson list = ((Done) reply).json();
                List<StrictJson> objects = list.objects("data");
                Optional<T> picked = pick.among(objects);
                if (picked.isPresent()) {
                    return new Found<>(picked.get());
                }
                if (!list.flag("has_more").orElseThrow(() -> new UnreadableException("'has_more' is missing"))) {
                    return new End<>();
                }
                if (objects.isEmpty()) {
                    throw new UnreadableException("an empty page has more behind it");
                }
                query.put("starting_after", Ids.required(objects.get(objects.size() - 1), "id"));
            } catch (UnreadableException e) {
                return new Unclear<>("GET " + path + ": " + e.getMessage());
            }
        }
        return new Beyond<>();
    }
}
