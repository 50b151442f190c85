package dev.kadao.examples.cardshop.call;

import dev.kadao.examples.cardshop.config.Secret;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.http.Problem;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.sandbox.SandboxNotice;
import dev.kadao.examples.cardshop.sandbox.SignedMessage;
import dev.kadao.examples.cardshop.sandbox.SupplierNotice;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The shop before the library is joined to it: it judges requests as the real one will and then says that it keeps no
 * orders yet. It never acknowledges a notice, since it stores none.
 */
public final class NotJoined implements BuyerCalls, NoticeCalls, DeskCalls {
    private static final String NO_ORDERS =
            "This build of the card shop keeps no orders yet: the library is not joined.";

    private final ShopConfig config;
    private final InstantSource clock;

    private NotJoined(ShopConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    public static ShopCalls calls(ShopConfig config, InstantSource clock) {
        NotJoined shop = new NotJoined(config, clock);
        return new ShopCalls(shop, shop, shop);
    }

    @Override
    public Response place(PlaceCheckout checkout, Caller caller) {
        CheckoutRules.check(checkout, config);
        throw noOrders();
    }

    @Override
    public Response openPayment(String checkout, Caller caller, Unread<OpenPayment> request) {
        CheckoutRules.checkGateway(request.read().gateway(), config);
        throw noOrders();
    }

    @Override
    public Response order(String order, Caller caller) {
        throw noOrders();
    }

    @Override
    public Response diagnosis(String order, Caller caller) {
        throw noOrders();
    }

    @Override
    public Response reveal(String order, Caller caller) {
        throw noOrders();
    }

    @Override
    public Response act(String order, Caller caller, Unread<BuyerAct> act) {
        act.read();
        throw noOrders();
    }

    @Override
    public Response fromGateway(String gateway, SignedMessage message) {
        Optional<Secret> secret =
                config.sandbox().filter(s -> gateway.equals("sandbox")).map(ShopConfig.Sandbox::secret);
        SandboxNotice.read(genuine(message, secret));
        throw noOrders();
    }

    @Override
    public Response fromSupplier(String supplier, SignedMessage message) {
        Optional<Secret> secret =
                Optional.ofNullable(config.suppliers().get(supplier)).map(ShopConfig.Supplier::secret);
        SupplierNotice.read(genuine(message, secret));
        throw noOrders();
    }

    private byte[] genuine(SignedMessage message, Optional<Secret> secret) {
        if (secret.isEmpty()) {
            throw Problem.notFound("Nobody is configured under this name.");
        }
        if (!message.isSignedWith(secret.get(), clock.instant())) {
            throw new Problem(401, "The notice was refused.");
        }
        return message.body();
    }

    @Override
    public Response importKeys(String sku, KeyImport keys) {
        throw noOrders();
    }

    @Override
    public Response stock() {
        throw noOrders();
    }

    @Override
    public Response orders(DeskLists.Orders list, Caller caller) {
        throw noOrders();
    }

    @Override
    public Response cases(DeskLists.Cases list) {
        throw noOrders();
    }

    @Override
    public Response payments(DeskLists.Payments list) {
        throw noOrders();
    }

    @Override
    public Response audit() {
        throw noOrders();
    }

    @Override
    public Response health() {
        throw new Problem(503, NO_ORDERS);
    }

    private static Problem noOrders() {
        return Problem.notInThisRelease(NO_ORDERS);
    }
}
