package dev.kadao.examples.cardshop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.examples.cardshop.Configs;
import dev.kadao.examples.cardshop.config.Options;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.examples.cardshop.config.Startup;
import dev.kadao.examples.cardshop.demo.Demo;
import dev.kadao.examples.cardshop.http.Request;
import dev.kadao.examples.cardshop.http.Response;
import dev.kadao.examples.cardshop.http.Router;
import dev.kadao.examples.cardshop.http.ShopServer;
import dev.kadao.order.Bytes;
import dev.kadao.order.Currency;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.Deadline;
import dev.kadao.port.Dispatcher.Answer;
import dev.kadao.port.Dispatcher.Proof;
import dev.kadao.port.Dispatcher.Scope;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.NotifyingDispatcher.SupplierReading;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import dev.kadao.suppliers.HttpSupplier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's gateway and supplier, and the very adapters with which the shop speaks with others, over real sockets. */
@Timeout(300)
class DemoSpeaksWithAdaptersTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Money PRICE = Money.parse("99.50", Currency.CNY);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-05T08:00:00Z"));
    private final InstantSource clock = now::get;
    private final List<NoticeReading> fromGateway = new CopyOnWriteArrayList<>();
    private final List<SupplierReading> fromSupplier = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private ShopServer server;
    private URI shop;
    private Demo demo;
    private SandboxGateway gateway;
    private HttpSupplier supplier;

    @BeforeEach
    void start() throws Exception {
        server = ShopServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        shop = URI.create("http://127.0.0.1:" + server.port());
        Options options = new Options(0, "127.0.0.1", folder, Optional.empty(), Optional.empty(), Optional.empty());
        ShopConfig config = ((Startup.Ready) Demo.settings(options, shop)).config();
        ShopConfig.Sandbox sandbox = config.sandbox().orElseThrow();
        gateway = new SandboxGateway(
                sandbox.secret(),
                new RemoteSandboxLedger(sandbox.endpoint().orElseThrow(), sandbox.secret(), LIMIT, clock),
                request -> PayWith.redirect(shop + "/"));
        ShopConfig.Supplier settings = config.suppliers().get("demo");
        SupplierTerms terms = new SupplierTerms(new Guarantee.AtMostOnce(), LIMIT, Duration.ofHours(1));
        supplier = HttpSupplier.at(settings.endpoint().toString(), settings.secret(), terms)
                .connectTimeout(LIMIT)
                .clock(clock)
                .build();
        demo = Demo.open(config, Configs.h2(folder), shop, clock);
        Router router = new Router()
                .add("POST", "/notify/sandbox", this::hearGateway)
                .add("POST", "/notify/supplier/demo", this::hearSupplier);
        demo.addRoutes(router);
        server.start(router);
        demo.start();
    }

    @AfterEach
    void stop() {
        demo.close();
        server.close();
    }

    private InboundNotice notice(Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : List.of("X-Timestamp", "X-Signature")) {
            request.header(name).ifPresent(value -> headers.put(name, List.of(value)));
        }
        return new InboundNotice("POST", "", headers, Bytes.of(request.body()), clock.instant());
    }

    private Response hearGateway(Request request) {
        NoticeReading reading = gateway.read(notice(request));
        fromGateway.add(reading);
        NoticeReply reply = reading instanceof NoticeReading.Forged forged
                ? forged.reply()
                : ((NoticeReading.Genuine) reading).whenStored();
        return Response.text(reply.status(), reply.body().asUtf8());
    }

    private Response hearSupplier(Request request) {
        SupplierReading reading = supplier.read(notice(request));
        fromSupplier.add(reading);
        NoticeReply reply = reading instanceof SupplierReading.Forged forged
                ? forged.reply()
                : ((SupplierReading.Genuine) reading).whenStored();
        return Response.text(reply.status(), reply.body().asUtf8());
    }

    private void post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(shop.resolve(path))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private void pay(String payment, String play) throws Exception {
        post(
                "/demo/pay",
                "{\"payment\":\"" + payment + "\",\"amount\":\"99.50\",\"currency\":\"CNY\",\"play\":\"" + play
                        + "\"}");
    }

    private Answer dispatch(String mode, String reference) throws Exception {
        post("/demo/modes", "{\"supplier\":\"" + mode + "\"}");
        return supplier.dispatch(
                new HttpSupplier.Request(DispatchId.parse(reference), "phone-100", 2, "13800000000", PRICE, 1),
                Deadline.in(LIMIT));
    }

    private static Answer delivered(String reference) {
        return new Answer.Delivered(new Proof.Receipt("receipt s_" + reference), "s_" + reference);
    }

    @Test
    void the_gateway_adapter_believes_the_demos_notices_and_no_forged_ones() throws Exception {
        pay("cart42_p1", "forge");
        await().atMost(LIMIT).until(() -> fromGateway.size() == 1);
        assertThat(fromGateway.get(0)).isInstanceOf(NoticeReading.Forged.class);

        pay("cart42_p1", "repeat");
        await().atMost(LIMIT).until(() -> fromGateway.size() == 4);
        assertThat(fromGateway.subList(1, 4)).allSatisfy(reading -> {
            NoticeReading.Genuine genuine = (NoticeReading.Genuine) reading;
            assertThat(genuine.payment()).isEqualTo("cart42_p1");
            assertThat(genuine.word()).isEqualTo(new PaymentWord.Paid("t_cart42_p1", PRICE));
        });
    }

    @Test
    void the_gateway_adapter_gets_every_answer_it_asks_the_demo_for() throws Exception {
        PaymentId paid = PaymentId.parse("cart42_p1");
        PaymentId unpaid = PaymentId.parse("cart42_p2");
        RefundId refund = RefundId.parse("cart42_r1");
        pay("cart42_p1", "drop");

        assertThat(gateway.query(paid)).isEqualTo(new PaymentWord.Paid("t_cart42_p1", PRICE));
        assertThat(gateway.query(unpaid)).isEqualTo(new PaymentWord.NotFound());
        assertThat(gateway.close(paid)).isEqualTo(new CloseAnswer.AlreadyPaid());
        assertThat(gateway.close(unpaid)).isEqualTo(new CloseAnswer.Closed());
        assertThat(gateway.query(unpaid)).isEqualTo(new PaymentWord.Closed());
        assertThat(gateway.queryRefund(refund, paid)).isEqualTo(new RefundAnswer.NotFound());
        RefundRequest request = new RefundRequest(refund, paid, "t_cart42_p1", PRICE);
        assertThat(gateway.refund(request, Deadline.in(LIMIT))).isEqualTo(new RefundAnswer.Refunded());
        assertThat(gateway.queryRefund(refund, paid)).isEqualTo(new RefundAnswer.Refunded());

        post("/demo/modes", "{\"gateway\":\"down\"}");
        assertThat(gateway.query(paid)).isEqualTo(new PaymentWord.Unknown("status 503"));
    }

    @Test
    void the_supplier_adapter_understands_each_way_the_demos_supplier_answers() throws Exception {
        assertThat(dispatch("normal", "cart42_1_1")).isEqualTo(delivered("cart42_1_1"));
        assertThat(dispatch("declines-all", "cart42_1_1")).isEqualTo(delivered("cart42_1_1"));
        assertThat(dispatch("declines-all", "cart42_2_1"))
                .isInstanceOfSatisfying(
                        Answer.Declined.class,
                        declined -> assertThat(declined.scope()).isEqualTo(Scope.SUPPLIER));
        assertThat(dispatch("declines-order", "cart42_3_1"))
                .isInstanceOfSatisfying(
                        Answer.Declined.class,
                        declined -> assertThat(declined.scope()).isEqualTo(Scope.ORDER));
        assertThat(dispatch("partial", "cart42_4_1"))
                .isInstanceOfSatisfying(
                        Answer.Partial.class,
                        partial -> assertThat(partial.delivered()).isEqualTo(1));
        assertThat(dispatch("no-proof", "cart42_5_1"))
                .isEqualTo(new Answer.Delivered(new Proof.Receipt(""), "s_cart42_5_1"));
        assertThat(dispatch("loses-answers", "cart42_6_1")).isEqualTo(new Answer.Unknown("status 500"));
        assertThat(supplier.query(DispatchId.parse("cart42_6_1"))).isEqualTo(delivered("cart42_6_1"));
        assertThat(dispatch("down", "cart42_7_1")).isEqualTo(new Answer.Unknown("status 503"));
        post("/demo/modes", "{\"supplier\":\"normal\"}");
        assertThat(supplier.query(DispatchId.parse("cart42_7_1"))).isEqualTo(new Answer.NotFound());
    }

    @Test
    void the_supplier_adapter_believes_the_notice_of_a_slow_order() throws Exception {
        assertThat(dispatch("slow", "cart42_1_1")).isEqualTo(new Answer.Accepted("s_cart42_1_1", null));
        now.updateAndGet(time -> time.plusSeconds(60));

        await().atMost(LIMIT.toSeconds(), TimeUnit.SECONDS).until(() -> !fromSupplier.isEmpty());

        SupplierReading.Genuine genuine = (SupplierReading.Genuine) fromSupplier.get(0);
        assertThat(genuine.reference()).isEqualTo("cart42_1_1");
        assertThat(genuine.answer()).isEqualTo(delivered("cart42_1_1"));
    }
}
