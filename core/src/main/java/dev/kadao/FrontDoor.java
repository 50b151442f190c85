package dev.kadao;

import dev.kadao.desk.Desk;
import dev.kadao.engine.Engine;
import dev.kadao.engine.Opening;
import dev.kadao.engine.Outcome;
import dev.kadao.engine.Placement;
import dev.kadao.engine.Revelation;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.RecentTimes;
import dev.kadao.insight.Texts;
import dev.kadao.insight.Timeline;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.port.InboundNotice;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.QuestionReader;
import dev.kadao.support.Support;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The front door over a running engine. */
final class FrontDoor implements Fulfillment {
    private static final int MOST_REASON = 2_000;
    private static final int MOST_ORIGIN = 512;

    private final Engine engine;
    private final PlaceCheck check;
    private final Duration watchdogInterval;
    private final Desk desk;
    private final Support support;

    FrontDoor(
            Engine engine, PlaceCheck check, Duration watchdogInterval, Texts texts, @Nullable QuestionReader reader) {
        this.engine = engine;
        this.check = check;
        this.watchdogInterval = watchdogInterval;
        this.desk = new FrontDesk(engine);
        this.support = new FrontSupport(engine, texts, reader == null ? null : engine.reading(reader));
    }

    @Override
    public PlaceResult place(PlaceRequest request) {
        PlaceCheck.Checked checked = check.check(request);
        if (checked.problems().isEmpty()) {
            List<String> complaints = engine.recipientComplaints(checked.placement());
            return complaints.isEmpty()
                    ? result(engine.place(checked.placement()))
                    : new PlaceResult.Invalid(complaints);
        }
        // What was placed stands, even if the shop does not sell it any more.
        Optional<Placement.Result> known =
                checked.isComparable() ? engine.repeated(checked.placement()) : Optional.empty();
        return known.filter(found -> !(found instanceof Placement.Result.Conflict))
                .map(FrontDoor::result)
                .orElseGet(() -> new PlaceResult.Invalid(checked.problems()));
    }

    @Override
    public JoinedResult placeWithin(PlaceRequest request, JoinedCommit joined) {
        if (!engine.isOwn(joined)) {
            throw new InvalidValueException(
                    "the transaction was not joined at the store of this Fulfillment, so what is"
                            + " placed would never be found here: pass what the join(..) of that store returned (a store in"
                            + " memory has none)");
        }
        PlaceCheck.Checked checked = check.check(request);
        if (checked.problems().isEmpty()) {
            List<String> hindrances = PlaceCheck.hindrancesToJoin(checked.placement());
            return hindrances.isEmpty()
                    ? joinedResult(engine.placeWithin(checked.placement(), joined))
                    : new JoinedResult.Invalid(hindrances);
        }
        Optional<Placement.Result> known =
                checked.isComparable() ? engine.repeatedWithin(checked.placement(), joined) : Optional.empty();
        return known.filter(found -> !(found instanceof Placement.Result.Conflict))
                .map(FrontDoor::joinedResult)
                .orElseGet(() -> new JoinedResult.Invalid(checked.problems()));
    }

    private static JoinedResult joinedResult(Placement.Result result) {
        if (result instanceof Placement.Result.Placed placed) {
            return new JoinedResult.Written(placed.snapshot(), placed.pickupToken());
        }
        if (result instanceof Placement.Result.Same same) {
            return new JoinedResult.Same(same.snapshot());
        }
        if (result instanceof Placement.Result.Conflict conflict) {
            return new JoinedResult.Conflict(conflict.sentence());
        }
        if (result instanceof Placement.Result.TurnedDown refused) {
            return new JoinedResult.RefusedByRisk(refused.sentence());
        }
        return result instanceof Placement.Result.TooLarge tooLarge
                ? new JoinedResult.Invalid(List.of(tooLarge.sentence()))
                : new JoinedResult.Busy(((Placement.Result.Busy) result).sentence());
    }

    private static PlaceResult result(Placement.Result result) {
        if (result instanceof Placement.Result.Placed placed) {
            return new PlaceResult.Placed(placed.snapshot(), placed.pickupToken());
        }
        if (result instanceof Placement.Result.Same same) {
            return new PlaceResult.Same(same.snapshot());
        }
        if (result instanceof Placement.Result.Conflict conflict) {
            return new PlaceResult.Conflict(conflict.sentence());
        }
        if (result instanceof Placement.Result.TurnedDown refused) {
            return new PlaceResult.RefusedByRisk(refused.sentence());
        }
        if (result instanceof Placement.Result.NoneToReserve none) {
            return new PlaceResult.NoneToReserve(none.sentence());
        }
        return result instanceof Placement.Result.TooLarge tooLarge
                ? new PlaceResult.Invalid(List.of(tooLarge.sentence()))
                : new PlaceResult.Busy(((Placement.Result.Busy) result).sentence());
    }

    @Override
    public PaymentResult openPayment(CheckoutId checkout, String gateway) {
        Opening opening = engine.openPayment(checkout, gateway);
        return opening instanceof Opening.Opened opened
                ? new PaymentResult.Opened(opened.snapshot(), opened.payment())
                : new PaymentResult.NotOpened(answer(((Opening.NotOpened) opening).why()));
    }

