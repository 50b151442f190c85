package dev.kadao.examples.cardshop.pages;

import dev.kadao.examples.cardshop.http.Language;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The pages and their files, read once. They load nothing from elsewhere and run no script but their own. */
public final class Pages {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Pages() {}

    /** The page on which a buyer follows an order. */
    public static void addTracking(Router router) {
        page(router, "/track", "track.html");
        file(router, "/pages/track.js", "track.js", "text/javascript; charset=utf-8");
        file(router, "/pages/common.js", "common.js", "text/javascript; charset=utf-8");
        file(router, "/pages/shop.css", "shop.css", "text/css; charset=utf-8");
        file(router, "/pages/icon.svg", "icon.svg", "image/svg+xml");
    }

    /** The page on which the shop shows how it delivers. */
    public static void addTrust(Router router) {
        page(router, "/trust", "trust.html");
        file(router, "/pages/trust.js", "trust.js", "text/javascript; charset=utf-8");
    }

    /** The page for trying the demo. */
    public static void addDemo(Router router) {
        page(router, "/", "demo.html");
        file(router, "/pages/demo.js", "demo.js", "text/javascript; charset=utf-8");
    }

    private static void page(Router router, String path, String name) {
        String html = read(name);
        router.add("GET", path, request -> {
            String tag = Language.of(request).tag();
            return hardened("text/html; charset=utf-8", html.replace("lang=\"zh-CN\"", "lang=\"" + tag + "\""))
                    .with("Content-Language", tag)
                    .with("Vary", "Accept-Language");
        });
    }

    private static void file(Router router, String path, String name, String type) {
        Response response = hardened(type, read(name));
        router.add("GET", path, request -> response);
    }

    private static Response hardened(String type, String text) {
        return Response.of(200, type, text.getBytes(StandardCharsets.UTF_8))
                .with("Content-Security-Policy", POLICY)
                // The address of the tracking page names an order; other sites need not learn it.
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-cache");
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
