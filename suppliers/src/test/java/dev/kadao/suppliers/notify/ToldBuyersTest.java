package dev.kadao.suppliers.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kadao.Fulfillment;
import dev.kadao.FulfillmentBuilder;
import dev.kadao.PlaceRequest;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryGateway;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Checkout;
import dev.kadao.order.Currency;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Message;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.order.SupplierTerms;
import dev.kadao.suppliers.ScriptedServer;
import dev.kadao.testkit.FakeDispatcher;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shop in memory that tells its buyers by real mail and real webhooks, as docs/notifiers.md shows. */
@Timeout(300)
class ToldBuyersTest {
    private static final Money PRICE = Money.parse("49.00", Currency.CNY);
    private static final SupplierTerms TERMS =
            new SupplierTerms(new Guarantee.AtMostOnce(), Samples.LONG, Duration.ofHours(2));

    private final InMemoryKeyInventory stock = new InMemoryKeyInventory();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(stock);
    private final InMemoryGateway gateway = new InMemoryGateway();
    private ScriptedSmtp mails;
    private ScriptedServer hooks;
    private Fulfillment shop;

    @BeforeEach
    void start() throws Exception {
        mails = ScriptedSmtp.plain();
        hooks = ScriptedServer.thatAnswers(204, "");
        stock.importKeys(
                "card",
                IntStream.range(0, 20)
                        .mapToObj(i -> Secret.of("KEY-" + i + "-密"))
                        .toList());
    }

    @AfterEach
    void stop() throws Exception {
        mails.close();
        hooks.close();
        if (shop != null) {
            shop.close();
        }
    }

    private FulfillmentBuilder builder() {
        FakeDispatcher supplier = new FakeDispatcher(InstantSource.system(), TERMS);
        supplier.usually(request ->
                request.sku().equals("bought") ? FakeDispatcher.deliverKeys(request) : FakeDispatcher.deliver(request));
        return Fulfillment.builder()
                .store(store)
                .inventory(stock)
                .supplier("a", supplier)
                .gateway("memory", gateway)
                .router(sku -> Optional.of(
                        switch (sku) {
                            case "card" -> Route.keys();
                            case "bought" -> Route.sourced("a");
                            default -> Route.topUp("a");
                        }));
    }

    private WebhookNotifierBuilder hook() {
        return WebhookNotifier.to(order ->
                        Optional.of(new WebhookEndpoint(URI.create(hooks.url()), Secret.of("shared with reseller 7"))))
                .allowingPrivateNetworks();
    }

    private void openWithKeys() {
        shop = ShopWithNotifiers.open(builder(), Samples.through(mails), hook());
    }

    private void openWithLinksAlone() {
        shop = builder().notifier(Samples.through(mails).build()).build();
    }

    private OrderId sell(String sku, String recipient) {
        PlaceRequest.Line line = new PlaceRequest.Line(sku, 1, recipient, PRICE);
        Checkout placed = shop.place(PlaceRequest.of("memory", line)).orThrow().checkout();
        PaymentId payment = placed.payment(1).id();
        assertThat(shop.receive("memory", gateway.pay(payment)).status()).isEqualTo(200);
        OrderId order = placed.order(1).id();
        await().atMost(Samples.LONG).until(() -> checkout(order).order(1).stage() == Stage.DELIVERED);
        return order;
    }

    private Checkout checkout(OrderId order) {
        return shop.checkout(order.checkout()).orElseThrow().checkout();
    }

    /** Waits for the news of the delivery: where a supplier has to be asked, that it was paid may have been told before. */
    private void awaitMessage(OrderId order, Message.State state) {
        await().atMost(Samples.LONG)
                .until(() -> checkout(order).messages().stream()
                        .anyMatch(message -> message.kind() == Message.Kind.DELIVERED && message.state() == state));
    }

    private String mailOfDelivery() throws Exception {
        List<String> texts = new ArrayList<>();
        for (ScriptedSmtp.Mail mail : mails.mails) {
            texts.add(mail.text());
        }
        return only(texts, "is delivered");
    }

    private String hookOfDelivery() {
        return only(hooks.seen.stream().map(ScriptedServer.Seen::body).toList(), "order.delivered");
    }

