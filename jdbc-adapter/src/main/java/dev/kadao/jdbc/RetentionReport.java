package dev.kadao.jdbc;

/**
 * What a run of {@link JdbcRetention} did.
 *
 * @param batches transactions that found something to do
 * @param dated quiet checkouts that had no time since when, and got one
 * @param bodies notices whose raw body was erased
 * @param keys keys whose content was erased while their order stays
 * @param texts checkouts whose personal data were erased
 * @param checkouts checkouts that were deleted, with all that belongs to them
 * @param orphans notices of closed cases that were deleted
 * @param places lapsed places of the risk counters that were deleted
 * @param isDone whether nothing was left to do; else run it again
 */
public record RetentionReport(
        int batches,
        long dated,
        long bodies,
        long keys,
        long texts,
        long checkouts,
        long orphans,
        long places,
        boolean isDone) {}
