package dev.kadao.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.CheckoutStore.IndexHit;
import dev.kadao.port.CheckoutStore.IndexQuery;
import dev.kadao.port.CheckoutStore.JournalRow;
import dev.kadao.port.CheckoutStore.KeySlot;
import dev.kadao.port.CheckoutStore.StoredCheckout;
import dev.kadao.port.KeyInventory;
import dev.kadao.port.KeyInventory.RevealAnswer;
import dev.kadao.port.Step;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.Step.StockRequest;
import dev.kadao.port.StepResult;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** A fresh store on trial, a second handle onto the same data, and its stock if it has one. */
public final class StoreBench {
    /** Long enough never to end within a test. */
    public static final Duration LONG = Duration.ofHours(1);

    private static final CheckoutId NOBODY = new CheckoutId("nobody");
    private final CheckoutStore store;
    private final CheckoutStore other;
    private final @Nullable KeyInventory stock;
    private final KeyImport keyImport;
    private final Consumer<Duration> letPass;

    /**
     * @param other another handle onto the same data; the same one if there is no other way to the data
     * @param stock the inventory that shares the store's commits; null if there is none
     * @param letPass makes the store's clock move on by at least so much before it returns
     */
    public StoreBench(
            CheckoutStore store,
            CheckoutStore other,
            @Nullable KeyInventory stock,
            KeyImport keyImport,
            Consumer<Duration> letPass) {
        this.store = store;
        this.other = other;
        this.stock = stock;
        this.keyImport = keyImport;
        this.letPass = letPass;
        if (stock != null) {
            // As whoever builds on a store and a stock does.
            assertThat(store.sharesCommitWith(stock)).isTrue();
            assertThat(other.sharesCommitWith(stock)).isTrue();
        }
    }

    public CheckoutStore store() {
        return store;
    }

    public CheckoutStore other() {
        return other;
    }

    /** The inventory that shares the store's commits. A test that asks for it is skipped if there is none. */
    public KeyInventory stock() {
        if (stock == null) {
            throw new TestAbortedException("the store has no stock of its own");
        }
        return stock;
    }

    /** Adds so many keys to the stock, named after the SKU and counted from 1. Skips the test if there is none. */
    public void fill(String sku, int keys) {
        stock();
        keyImport.importKeys(
                sku,
                IntStream.rangeClosed(1, keys)
                        .mapToObj(number -> Secret.of(sku + "-key-" + number))
                        .toList());
    }

    public void letPass(Duration time) {
        letPass.accept(time);
    }

    /** The store's time. */
    public Instant now() {
        return store.read(NOBODY).now();
    }

    public StepResult commit(Step step) {
        List<StepResult> results = store.commit(List.of(step));
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    /** Commits a step that must be written. */
    public StepResult.Done done(Step step) {
        StepResult result = commit(step);
        assertThat(result).isInstanceOf(StepResult.Done.class);
        return (StepResult.Done) result;
    }

    /** Commits a step that must be stale. */
    public void stale(Step step) {
        assertThat(commit(step)).isEqualTo(new StepResult.Stale());
    }

    /** Commits a step with these requests on the checkout as it is; the answers as they were stored. */
    public List<StockAnswer> ask(String checkout, StockRequest... requests) {
        return ask(store, checkout, requests);
    }

    /** As {@link #ask(String, StockRequest...)}, through one of the handles. */
    List<StockAnswer> ask(CheckoutStore handle, String checkout, StockRequest... requests) {
        List<StockAnswer> seen = new ArrayList<>();
        StepDraft draft = store.read(new CheckoutId(checkout))
                .checkout()
                .map(StepDraft::on)
                .orElseGet(() -> StepDraft.insert(checkout));
        List<StepResult> results = handle.commit(List.of(draft.withStock(List.of(requests), answers -> {
            seen.clear();
            seen.addAll(answers);
            return draft.document(answers.toString()).write();
        })));
        assertThat(results).singleElement().isInstanceOf(StepResult.Done.class);
        assertThat(stored(checkout).document()).isEqualTo(Bytes.utf8(seen.toString()));
        return seen;
    }

    /** The keys of the checkout's first order, which must have some. */
    public List<Secret> revealed(String checkout) {
        RevealAnswer answer = stock().reveal(order(checkout));
        assertThat(answer).isInstanceOf(RevealAnswer.Revealed.class);
        return ((RevealAnswer.Revealed) answer).keys();
    }

    /** All keys, without their content. */
    public List<KeySlot> slots() {
        return store.view(view -> view.keySlots("", 10_000));
    }

    /** Reads a checkout that must be there. */
    public StoredCheckout stored(String id) {
        return store.read(new CheckoutId(id))
                .checkout()
                .orElseThrow(() -> new AssertionError("checkout " + id + " is not stored"));
    }

    /** What a worker claims now for a long time, ids only. */
    public List<String> claim(String worker, int limit) {
        return store.claim(worker, LONG, limit).checkouts().stream()
                .map(checkout -> checkout.id().value())
                .toList();
    }

    public List<JournalRow> journal(String id) {
        return store.view(view -> view.journal(new CheckoutId(id), 0, 1_000));
    }

    /** All hits of exactly this value. */
    public List<IndexHit> find(String kind, String value) {
        return store.view(view -> view.find(new IndexQuery(kind, value, false, null, 1_000)));
    }

    /** All hits of values that start so. */
    public List<IndexHit> findPrefix(String kind, String prefix) {
        return store.view(view -> view.find(new IndexQuery(kind, prefix, true, null, 1_000)));
    }

    public List<StoredNotice> notices(StoredNotice.State state) {
        return store.view(view -> view.notices(state, "", 1_000));
    }

    public static IndexHit hit(String value, String checkout, int number) {
        return new IndexHit(value, new CheckoutId(checkout), number);
    }

    public static OrderId order(String checkout) {
        return new OrderId(new CheckoutId(checkout), 1);
    }
}