    private static String only(List<String> texts, String words) {
        List<String> found = texts.stream().filter(text -> text.contains(words)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private DeskAnswer refund(OrderId order) {
        int version = checkout(order).order(1).changes();
        return shop.desk()
                .act(order, new DeskAct("r1", DeskAct.Action.REFUND, version, "ann", "the buyer asked", null));
    }

    @Test
    void keys_arrive_by_mail_and_webhook_count_as_seen_and_cannot_be_refunded_any_more() throws Exception {
        openWithKeys();
        OrderId order = sell("card", "buyer@example.com");
        awaitMessage(order, Message.State.SENT);

        assertThat(shop.desk().revealsOf(order))
                .extracting(look -> look.origin().orElse(""))
                .containsExactly("e-mail", "webhook");
        String key = shop.reveal(order).orThrow().get(0).expose();
        assertThat(mails.mails).hasSize(1);
        assertThat(mails.mails.get(0).text()).contains("卡密 / Keys:\n" + key + "\n");
        assertThat(hooks.seen).hasSize(1);
        assertThat(hooks.seen.get(0).body()).contains("\"keys\":[\"" + key + "\"]");
        assertThat(checkout(order).order(1).keys().revealed()).isTrue();
        assertThat(refund(order))
                .isInstanceOfSatisfying(
                        DeskAnswer.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("its keys were seen"));
    }

    @Test
    void keys_that_a_supplier_sold_us_arrive_as_those_from_stock_do() throws Exception {
        openWithKeys();
        OrderId order = sell("bought", "buyer@example.com");
        awaitMessage(order, Message.State.SENT);

        String key = shop.reveal(order).orThrow().get(0).expose();
        assertThat(mailOfDelivery()).contains("卡密 / Keys:\n" + key + "\n");
        assertThat(hookOfDelivery()).contains("\"keys\":[\"" + key + "\"]");
    }

    @Test
    void a_mail_with_a_link_alone_leaves_the_keys_unseen_and_they_can_be_refunded() throws Exception {
        openWithLinksAlone();
        OrderId order = sell("card", "buyer@example.com");
        awaitMessage(order, Message.State.SENT);

        assertThat(mails.mails.get(0).text()).doesNotContain("KEY-");
        assertThat(checkout(order).order(1).keys().revealed()).isFalse();
        assertThat(refund(order)).isInstanceOf(DeskAnswer.Done.class);
    }

    @Test
    void the_buyer_of_a_top_up_is_told_without_keys() throws Exception {
        openWithKeys();
        OrderId order = sell("phone-100", "buyer@example.com");
        awaitMessage(order, Message.State.SENT);

        assertThat(mailOfDelivery()).doesNotContain("卡密");
        assertThat(hookOfDelivery()).doesNotContain("keys");
    }

    @Test
    void a_phone_number_as_recipient_gets_no_mail_and_the_message_is_given_up_at_once() {
        openWithLinksAlone();
        OrderId order = sell("phone-100", "13800000000");

        awaitMessage(order, Message.State.GIVEN_UP);
        assertThat(mails.connections).isEmpty();
    }

    @Test
    void a_phone_number_as_recipient_is_told_by_the_webhook_alone() {
        openWithKeys();
        OrderId order = sell("phone-100", "13800000000");

        awaitMessage(order, Message.State.SENT);
        assertThat(mails.connections).isEmpty();
        assertThat(hookOfDelivery()).contains(order.toString());
    }

    @Test
    void a_webhook_that_fails_at_first_is_told_later_and_no_second_mail_goes_out() {
        hooks.now(ScriptedServer.answer(503, ""));
        openWithKeys();
        OrderId order = sell("card", "buyer@example.com");
        await().atMost(Samples.LONG).until(() -> hooks.seen.size() >= 2);
        hooks.now(ScriptedServer.answer(204, ""));

        awaitMessage(order, Message.State.SENT);
        assertThat(mails.mails).hasSize(1);
        assertThat(hooks.seen)
                .allSatisfy(
                        seen -> assertThat(seen.headers()).containsEntry("idempotency-key", order.checkout() + "_m1"));
    }

    @Test
    void a_message_that_was_not_told_when_the_shop_stopped_is_told_by_the_next_start() throws Exception {
        mails.at("GREETING", ScriptedSmtp.reply("421 4.3.2 later"));
        openWithLinksAlone();
        OrderId order = sell("card", "buyer@example.com");
        await().atMost(Samples.LONG).until(() -> !mails.connections.isEmpty());
        shop.close();
        mails.asUsual();
        assertThat(mails.mails).isEmpty();

        openWithLinksAlone();

        awaitMessage(order, Message.State.SENT);
        assertThat(mails.mails.get(0).parsed().getMessageID()).isEqualTo("<" + order.checkout() + "_m1@shop.example>");
    }

    @Test
    void a_mail_server_that_hangs_keeps_no_buyer_from_the_goods() {
        mails.at("GREETING", ScriptedSmtp.hang());
        openWithKeys();
        List<OrderId> orders = IntStream.range(0, 12)
                .mapToObj(i -> sell("card", "buyer@example.com"))
                .toList();

        assertThat(orders).allSatisfy(order -> {
            assertThat(shop.reveal(order).orThrow()).hasSize(1);
            assertThat(checkout(order).message(1).state()).isEqualTo(Message.State.DUE);
        });
    }
}
