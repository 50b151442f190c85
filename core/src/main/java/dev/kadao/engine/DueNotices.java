package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.NoticeWrite;
import dev.kadao.port.StoredNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again at stored notices: unapplied ones are applied, orphans matched for a day and then given to a person. */
final class DueNotices {
    private static final Logger LOG = LoggerFactory.getLogger(DueNotices.class);
    private static final Duration MATCHED_FOR = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int PAGE = 100;

    private final CheckoutStore store;
    private final Committer committer;
    private final NoticeMatching matching;
    private final GatewayCalls calls;
    private final Flights flights;
    private final Seldom seldom;

    DueNotices(
            CheckoutStore store,
            Committer committer,
            NoticeMatching matching,
            GatewayCalls calls,
            Flights flights,
            Seldom seldom) {
        this.store = store;
        this.committer = committer;
        this.matching = matching;
        this.calls = calls;
        this.flights = flights;
        this.seldom = seldom;
    }

    void look(StoredNotice stored, Instant now) {
        try {
            NoticeMatching.Match match = matching.match(NoticeMatching.Genuine.of(stored));
            if (match instanceof NoticeMatching.Applied applied) {
                if (!applied.written()) {
                    committer.write(row(stored, StoredNotice.State.APPLIED, null));
                }
            } else if (match instanceof NoticeMatching.Failed failed) {
                again(stored, now, failed.reason());
            } else {
                ask(match);
                unmatched(stored, now);
            }
        } catch (RuntimeException e) {
            again(stored, now, Thrown.named(e));
        }
    }

    /** The query's answer records the money; the notice then finds it known. */
    private void ask(NoticeMatching.Match match) {
        if (match instanceof NoticeMatching.MustAsk mustAsk) {
            Effect.QueryPayment query = new Effect.QueryPayment(mustAsk.payment());
            if (flights.begin(mustAsk.held().id(), query.part())) {
                calls.query(mustAsk.held(), query);
            }
        }
    }

    /** It names no payment, or one of which its gateway does not confirm what it says. */
    private void unmatched(StoredNotice stored, Instant now) {
        if (now.isBefore(stored.receivedAt().plus(MATCHED_FOR))) {
            committer.write(row(stored, StoredNotice.State.ORPHAN, now.plus(gap(stored, now))));
            return;
        }
        committer.write(row(stored, StoredNotice.State.ORPHAN_CASE, null));
        LOG.warn(
                "a notice of {} for '{}' has matched no payment since {}: a person must look at it at the desk",
                stored.source(),
                stored.reference(),
                stored.receivedAt());
    }

    private void again(StoredNotice stored, Instant now, String reason) {
        if (seldom.allows("notice " + stored.key(), Duration.ofHours(1))) {
            LOG.warn(
                    "a notice of {} for '{}' is stored but not applied: {}. It is tried again",
                    stored.source(),
                    stored.reference(),
                    reason);
        }
        committer.write(row(stored, stored.state(), now.plus(gap(stored, now))));
    }

    /** A quarter of its age, between a minute and an hour: needs no counter. */
    private static Duration gap(StoredNotice stored, Instant now) {
        Duration quarter = Duration.between(stored.receivedAt(), now).dividedBy(4);
        if (quarter.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return quarter.compareTo(LONGEST) > 0 ? LONGEST : quarter;
    }

    static NoticeWrite row(StoredNotice stored, StoredNotice.State state, @Nullable Instant due) {
        return new NoticeWrite(
                stored.key(), stored.source(), stored.reference(), stored.word(), stored.raw(), state, due);
    }

    /** Whether the same notice is an orphan already, so that a repetition writes nothing and opens no case anew. */
    boolean isKnownOrphan(String key) {
        return find(
                        key,
                        List.of(
                                StoredNotice.State.ORPHAN,
                                StoredNotice.State.ORPHAN_CASE,
                                StoredNotice.State.ORPHAN_CLOSED))
                .isPresent();
    }

    /** Whether the same notice is stored and waits to be applied: that is enough to acknowledge it again. */
    boolean isKnownUnapplied(String key) {
        return find(key, List.of(StoredNotice.State.UNAPPLIED)).isPresent();
    }

    /** Closes the case of an orphan; empty if there is none of that key. */
    Optional<Boolean> close(String key) {
        Optional<StoredNotice> open = find(key, List.of(StoredNotice.State.ORPHAN, StoredNotice.State.ORPHAN_CASE));
        if (open.isPresent()) {
            return Optional.of(committer.write(row(open.get(), StoredNotice.State.ORPHAN_CLOSED, null)));
        }
        return find(key, List.of(StoredNotice.State.ORPHAN_CLOSED)).map(known -> true);
    }

    /** The notice of that key, if it is in one of these states. */
    Optional<StoredNotice> find(String key, List<StoredNotice.State> states) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        // Keys are listed after a given one: all but the last character is the nearest one before it.
        String before = key.substring(0, key.length() - 1);
        return store.view(view -> states.stream()
                .flatMap(state -> view.notices(state, before, 20).stream())
                .filter(notice -> notice.key().equals(key))
                .findFirst());
    }

    /** Applied notices whose keys begin alike, by key. */
    List<StoredNotice> applied(String start) {
        return store.view(view -> {
            List<StoredNotice> found = new ArrayList<>();
            String after = start;
            List<StoredNotice> page;
            do {
                page = view.notices(StoredNotice.State.APPLIED, after, PAGE).stream()
                        .filter(notice -> notice.key().startsWith(start))
                        .toList();
                found.addAll(page);
                after = page.isEmpty() ? after : page.get(page.size() - 1).key();
            } while (page.size() == PAGE);
            return found;
        });
    }
}
