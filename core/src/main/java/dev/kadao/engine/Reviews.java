package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.engine.Reads.Found;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Snapshot;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists reviews, the latest day first. Strangers page through them, so that the place where a page begins names no order: it is
 * a time, and how many reviews of that time came before.
 */
final class Reviews {
    private static final CheckoutId BEFORE_ALL_IDS = new CheckoutId("000");
    private static final Pattern PLACE = Pattern.compile("([0-9]{17})\\.([0-9]{1,4})");
    private static final int LENGTH_OF_TIME = 17;

    private final CheckoutStore store;
    private final Function<CheckoutId, Optional<Snapshot>> checkouts;

    Reviews(CheckoutStore store, Function<CheckoutId, Optional<Snapshot>> checkouts) {
        this.store = store;
        this.checkouts = checkouts;
    }

    /**
     * @param after what was {@code next} before; null for the first page
     */
    Reads.Listed page(@Nullable String sku, @Nullable String after, int limit) {
        String prefix = sku == null ? "" : Codec.reviewsOf(sku);
        String kind = sku == null ? "review" : "review-of";
        String time = "";
        int before = 0;
        if (after != null) {
            Matcher place = PLACE.matcher(after);
            if (!place.matches()) {
                throw new InvalidValueException("'" + after + "' is no place in a list of reviews that a page gave");
            }
            time = place.group(1);
            before = Integer.parseInt(place.group(2));
        }
        // Of that very time all are read again, and as many as were shown are left out.
        IndexHit start = after == null ? null : new IndexHit(prefix + time, BEFORE_ALL_IDS, 0);
        int wanted = before + limit + 1;
        List<IndexHit> hits = store.view(view -> view.find(new IndexQuery(kind, prefix, true, start, wanted)));
        List<IndexHit> shown = hits.stream().skip(before).limit(limit).toList();
        List<Found> found = new ArrayList<>();
        for (IndexHit hit : shown) {
            checkouts.apply(hit.checkout()).ifPresent(snapshot -> found.add(new Found(hit, snapshot)));
        }
        return new Reads.Listed(found, hits.size() < wanted ? null : place(hits.subList(0, wanted - 1)));
    }

    private static String place(List<IndexHit> read) {
        String last = read.get(read.size() - 1).value();
        long sameTime = read.stream().filter(hit -> hit.value().equals(last)).count();
        return last.substring(last.length() - LENGTH_OF_TIME) + "." + sameTime;
    }
}
