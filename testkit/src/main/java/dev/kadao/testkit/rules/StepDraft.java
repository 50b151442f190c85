package dev.kadao.testkit.rules;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.port.CheckoutStore.IndexRow;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.Step;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A step in the making, with a value for everything: tests name only what they are about. Not thread-safe. */
public final class StepDraft {
    private final String stepId = UUID.randomUUID().toString().replace("-", "");
    private final CheckoutId id;
    private final long version;
    private long seq;
    private Step.Claim claim = new Step.Claim.Keep();
    private @Nullable NoticeWrite notice;
    private Bytes document = Bytes.utf8("{}");
    private Bytes personal = Bytes.EMPTY;
    private @Nullable Instant due;
    private @Nullable Bytes journal;
    private List<IndexRow> index = List.of();

    private StepDraft(CheckoutId id, long version, long seq) {
        this.id = id;
        this.version = version;
        this.seq = seq;
    }

    /** A step that inserts a checkout. */
    public static StepDraft insert(String id) {
        return new StepDraft(new CheckoutId(id), 0, 0);
    }

    /** A step on this version of a checkout whose journal ends with {@code seq}. */
    public static StepDraft on(String id, long version, long seq) {
        return new StepDraft(new CheckoutId(id), version, seq);
    }

    /** A step on a checkout as it was read. */
    public static StepDraft on(StoredCheckout stored) {
        return new StepDraft(stored.id(), stored.version(), stored.seq());
    }

    public StepDraft claim(Step.Claim newClaim) {
        claim = newClaim;
        return this;
    }

    public StepDraft notice(NoticeWrite newNotice) {
        notice = newNotice;
        return this;
    }

    public StepDraft document(String text) {
        return document(Bytes.utf8(text));
    }

    public StepDraft document(Bytes bytes) {
        document = bytes;
        return this;
    }

    public StepDraft personal(Bytes bytes) {
        personal = bytes;
        return this;
    }

    public StepDraft due(@Nullable Instant time) {
        due = time;
        return this;
    }

    /** Adds the next journal row. */
    public StepDraft journal(String entries) {
        return journal(Bytes.utf8(entries), seq + 1);
    }

    /** Adds a journal row of this number. */
    public StepDraft journal(Bytes entries, long number) {
        journal = entries;
        seq = number;
        return this;
    }

    public StepDraft index(IndexRow... rows) {
        index = List.of(rows);
        return this;
    }

    public String stepId() {
        return stepId;
    }

    public Step.Write write() {
        return new Step.Write(1, document, personal, due, seq, journal, index);
    }

    public Step.Plain plain() {
        return new Step.Plain(stepId, id, version, claim, notice, write());
    }

    /** The step with stock whose continuation writes what the function makes of the answers. */
    public Step.WithStock withStock(
            List<Step.StockRequest> requests, Function<List<Step.StockAnswer>, Step.Write> continuation) {
        return new Step.WithStock(stepId, id, version, claim, notice, requests, continuation);
    }

    /** The step with stock that writes this draft with the answers as its document. */
    public Step.WithStock withStock(Step.StockRequest... requests) {
        return withStock(
                List.of(requests), answers -> document(String.valueOf(answers)).write());
    }
}
