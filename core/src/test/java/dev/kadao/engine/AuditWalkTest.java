package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.codec.Codec;
import dev.kadao.codec.JournalEntry;
import dev.kadao.insight.AuditReport;
import dev.kadao.insight.AuditReport.Invariant;
import dev.kadao.insight.Story;
import dev.kadao.memory.InMemoryCheckoutStore;
import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.Entry;
import dev.kadao.order.OrderId;
import dev.kadao.order.Personal;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Stage;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.Step;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoredNotice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit of a whole store: pages through everything, and finds what was planted into it. */
class AuditWalkTest {
    private final InMemoryKeyInventory inventory = new InMemoryKeyInventory();
    private final InMemoryCheckoutStore store = InMemoryCheckoutStore.sharing(inventory);
    private int steps;

    @Test
    void a_store_of_several_pages_with_honest_histories_passes() {
        for (int i = 100; i < 550; i++) {
            boolean keys = i % 2 == 0;
            Story story = Story.named("cart" + i, keys ? Route.keys() : Route.topUp("a"))
                    .paid();
            if (keys) {
                sell("cart" + i + ".1");
                story.taken();
            } else {
                story.sent().supplier(Story.delivered());
            }
            write(story);
        }
        AuditReport report = audit();
        assertThat(report.violations()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.orders()).isEqualTo(450);
        assertThat(report.keys()).isEqualTo(225);
    }

    @Test
    void a_document_that_its_journal_does_not_give_is_reported() {
        Story story = Story.of(Route.keys()).paid();
        Checkout planted = story.checkout().with(1, order -> order.with(Stage.DISPUTED, Story.START));
        writeRows(story, story.rows().size(), planted);
        reports(Invariant.I6, "cart42", "gives something else than is stored");
    }

    @Test
    void a_schedule_that_the_journal_does_not_know_is_no_violation() {
        Story story = Story.of(Route.keys()).paid().outOfStock();
        assertThat(story.checkout().schedule().attempts()).isNotEmpty();
        write(story);
        assertThat(audit().violations()).isEmpty();
    }

    @Test
    void a_journal_that_cannot_be_folded_is_reported() {
        Story story = Story.of(Route.keys());
        writeRows(story, 1, story.checkout());
        Entry ofNoPayment = new Entry.PaymentClosed(7);
        commit(story, 2, story.checkout(), List.of(ofNoPayment), 2);
        reports(Invariant.I6, "cart42", "cannot be folded: checkout cart42 has no payment 7");
    }

    @Test
    void a_journal_row_that_is_out_of_its_place_is_reported() {
        Story story = Story.of(Route.keys());
        commit(story, 1, story.checkout(), story.rows().get(0).entries(), 5);
        reports(Invariant.I6, "cart42", "not in order");
    }

    @Test
    void a_document_that_cannot_be_read_is_reported_and_the_others_are_audited() {
        Story broken = Story.named("cart1", Route.keys());
        write(broken);
        write(Story.named("cart2", Route.keys()));
        Step.Write unreadable = new Step.Write(9, Bytes.utf8("{\"format\":9}"), Bytes.EMPTY, null, 1, null, List.of());
        commit(broken, 1, unreadable);
        AuditReport report = audit();
        assertThat(report.orders()).isEqualTo(1);
        assertThat(report.violations()).hasSize(1);
        assertThat(report.violations().get(0).id()).isEqualTo("cart1");
        assertThat(report.violations().get(0).sentence()).contains("format 9");
    }

    @Test
    void a_key_sold_to_an_order_that_does_not_exist_is_reported() {
        sell("nobody.1");
        reports(Invariant.I3, "nobody.1", "an order that does not exist");
    }

    @Test
    void keys_are_not_compared_where_the_stock_lies_elsewhere() {
        sell("nobody.1");
        write(Story.of(Route.keys()).paid().taken());
        AuditReport report = store.view(view -> AuditWalk.over(view, false));
        assertThat(report.violations()).isEmpty();
        assertThat(report.keys()).isZero();
    }

