package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.ScriptedGateway;
import dev.kadao.codec.Codec;
import dev.kadao.order.Bytes;
import dev.kadao.order.Case;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Money;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Receipt;
import dev.kadao.order.Route;
import dev.kadao.order.Stage;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.Step;
import dev.kadao.port.StoredNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored notices that are read again by a reader that was put right. */
class NoticeReplayTest {
    private static final Instant CAME = Instant.parse("2025-12-31T23:59:58.5Z");

    /** Reads fen as jiao, or a wrong reference, until it is put right. Signs by a header. */
    private static final class Misreading extends ScriptedGateway {
        final List<InboundNotice> seen = new ArrayList<>();
        boolean misreadsAmounts;
        boolean misreadsReferences;
        boolean believes = true;

        @Override
        public NoticeReading read(InboundNotice notice) {
            seen.add(notice);
            if (!believes || notice.header("Signature").isEmpty()) {
                return new NoticeReading.Forged("no signature", FORGED);
            }
            NoticeReading.Genuine right = (NoticeReading.Genuine) super.read(notice);
            PaymentWord word = right.word();
            if (misreadsAmounts && word instanceof PaymentWord.Paid paid) {
                long tenth = paid.amount().minorUnits() / 10;
                word = new PaymentWord.Paid(
                        paid.tradeNumber(), new Money(tenth, paid.amount().currency()));
            }
            String reference = misreadsReferences ? "x" + right.payment() : right.payment();
            return new NoticeReading.Genuine(reference, word, right.whenStored(), right.whenNot());
        }
    }

    private final Misreading gateway = new Misreading();
    private final Rig rig = new Rig(1, gateway, ScriptedSupplier.queryable());

    @BeforeEach
    void place() {
        rig.stock("sku", 2);
        rig.place("cart1", Route.keys());
    }

    private NoticeReply receive(String text) {
        InboundNotice notice = new InboundNotice(
                "PUT",
                "account=7",
                Map.of("Signature", List.of("good"), "Cookie", List.of("secret")),
                Bytes.utf8(text),
                CAME);
        NoticeReply reply = rig.engine.receive("sandbox", notice);
        rig.clockwork.settle();
        return reply;
    }

