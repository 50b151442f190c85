package dev.kadao.codec;

import dev.kadao.order.Entry;
import java.time.Instant;
import java.util.List;

/**
 * One journal row: what one step decided.
 *
 * @param seq counts the rows of a checkout from 1
 * @param at the time the entries are applied with
 * @param events identities of the events that led to it; no personal data
 */
public record JournalEntry(long seq, String stepId, Instant at, List<String> events, List<Entry> entries) {
    public JournalEntry {
        events = List.copyOf(events);
        entries = List.copyOf(entries);
    }
}
