package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full refuses new carts in clear words and costs nobody what was confirmed before. */
@Acceptance
class FullDiskIT {
    private static final String ADMIN = "admin-token-of-the-disk-tests";
    private static final int MOST_CARTS = 5_000;

    private final FakeGateway gateway = new FakeGateway();
    private Path home = Path.of("target");
    private SmallDisk disk;
    private ShopProcess shop;

    @BeforeEach
    void make_a_small_disk() throws Exception {
        home = ShopWorld.freshHome("FullDiskIT");
        disk = SmallDisk.orSkip(Files.createTempDirectory("kadao-small-disk"), 32);
    }

    @AfterEach
    void take_the_disk_away() throws IOException {
        if (shop != null) {
            shop.close();
        }
        if (disk != null) {
            disk.close();
        }
        gateway.close();
    }

    @Test
    void a_full_disk_refuses_carts_and_keeps_what_was_confirmed() throws IOException {
        shop = ShopProcess.start(home, options());
        client().importKeys("card", "KEY-1\nKEY-2").expect(200);
        Placed before = Placed.read(
                client().place(Cart.fresh().keys("card", 1)).expect(201).json());
        SandboxNotice notice = gateway.pay(before.payment(), before.amount(), before.currency());
        assertThat(tell(notice).expect(200).body()).isEqualTo("ok");
        disk.fill();
        Cart refused = placeUntilRefused();
        disk.makeRoom();
        shop.kill();
        shop = ShopProcess.start(home, options());
        client().orderAsDesk(refused.id() + ".1").expect(404);
        Waiting.until("what was paid before is delivered")
                .untilAsserted(
                        () -> assertThat(client().orderAsDesk(before.order()).text("/stage"))
                                .isEqualTo("DELIVERED"));
        client().reveal(before.order(), before.token()).expect(200);
        new Desk(client()).assertAuditIsClean();
        client().place(Cart.fresh().keys("card", 1)).expect(201);
    }

    @Test
    void a_start_on_a_full_disk_names_the_folder() throws IOException {
        disk.fill();
        ShopProcess.Exit exit = ShopProcess.runToItsEnd(home, options());
        assertThat(exit.status()).isNotZero();
        assertThat(exit.output()).contains(disk.directory().toString()).doesNotContain("listening on");
    }

    /** The database may have some room of its own left, but not for long. */
    private Cart placeUntilRefused() {
        for (int i = 0; i < MOST_CARTS; i++) {
            Cart cart = Cart.fresh().keys("card", 1);
            Reply reply = client().place(cart);
            if (reply.status() != 201) {
                assertThat(reply.status()).isBetween(500, 599);
                reply.expectProblem(reply.status());
                return cart;
            }
        }
        throw new AssertionError("The shop placed " + MOST_CARTS + " carts on a full disk.");
    }

    private Reply tell(SandboxNotice notice) {
        String body = notice.json().toString();
        return client().notice("sandbox", body, SignedHeaders.of(gateway.secret(), body));
    }

    private ShopClient client() {
        return new ShopClient(shop::uri, ADMIN, new Transcript());
    }

    private List<String> options() {
        Path file = home.resolve("shop.properties");
        ShopConfig.quick().keys("card", "1.00").gateway(gateway).writeTo(file);
        Path data = disk.directory().resolve("data");
        return List.of("--port", "0", "--data", data.toString(), "--config", file.toString(), "--admin-token", ADMIN);
    }
}