    private StoredNotice only(StoredNotice.State state) {
        List<StoredNotice> found = rig.engine.reads().notices(state, "", 10);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Replay replay(String key) {
        Replay replay = rig.engine.replay(key, "act-1", "ann", "the reader took fen for jiao");
        rig.clockwork.settle();
        return replay;
    }

    private static Outcome why(Replay replay) {
        return ((Replay.NotRead) replay).why();
    }

    @Test
    void a_misread_amount_is_put_right_and_the_order_is_delivered() {
        gateway.misreadsAmounts = true;
        assertThat(receive("cart1_p1 t1 4900 CNY")).isEqualTo(ScriptedGateway.STORED);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.ON_HOLD);
        Case open = rig.checkout("cart1").caseNumber(1);
        assertThat(open.kind()).isEqualTo(Case.Kind.SHORT);
        PaymentId payment = PaymentId.parse("cart1_p1");
        String key = rig.engine.noticeOf(payment, "t1").orElseThrow().key();

        gateway.misreadsAmounts = false;
        Replay replay = replay(key);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(rig.checkout("cart1").payment(1).receipts())
                .extracting(Receipt::tradeNumber, Receipt::amount)
                .containsExactly(org.assertj.core.api.Assertions.tuple("t1", Rig.PRICE));
        assertThat(((Replay.Read) replay).changed()).isTrue();
        assertThat(((Replay.Read) replay).snapshot().checkout().order(1).stage())
                .isEqualTo(Stage.DELIVERED);
        Case closed = rig.checkout("cart1").caseNumber(1);
        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.evidence().get(1).fact()).isEqualTo("read anew by ann: CNY 49.00 came, not CNY 4.90");
        assertThat(rig.engine
                        .reads()
                        .checkout(new CheckoutId("cart1"))
                        .orElseThrow()
                        .personal()
                        .text(closed.evidence().get(1).text()))
                .contains("the reader took fen for jiao");
        assertThat(rig.engine.noticeOf(payment, "t1").orElseThrow().key()).isNotEqualTo(key);
        assertThat(((Replay.Read) replay(key)).changed()).isFalse();
        assertThat(rig.engine.audit().violations()).isEmpty();
    }

    @Test
    void the_reader_sees_the_message_as_it_came_but_for_what_opens_other_doors() {
        receive("cart1_p1 t1 4900 CNY");
        replay(only(StoredNotice.State.APPLIED).key());

        assertThat(gateway.seen).hasSize(2);
        assertThat(gateway.seen.get(1))
                .isEqualTo(new InboundNotice(
                        "PUT",
                        "account=7",
                        Map.of("Signature", List.of("good")),
                        Bytes.utf8("cart1_p1 t1 4900 CNY"),
                        CAME));
    }

    @Test
    void a_reader_that_still_says_the_same_changes_nothing() {
        receive("cart1_p1 t1 4800 CNY");
        int commits = rig.store.commits;

        assertThat(((Replay.Read) replay(only(StoredNotice.State.APPLIED).key())).changed())
                .isFalse();

        assertThat(rig.store.commits).isEqualTo(commits);
        assertThat(rig.stage("cart1")).isEqualTo(Stage.ON_HOLD);
    }

    @Test
    void a_misread_reference_was_an_orphan_and_finds_its_payment() {
        gateway.misreadsReferences = true;
        receive("cart1_p1 t1 4900 CNY");
        String key = only(StoredNotice.State.ORPHAN).key();

        gateway.misreadsReferences = false;
        replay(key);

        assertThat(rig.stage("cart1")).isEqualTo(Stage.DELIVERED);
        assertThat(only(StoredNotice.State.ORPHAN_CLOSED).key()).isEqualTo(key);
        assertThat(only(StoredNotice.State.APPLIED).reference()).isEqualTo("cart1_p1");
    }

    @Test
    void an_orphan_that_stays_one_stays_one_row() {
        receive("cart9_p1 t1 4900 CNY");
        String key = only(StoredNotice.State.ORPHAN).key();

        assertThat(replay(key)).isEqualTo(new Replay.Read(null, false));
        assertThat(only(StoredNotice.State.ORPHAN).key()).isEqualTo(key);
    }

    @Test
    void what_is_not_believed_any_more_is_refused_with_the_reason_and_changes_nothing() {
        receive("cart1_p1 t1 4800 CNY");
        gateway.believes = false;

        Outcome.Refused refused =
                (Outcome.Refused) why(replay(only(StoredNotice.State.APPLIED).key()));

        assertThat(refused.sentence()).isEqualTo("read again, the notice is not believed: no signature");
    }

    @Test
    void a_row_of_an_earlier_version_is_given_to_the_reader_as_a_body_without_headers() {
        store("k1", Bytes.utf8("cart1_p1 t1 4900 CNY"));

        why(replay("k1"));

        assertThat(gateway.seen)
                .containsExactly(new InboundNotice(
                        "POST",
                        "",
                        Map.of(),
                        Bytes.utf8("cart1_p1 t1 4900 CNY"),
                        only(StoredNotice.State.ORPHAN_CASE).receivedAt()));
    }

    @Test
    void what_was_not_kept_as_it_came_is_refused() {
        store("k1", Bytes.EMPTY);
        store("k2", Codec.encodeStatementLine("line 7"));

        assertThat(why(replay("k1"))).isInstanceOf(Outcome.Refused.class);
        assertThat(why(replay("k2"))).isInstanceOf(Outcome.Refused.class);
        assertThat(why(replay("k3"))).isInstanceOf(Outcome.NotFound.class);
        assertThat(gateway.seen).isEmpty();
    }

    private void store(String key, Bytes raw) {
        NoticeMatching.Genuine said =
                new NoticeMatching.Genuine("sandbox", "cart9_p1", new PaymentWord.Paid("t1", Rig.PRICE), raw);
        rig.store.commit(
                List.of(new Step.NoticeAlone("step-" + key, said.row(key, StoredNotice.State.ORPHAN_CASE, null))));
    }
}
