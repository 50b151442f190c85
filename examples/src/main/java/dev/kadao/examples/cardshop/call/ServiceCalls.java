package dev.kadao.examples.cardshop.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kadao.desk.Desk;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.StrictJson;
import dev.kadao.insight.OpenOrders;
import dev.kadao.insight.Ratings;
import dev.kadao.insight.Ratings.Rating;
import dev.kadao.insight.RecentTimes.Quantiles;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.insight.ServiceStatistics.Figures;
import dev.kadao.insight.ShopProfile;
import dev.kadao.support.Support;
import dev.kadao.support.SupportShare;
import dev.kadao.support.UnrecordedQuestions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** How the shop serves its buyers: all of it for the desk, and what anybody may know. */
final class ServiceCalls {
    private static final int DAYS = 30;
    private static final int SHOWN_EXACTLY = 100;
    private static final Figures NOTHING = new Figures(0, 0, 0, 0, 0, 0, Optional.empty());

    private final Desk desk;
    private final Support support;
    private final ShopConfig config;
    private final InstantSource clock;
    private final ReviewView reviews;

    ServiceCalls(Desk desk, Support support, ShopConfig config, InstantSource clock) {
        this.desk = desk;
        this.support = support;
        this.config = config;
        this.clock = clock;
        this.reviews = new ReviewView(desk);
    }

    /** The last 30 days, today included. Where nothing was delivered: a share of 1 and times of 0; no open order: age 0. */
    Response stats() {
        ServiceStatistics service = lately();
        OpenOrders open = desk.openOrders();
        ObjectNode answer = StrictJson.object();
        answer.put("onTimeShare", service.all().onTimeShare().orElse(1.0));
        Optional<Quantiles> times = service.all().paidToDelivered();
        answer.put("p50", times.map(Quantiles::p50).map(ServiceCalls::seconds).orElse(0.0));
        answer.put("p95", times.map(Quantiles::p95).map(ServiceCalls::seconds).orElse(0.0));
        ObjectNode byStage = answer.putObject("openByStage");
        open.byStage().forEach((stage, count) -> byStage.put(stage.name(), count));
        answer.put("oldestOpenAge", open.oldestAge().map(ServiceCalls::seconds).orElse(0.0));
        answer.put("from", service.from().toString()).put("to", service.to().toString());
        putCounts(answer, service.all());
        putEach(answer.putObject("bySku"), service.bySku());
        putEach(answer.putObject("bySupplier"), service.bySupplier());
        putEach(answer.putObject("byDay"), service.byDay());
        answer.set("fromStock", figures(service.fromStock()));
        answer.set("support", asked(service));
        return Response.json(200, answer);
    }

    /** Of orders that were asked about on these days; and apart from them, since the start, what no order remembers. */
    private ObjectNode asked(ServiceStatistics service) {
        SupportShare share = support.share(
                service.from().atStartOfDay(ZoneOffset.UTC).toInstant(),
                service.to().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        UnrecordedQuestions apart = support.unrecorded();
        ObjectNode json = StrictJson.object();
        json.put("settledShare", share.settledShare())
                .put("settled", share.settled())
                .put("handedOver", share.handedOver())
                .put("questions", share.questions());
        json.putObject("unrecordedSinceStart")
                .put("told", apart.told())
                .put("noOrder", apart.noOrder())
                .put("whichOrder", apart.whichOrder())
                .put("noProof", apart.noProof())
                .put("notStored", apart.notStored());
        return json;
    }

    /** What anybody may know: who runs the shop, and how it delivered in the last 30 days what it sells now. */
    Response trust() {
        ServiceStatistics service = lately();
        ObjectNode answer = StrictJson.object();
        Optional<ShopProfile> profile = config.profile();
        if (profile.isPresent()) {
            ShopProfile shop = profile.get();
            answer.putObject("shop")
                    .put("name", shop.name())
                    .put("licence", shop.licence().orElse(null))
                    .put("icp", shop.icp().orElse(null))
                    .put("support", shop.support().orElse(null));
        } else {
            answer.putNull("shop");
        }
        answer.put("from", service.from().toString()).put("to", service.to().toString());
        answer.set("service", openly(service.all()));
        ArrayNode skus = answer.putArray("skus");
        Ratings ratings = desk.ratings();
        for (String sku : config.skus().keySet()) {
            Figures figures = service.bySku().get(sku);
            Rating rating = ratings.bySku().get(sku);
            if (figures != null || rating != null) {
                ObjectNode one = skus.addObject().put("sku", sku);
                one.setAll(openly(figures == null ? NOTHING : figures));
                one.set("rating", ReviewView.rating(rating == null ? Rating.NONE : rating));
            }
        }
        answer.set("reviews", reviews.latest(ratings));
        return Response.json(200, answer);
    }

    /** What buyers said of completed orders, page by page. */
    Response reviews(Request request) {
        return reviews.page(request, false);
    }

    Response deskReviews(Request request) {
        return reviews.page(request, true);
    }

    private ServiceStatistics lately() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return desk.statistics(today.minusDays(DAYS - 1), today);
    }

    private static void putEach(ObjectNode json, Map<?, Figures> each) {
        each.forEach((key, figures) -> json.set(key.toString(), figures(figures)));
    }

    private static ObjectNode figures(Figures figures) {
        ObjectNode json = StrictJson.object();
        putTimes(json, figures);
        putCounts(json, figures);
        return json;
    }

    private static void putTimes(ObjectNode json, Figures figures) {
        Optional<Quantiles> times = figures.paidToDelivered();
        json.put("onTimeShare", figures.onTimeShare().orElse(null));
        json.put("p50", times.map(Quantiles::p50).map(ServiceCalls::seconds).orElse(null));
        json.put("p95", times.map(Quantiles::p95).map(ServiceCalls::seconds).orElse(null));
    }

    private static void putCounts(ObjectNode json, Figures figures) {
        json.put("delivered", figures.delivered())
                .put("refunded", figures.refunded())
                .put("refundedUndelivered", figures.refundedUndelivered())
                .put("disputed", figures.disputed())
                .put("byHand", figures.byHand());
    }

    private static ObjectNode openly(Figures figures) {
        ObjectNode json = StrictJson.object();
        putTimes(json, figures);
        json.put("delivered", rounded(figures.delivered()));
        json.put(
                "refundedShare",
                figures.refundedShare().map(ServiceCalls::rounded).orElse(null));
        json.put(
                "disputedShare",
                figures.disputedShare().map(ServiceCalls::rounded).orElse(null));
        return json;
    }

    /** From a hundred on two digits, cut off: "more than 1200" gives no competitor the day's sales. */
    private static long rounded(long count) {
        long step = 1;
        while (count / step >= SHOWN_EXACTLY) {
            step *= 10;
        }
        return count / step * step;
    }

    private static Double rounded(double share) {
        return Math.round(share * 1_000) / 1_000.0;
    }

    private static Double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