    @Override
    public NoticeReply receive(String gateway, InboundNotice notice) {
        return engine.receive(gateway, notice);
    }

    @Override
    public NoticeReply receiveFromSupplier(String supplier, InboundNotice notice) {
        return engine.receiveFromSupplier(supplier, notice);
    }

    @Override
    public RevealResult reveal(OrderId order) {
        return result(engine.reveal(order, null));
    }

    @Override
    public RevealResult reveal(OrderId order, String origin) {
        if (origin.isBlank() || origin.length() > MOST_ORIGIN) {
            String sentence = "where keys are asked for has " + origin.length() + " characters; use 1 to " + MOST_ORIGIN
                    + ", not only blanks, or leave it out where it is not known";
            return new RevealResult.NotShown(new Answer.Refused(Answer.Why.BAD_INPUT, sentence), null);
        }
        return result(engine.reveal(order, origin));
    }

    private static RevealResult result(Revelation revelation) {
        if (revelation instanceof Revelation.Shown shown) {
            return new RevealResult.Shown(shown.keys());
        }
        Revelation.NotShown not = (Revelation.NotShown) revelation;
        return new RevealResult.NotShown(answer(not.why()), not.receipt());
    }

    @Override
    public Answer confirm(OrderId order) {
        return answer(engine.confirm(order));
    }

    @Override
    public ComplaintResult complain(OrderId order) {
        Outcome outcome = engine.complain(order);
        return outcome instanceof Outcome.Done done
                ? new ComplaintResult.Heard(done.snapshot(), done.did())
                : new ComplaintResult.NotHeard(answer(outcome));
    }

    @Override
    public Answer dispute(OrderId order, String reason) {
        if (reason.isBlank() || reason.length() > MOST_REASON) {
            return new Answer.Refused(
                    Answer.Why.BAD_INPUT,
                    "a dispute needs a reason of 1 to " + MOST_REASON + " characters, not " + reason.length());
        }
        return answer(engine.dispute(order, reason));
    }

    @Override
    public Answer review(OrderId order, int stars, Optional<String> text) {
        return ReviewWords.complaint(stars, text)
                .<Answer>map(complaint -> new Answer.Refused(Answer.Why.BAD_INPUT, complaint))
                .orElseGet(() -> answer(
                        engine.review(order, stars, text.map(String::strip).orElse(null))));
    }

    @Override
    public Answer confirmRecipient(OrderId order, String recipient) {
        return answer(engine.confirmRecipient(order, recipient));
    }

    @Override
    public Answer correctRecipient(OrderId order, String recipient) {
        return answer(engine.correctRecipient(order, recipient, check::complaint));
    }

    @Override
    public Answer erasePersonalData(CheckoutId checkout) {
        return answer(engine.erase(checkout));
    }

    private static Answer answer(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return new Answer.Done(done.snapshot(), done.repeated());
        }
        if (outcome instanceof Outcome.NotFound notFound) {
            return new Answer.NotFound(notFound.sentence());
        }
        if (outcome instanceof Outcome.Busy busy) {
            return new Answer.Busy(busy.sentence());
        }
        Outcome.Refused refused = (Outcome.Refused) outcome;
        Answer.Why why = switch (refused.why()) {
            case WRONG_STAGE, OTHER_VERSION, ACT_ID_TAKEN -> Answer.Why.WRONG_STAGE;
            case LIMIT_REACHED -> Answer.Why.LIMIT_REACHED;
            case BAD_INPUT -> Answer.Why.BAD_INPUT;
        };
        return new Answer.Refused(why, refused.sentence());
    }

    @Override
    public Optional<Snapshot> checkout(CheckoutId id) {
        return engine.reads().checkout(id);
    }

    @Override
    public Optional<Diagnosis> diagnose(OrderId order) {
        return checkout(order.checkout())
                .filter(found -> order.line() <= found.checkout().orders().size())
                .map(found -> Diagnosis.of(found.checkout(), order.line(), found.now(), engine.recentTimes()));
    }

    @Override
    public RecentTimes recentTimes() {
        return engine.recentTimes();
    }

    @Override
    public Optional<Timeline> timeline(OrderId order) {
        return checkout(order.checkout())
                .filter(found -> order.line() <= found.checkout().orders().size())
                .map(found -> {
                    List<Timeline.Fact> facts = engine.reads().journal(order.checkout()).stream()
                            .map(recorded -> new Timeline.Fact(recorded.at(), recorded.entry()))
                            .toList();
                    return Timeline.of(facts, order.line());
                });
    }

    @Override
    public boolean isPickupToken(Snapshot snapshot, Secret token) {
        return engine.isPickupToken(snapshot, token);
    }

    @Override
    public void stockArrived(String sku) {
        engine.stockArrived(sku);
    }

    @Override
    public Health health() {
        boolean storeAnswers = engine.storeAnswers();
        Duration since = engine.sinceLastRound();
        boolean onTime = since != null && since.compareTo(watchdogInterval.multipliedBy(3)) <= 0;
        return new Health(
                storeAnswers,
                since,
                engine.unstoredAnswers(),
                engine.forgedNotices(),
                engine.paused(),
                storeAnswers && onTime);
    }

    @Override
    public Desk desk() {
        return desk;
    }

    @Override
    public Support support() {
        return support;
    }

    @Override
    public void close() {
        engine.close();
    }
}
