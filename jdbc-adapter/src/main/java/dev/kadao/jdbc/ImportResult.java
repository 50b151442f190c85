package dev.kadao.jdbc;

import java.util.List;

/**
 * What an import of keys did. Blank lines count nowhere; every other line counts once.
 *
 * @param batch the batch's number, as {@link KeyDesk#batches} lists it; empty if no key was new and it has none
 * @param imported how many keys are new, and free unless already taken
 * @param alreadyThere how many an earlier import of the same batch had brought: what is found when a broken import is
 *     run again
 * @param duplicates how many the SKU had from other batches, in whatever state, or stood earlier in the same text
 * @param rejected how many lines were no key: over 512 characters, control characters, invalid UTF-8
 * @param duplicateLines the first {@value #MOST_LINES} of them, counted from 1
 * @param rejectedLines the first {@value #MOST_LINES} of them, counted from 1
 */
public record ImportResult(
        String batch,
        long imported,
        long alreadyThere,
        long duplicates,
        long rejected,
        List<Long> duplicateLines,
        List<Long> rejectedLines) {
    /** So many line numbers are kept of each sort. */
    public static final int MOST_LINES = 10_000;

    public ImportResult {
        duplicateLines = List.copyOf(duplicateLines);
        rejectedLines = List.copyOf(rejectedLines);
    }
}
