package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.config.Secret;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.http.Bearer;
import dev.kadao.examples.cardshop.http.Handler;
import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Quoted;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.examples.cardshop.sandbox.SignedMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which call answers at which path, and what every call has checked before it. */
public final class Routes {
    private final ShopConfig config;
    private final Secret adminToken;
    private final ShopCalls calls;

    private Routes(ShopConfig config, Secret adminToken, ShopCalls calls) {
        this.config = config;
        this.adminToken = adminToken;
        this.calls = calls;
    }

    public static void add(Router router, ShopConfig config, Secret adminToken, ShopCalls calls) {
        Routes routes = new Routes(config, adminToken, calls);
        routes.addBuyers(router, calls.buyers());
        routes.addNotices(router, calls.notices());
        routes.addDesk(router, calls.desk());
        router.add("GET", "/healthz", request -> calls.desk().health());
    }

    private void addBuyers(Router router, BuyerCalls buyers) {
        router.add(
                        "POST",
                        "/api/checkouts",
                        request -> buyers.place(
                                PlaceCheckout.read(request.json(), request.senderAddress()), caller(request)))
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
                .add("POST", "/api/orders/{id}/confirm", act(BuyerAct.Kind.CONFIRM))
                .add("POST", "/api/orders/{id}/complain", act(BuyerAct.Kind.COMPLAIN))
                .add("POST", "/api/orders/{id}/dispute", act(BuyerAct.Kind.DISPUTE));
    }

    private Handler act(BuyerAct.Kind kind) {
        return request -> calls.buyers()
                .act(request.path("id"), caller(request), () -> BuyerAct.read(kind, request.jsonOrNothing()));
    }

    private void addNotices(Router router, NoticeCalls notices) {
        router.add(
                        "POST",
                        "/notify/{gateway}",
                        request -> notices.fromGateway(request.path("gateway"), SignedMessage.of(request)))
                .add(
                        "POST",
                        "/notify/supplier/{name}",
                        request -> notices.fromSupplier(request.path("name"), SignedMessage.of(request)));
    }

    private void addDesk(Router router, DeskCalls desk) {
        router.add(
                        "POST",
                        "/api/desk/keys/{sku}",
                        forDesk(request ->
                                desk.importKeys(keySku(request.path("sku")), KeyImport.read(request.body()))))
                .add("GET", "/api/desk/stock", forDesk(request -> desk.stock()))
                .add(
                        "GET",
                        "/api/desk/orders",
                        forDesk(request -> desk.orders(DeskLists.Orders.of(request), caller(request))))
                .add("GET", "/api/desk/cases", forDesk(request -> desk.cases(DeskLists.Cases.of(request))))
                .add("GET", "/api/desk/payments", forDesk(request -> desk.payments(DeskLists.Payments.of(request))))
                .add("GET", "/api/desk/audit", forDesk(request -> desk.audit()))
                .add("POST", "/api/desk/orders/{id}/actions", forDesk(request -> later("Desk actions")))
                .add("GET", "/api/desk/stats", forDesk(request -> later("Statistics")));
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
        Optional<Secret> token = Bearer.of(request).map(Secret::new);
        boolean isAdmin =
                token.isPresent() && Bearer.same(adminToken.text(), token.get().text());
        return new Caller(token, isAdmin, Language.of(request));
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

    private static Response later(String what) {
        throw Problem.notInThisRelease(what + " are not available in this release.");
    }
}
