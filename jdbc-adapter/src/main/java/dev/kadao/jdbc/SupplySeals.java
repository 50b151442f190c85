package dev.kadao.jdbc;

import dev.kadao.port.Step;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What steps in the making seal the keys with that suppliers sold. It is got before their transaction, on the thread of
 * whoever commits them: the shop's cipher may be far away, and then neither a lock nor another step of the batch waits
 * for it. A step of which it could not be got is committed all the same, its requests answered as not tried. Thread-safe.
 */
final class SupplySeals {
    private static final Logger LOG = LoggerFactory.getLogger(SupplySeals.class);
    private static final Seal NO_STEP = Seal.missing("nothing was got ready to seal these keys with");

    private final Database database;
    private final Map<String, Map<String, Seal>> byStep = new ConcurrentHashMap<>();
    private volatile @Nullable SourcedBatches batches;

    SupplySeals(Database database) {
        this.database = database;
    }

    /** From now on keys are sealed as those of this vault. */
    void use(KeyVault vault) {
        batches = new SourcedBatches(database, vault);
    }

    /**
     * What keys of one SKU are sealed with.
     *
     * @param target null if it could not be got
     * @param reason then why; for people, without anything secret
     */
    record Seal(SourcedBatches.@Nullable Target target, String reason) {
        static Seal missing(String reason) {
            return new Seal(null, reason);
        }
    }

    /** What one call to commit holds; closing it wipes the data keys. */
    static final class Held implements AutoCloseable {
        private final Map<String, Map<String, Seal>> byStep;
        private final Set<String> stepIds = new TreeSet<>();
        private final Map<String, Seal> bySku = new HashMap<>();

        private Held(Map<String, Map<String, Seal>> byStep) {
            this.byStep = byStep;
        }

        @Override
        public void close() {
            stepIds.forEach(id -> byStep.remove(id, bySku));
            bySku.values().forEach(seal -> {
                if (seal.target() != null) {
                    seal.target().close();
                }
            });
        }
    }

    /** Gets what these steps will need; never throws. */
    Held ready(Collection<Step> steps) {
        Held held = new Held(byStep);
        for (Step step : steps) {
            Set<String> skus = skus(step);
            skus.forEach(sku -> held.bySku.computeIfAbsent(sku, this::ready));
            if (!skus.isEmpty()) {
                held.stepIds.add(step.stepId());
                byStep.put(step.stepId(), held.bySku);
            }
        }
        return held;
    }

    /** What was got for a step. */
    Seal of(String stepId, String sku) {
        return byStep.getOrDefault(stepId, Map.of()).getOrDefault(sku, NO_STEP);
    }

    private static Set<String> skus(Step step) {
        if (!(step instanceof Step.WithStock withStock)) {
            return Set.of();
        }
        return withStock.requests().stream()
                .filter(SuppliedKeys::serves)
                .map(SuppliedKeys::skuOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Seal ready(String sku) {
        SourcedBatches known = batches;
        if (known == null) {
            return Seal.missing("the store knows no inventory to seal keys with: ask it sharesCommitWith(inventory)");
        }
        try {
            return new Seal(known.ready(sku), "");
        } catch (SQLException e) {
            LOG.warn("No batch could be had for keys of SKU {} that a supplier sold; it is tried again.", sku, e);
            return Seal.missing("no batch could be had for keys of SKU " + sku + " (" + SqlFailure.of(e)
                    + ", SQL state " + e.getSQLState() + ")");
        } catch (RuntimeException e) {
            LOG.warn(
                    "The data key could not be had under which keys of SKU {} are sealed that a supplier sold; it is"
                            + " tried again. Look at the KeyCipher.",
                    sku,
                    e);
            return Seal.missing("the data key for keys of SKU " + sku + " could not be had: "
                    + e.getClass().getName());
        }
    }
}
