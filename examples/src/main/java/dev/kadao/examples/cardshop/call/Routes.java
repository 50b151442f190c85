package dev.kadao.examples.cardshop.call;

import dev.kadao.Fulfillment;
import dev.kadao.desk.DeskAct;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.http.Bearer;
import dev.kadao.examples.cardshop.http.Handler;
import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Quoted;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.jdbc.JdbcKeyInventory;
import dev.kadao.order.Secret;
import dev.kadao.port.StoreException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which call answers at which path, and what every call has checked before it. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Router router;
    private final ShopConfig config;
    private final Secret adminToken;

    private Routes(Router router, ShopConfig config, Secret adminToken) {
        this.router = router;
        this.config = config;
        this.adminToken = adminToken;
    }

    /** Adds all calls of the shop, answered by the library. */
    public static void add(
            Router router,
            ShopConfig config,
            Secret adminToken,
            Fulfillment library,
            JdbcKeyInventory inventory,
            InstantSource clock) {
        Routes routes = new Routes(router, config, adminToken);
        DeskCalls desk = new DeskCalls(library, inventory, config, clock);
        routes.addBuyers(new BuyerCalls(library, new Catalogue(config)));
        routes.addSupport(new SupportCalls(library));
        routes.addNotices(new NoticeCalls(library, clock));
        routes.addDesk(desk);
        routes.addService(new ServiceCalls(library.desk(), library.support(), config, clock));
        routes.add("GET", "/healthz", request -> desk.health());
    }

    /** Reads throw when the database does not answer; what the library writes is answered "busy" then. */
    private Routes add(String method, String path, Handler handler) {
        router.add(method, path, request -> {
            try {
                return handler.answer(request);
            } catch (StoreException e) {
                LOG.warn("{} {} failed: {}", method, path, e.getMessage());
                throw new Problem(503, "The shop's database does not answer; try again in a moment.");
            }
        });
        return this;
    }

    private void addBuyers(BuyerCalls buyers) {
        add(
                        "POST",
                        "/api/checkouts",
                        request -> buyers.place(PlaceCheckout.read(request.json(), request.senderAddress())))
                .add(
                        "POST",
                        "/api/checkouts/{id}/payments",
                        request -> buyers.openPayment(
                                request.path("id"), caller(request), () -> OpenPayment.read(request.json())))
                .add("GET", "/api/orders/{id}", request -> buyers.order(request.path("id"), caller(request)))
                .add(
                        "GET",
                        "/api/orders/{id}/diagnosis",
                        request -> buyers.diagnosis(request.path("id"), caller(request)))
                .add("POST", "/api/orders/{id}/reveal", request -> buyers.reveal(request.path("id"), caller(request)))
                .add("POST", "/api/orders/{id}/confirm", act(buyers, BuyerAct.Kind.CONFIRM))
                .add("POST", "/api/orders/{id}/complain", act(buyers, BuyerAct.Kind.COMPLAIN))
                .add("POST", "/api/orders/{id}/dispute", act(buyers, BuyerAct.Kind.DISPUTE))
                .add(
                        "POST",
                        "/api/orders/{id}/review",
                        request -> buyers.review(
                                request.path("id"), caller(request), () -> GiveReview.read(request.json())));
    }

    private void addSupport(SupportCalls support) {
        add("POST", "/api/support", request -> support.ask(AskSupport.read(request.json()), caller(request)));
    }

    private Handler act(BuyerCalls buyers, BuyerAct.Kind kind) {
        return request ->
                buyers.act(request.path("id"), caller(request), () -> BuyerAct.read(kind, request.jsonOrNothing()));
    }

    private void addNotices(NoticeCalls notices) {
        add("POST", "/notify/{gateway}", request -> notices.fromGateway(request.path("gateway"), request))
                // Services of the epay protocol notify by GET.
                .add("GET", "/notify/epay", request -> notices.fromGateway("epay", request))
                .add("POST", "/notify/supplier/{name}", request -> notices.fromSupplier(request.path("name"), request));
    }

    private void addService(ServiceCalls service) {
        add("GET", "/api/desk/stats", forDesk(request -> service.stats()))
                .add("GET", "/api/trust", request -> service.trust())
                .add("GET", "/api/reviews", service::reviews)
                .add("GET", "/api/desk/reviews", forDesk(service::deskReviews));
    }

    private void addDesk(DeskCalls desk) {
        add(
                        "POST",
                        "/api/desk/keys/{sku}",
                        forDesk(request -> desk.importKeys(keySku(request.path("sku")), request.body())))
                .add("GET", "/api/desk/stock", forDesk(request -> desk.stock()))
                .add(
                        "GET",
                        "/api/desk/orders",
                        forDesk(request -> desk.orders(DeskLists.Orders.of(request), caller(request))))
                .add("GET", "/api/desk/cases", forDesk(request -> desk.cases(DeskLists.Cases.of(request))))
                .add("GET", "/api/desk/payments", forDesk(request -> desk.payments(DeskLists.Payments.of(request))))
                .add("GET", "/api/desk/audit", forDesk(request -> desk.audit()))
                .add(
                        "POST",
                        "/api/desk/orders/{id}/actions",
                        forDesk(request ->
                                desk.act(request.path("id"), caller(request), () -> DeskAction.read(request.json()))))
                .add("GET", "/api/desk/orders/{id}/reveals", forDesk(request -> desk.reveals(request.path("id"))))
                .add("POST", "/api/desk/orders/{id}/take", act(desk, DeskAct.Action.TAKE))
                .add("POST", "/api/desk/orders/{id}/give-back", act(desk, DeskAct.Action.GIVE_BACK))
                .add("POST", "/api/desk/orders/{id}/approve", act(desk, DeskAct.Action.APPROVE))
                .add("POST", "/api/desk/orders/{id}/decline", act(desk, DeskAct.Action.DECLINE))
                .add("POST", "/api/desk/bulk", forDesk(request -> desk.bulk(DeskBulk.read(request.json()))));
    }

    private Handler act(DeskCalls desk, DeskAct.Action action) {
        return forDesk(request ->
                desk.act(request.path("id"), caller(request), () -> DeskAction.read(action, request.json())));
    }

    private Handler forDesk(Handler handler) {
        return request -> {
            if (!caller(request).isAdmin()) {
                throw Problem.tokenNeeded("This is a call of the desk; send its token as 'Authorization: Bearer …'.");
            }
            return handler.answer(request);
        };
    }

    private Caller caller(Request request) {
        Optional<Secret> token = Bearer.of(request).map(Secret::of);
        boolean isAdmin = token.isPresent()
                && Bearer.same(adminToken.expose(), token.get().expose());
        String origin = Caller.origin(request.senderAddress(), request.header("User-Agent"));
        return new Caller(origin, token, isAdmin, Language.of(request));
    }

    private String keySku(String name) {
        ShopConfig.@Nullable Sku sku = config.skus().get(name);
        if (sku == null) {
            throw Problem.notFound("This shop has no SKU " + Quoted.of(name) + ".");
        }
        if (sku.kind() != ShopConfig.Kind.KEYS) {
            throw Problem.conflict("The SKU " + name + " is of the kind "
                    + sku.kind().text() + "; only SKUs of the kind keys have a stock to import into.");
        }
        return name;
    }
}