    @Test
    void a_notice_of_money_that_was_applied_to_nothing_is_reported() {
        write(Story.of(Route.keys()).paid("t1", Story.PRICE));
        notice("n1", "cart42_p1", new PaymentWord.Paid("t1", Story.PRICE));
        notice("n2", "cart42_p1", new PaymentWord.Pending());
        assertThat(audit().violations()).isEmpty();
        notice("n3", "cart42_p1", new PaymentWord.Paid("t2", Story.PRICE));
        reports(Invariant.I1, "cart42_p1", "notice n3 of gateway:alipay says that money came");
    }

    @Test
    void a_trade_number_of_another_checkout_does_not_count() {
        write(Story.named("cart1", Route.keys()).paid("t1", Story.PRICE));
        write(Story.named("cart2", Route.keys()));
        write(Story.named("cart3", Route.keys()).paid("t1", Story.PRICE));
        notice("n1", "cart3_p1", new PaymentWord.Paid("t1", Story.PRICE));
        assertThat(audit().violations()).isEmpty();
        notice("n2", "cart2_p1", new PaymentWord.Paid("t1", Story.PRICE));
        reports(Invariant.I1, "cart2_p1", "no such receipt");
    }

    private AuditReport audit() {
        return store.view(view -> AuditWalk.over(view, true));
    }

    private void reports(Invariant invariant, String id, String sentence) {
        AuditReport report = audit();
        assertThat(report.ok()).isFalse();
        assertThat(report.violations()).hasSize(1);
        assertThat(report.violations().get(0).invariant()).isEqualTo(invariant);
        assertThat(report.violations().get(0).id()).isEqualTo(id);
        assertThat(report.violations().get(0).sentence()).contains(sentence);
    }

    private void sell(String order) {
        OrderId id = OrderId.parse(order);
        inventory.importKeys("steam-50", List.of(Secret.of("key of " + order)));
        inventory.reserve(id, "steam-50", 1);
        inventory.handOver(id);
    }

    private void write(Story story) {
        writeRows(story, story.rows().size(), story.checkout());
    }

    /** Writes the first rows of a story; the last of them leaves the document that is given. */
    private void writeRows(Story story, int rows, Checkout last) {
        for (int seq = 1; seq <= rows; seq++) {
            commit(story, seq, last, story.rows().get(seq - 1).entries(), seq);
        }
    }

    private void commit(Story story, int seq, Checkout after, List<Entry> entries, int seqInside) {
        int row = Math.min(seq, story.rows().size()) - 1;
        JournalEntry journal = new JournalEntry(
                seqInside,
                "step",
                story.rows().get(row).at(),
                List.of(story.rows().get(row).event()),
                entries);
        Step.Write write = new Step.Write(
                Codec.FORMAT,
                Codec.encode(after),
                Codec.encode(Personal.ERASED),
                null,
                seq,
                Codec.encodeJournal(journal),
                Codec.indexRows(after));
        commit(story, seq - 1, write);
    }

    private void commit(Story story, long version, Step.Write write) {
        Step step =
                new Step.Plain("step" + ++steps, story.checkout().id(), version, new Step.Claim.Keep(), null, write);
        assertThat(store.commit(List.of(step)).get(0)).isInstanceOf(StepResult.Done.class);
    }

    private void notice(String key, String reference, PaymentWord word) {
        NoticeWrite row = new NoticeWrite(
                key,
                "gateway:alipay",
                reference,
                Codec.encodeWord(word),
                Bytes.EMPTY,
                StoredNotice.State.APPLIED,
                null);
        assertThat(store.commit(List.of(new Step.NoticeAlone("step" + ++steps, row)))
                        .get(0))
                .isInstanceOf(StepResult.Done.class);
    }
}
