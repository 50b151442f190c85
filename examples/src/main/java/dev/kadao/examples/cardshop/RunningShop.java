package dev.kadao.examples.cardshop;

import dev.kadao.examples.cardshop.call.Routes;
import dev.kadao.examples.cardshop.config.Options;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.config.Startup;
import dev.kadao.examples.cardshop.database.ShopDatabase;
import dev.kadao.examples.cardshop.demo.Demo;
import dev.kadao.examples.cardshop.folder.DataFolder;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.examples.cardshop.http.ShopServer;
import dev.kadao.examples.cardshop.pages.Pages;
import dev.kadao.order.PayWith;
import dev.kadao.order.Secret;
import dev.kadao.port.PaymentGateway.OpenRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A card shop in this process, from the locked folder to the open port. Closing it frees both. */
final class RunningShop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningShop.class);

    private final Deque<AutoCloseable> parts;
    private final URI address;
    private final List<String> notes;
    private final Optional<Secret> madeAdminToken;

    private RunningShop(Deque<AutoCloseable> parts, URI address, List<String> notes, Optional<Secret> madeAdminToken) {
        this.parts = parts;
        this.address = address;
        this.notes = List.copyOf(notes);
        this.madeAdminToken = madeAdminToken;
    }

    /** The shop cannot start; one sentence for each reason. */
    static final class CannotStart extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> problems;

        CannotStart(List<String> problems) {
            super(String.join(" ", problems));
            this.problems = List.copyOf(problems);
        }

        CannotStart(ShopDatabase.Unusable reason) {
            this(List.of(String.valueOf(reason.getMessage())));
        }

        List<String> problems() {
            return problems;
        }
    }

    static RunningShop open(Startup.Ready ready) throws CannotStart, DataFolder.NotUsable {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        boolean open = false;
        try {
            RunningShop shop = open(ready, parts);
            open = true;
            return shop;
        } finally {
            if (!open) {
                closeAll(parts);
            }
        }
    }

    private static RunningShop open(Startup.Ready ready, Deque<AutoCloseable> parts)
            throws CannotStart, DataFolder.NotUsable {
        Options options = ready.options();
        InstantSource clock = InstantSource.system();
        ShopDatabase database = database(options, parts);
        ShopServer server = bind(options);
        parts.push(server);
        // Everything in this process reaches the shop here, also when it listens on all addresses.
        URI address = URI.create("http://" + host(options.bind()) + ":" + server.port());
        boolean isDemo = options.config().isEmpty();
        Startup.Ready settings = isDemo ? demoSettings(options, address) : ready;
        ShopConfig config = settings.config();
        Secret adminToken = options.adminToken().orElseGet(RunningShop::randomToken);

        ShopLibrary library =
                ShopLibrary.open(config, database, options.data(), address, payPage(isDemo, address), clock, parts);
        Router router = new Router();
        Routes.add(router, config, adminToken, library.fulfillment(), library.inventory(), clock);
        Pages.addTracking(router);
        Pages.addTrust(router);
        if (isDemo) {
            Demo demo = demo(config, database, address, clock);
            parts.push(demo);
            demo.addRoutes(router);
            demo.stock(library.inventory());
            Pages.addDemo(router);
            server.start(router);
            demo.start();
        } else {
            server.start(router);
        }
        Optional<Secret> made = options.adminToken().isPresent() ? Optional.empty() : Optional.of(adminToken);
        return new RunningShop(parts, address, settings.notes(), made);
    }

    /** The folder of an embedded database is this process's alone; a server is shared, and needs no folder. */
    private static ShopDatabase database(Options options, Deque<AutoCloseable> parts)
            throws CannotStart, DataFolder.NotUsable {
        try {
            if (options.jdbc().isPresent()) {
                return ShopDatabase.at(options.jdbc().get());
            }
        } catch (ShopDatabase.Unusable e) {
            throw new CannotStart(e);
        }
        DataFolder folder = DataFolder.lock(options.data());
        parts.push(folder);
        return ShopDatabase.embedded(folder);
    }

    private static Demo demo(ShopConfig config, ShopDatabase database, URI address, InstantSource clock)
            throws CannotStart {
        try {
            return Demo.open(config, database.connections(), address, clock);
        } catch (ShopDatabase.Unusable e) {
            throw new CannotStart(e);
        }
    }

    /** The demo has a page on which one pays; elsewhere whoever plays the sandbox pays by a signed notice. */
    private static Function<OpenRequest, PayWith> payPage(boolean isDemo, URI address) {
        return request -> isDemo
                ? PayWith.redirect(address + "/?payment=" + request.payment() + "&amount="
                        + request.amount().toDecimal() + "&currency="
                        + request.amount().currency().code())
                : new PayWith(
                        PayWith.Kind.PARAMETERS,
                        Map.of("payment", request.payment().toString()));
    }

    private static ShopServer bind(Options options) throws CannotStart {
        InetSocketAddress socket = new InetSocketAddress(options.bind(), options.port());
        String where = "port " + options.port() + " of " + options.bind();
        try {
            if (!socket.isUnresolved()) {
                return ShopServer.bind(socket);
            }
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                throw new CannotStart(
                        List.of("The " + where + " is in use by another process; stop that process or name"
                                + " another port with --port (0 picks a free one)."));
            }
            throw new CannotStart(List.of("The " + where + " cannot be listened on (" + e.getMessage()
                    + "); name another --bind or --port."));
        } catch (IOException e) {
            throw new CannotStart(
                    List.of("The " + where + " cannot be listened on (" + e + "); name another --bind or --port."));
        }
        throw new CannotStart(List.of("bind is '" + options.bind()
                + "', which is no address of this machine; use one such as" + " 127.0.0.1."));
    }

    private static Startup.Ready demoSettings(Options options, URI address) throws CannotStart {
        Startup settings = Demo.settings(options, address);
        if (settings instanceof Startup.Ready ready) {
            return ready;
        }
        throw new CannotStart(settings instanceof Startup.Rejected rejected ? rejected.problems() : List.of());
    }

    private static String host(String bind) {
        InetAddress address = new InetSocketAddress(bind, 0).getAddress();
        if (address == null || address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }

    private static Secret randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    URI address() {
        return address;
    }

    List<String> notes() {
        return notes;
    }

    /** The desk's token if nobody gave one. */
    Optional<Secret> madeAdminToken() {
        return madeAdminToken;
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    /** The last one opened first; what one of them throws keeps no other from being closed. */
    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of the shop did not close cleanly", e);
            }
        }
    }
}
