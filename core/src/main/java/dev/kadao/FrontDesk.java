package dev.kadao;

import dev.kadao.desk.BulkAct;
import dev.kadao.desk.BulkResult;
import dev.kadao.desk.CaseItem;
import dev.kadao.desk.Desk;
import dev.kadao.desk.DeskAct;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.desk.OrderItem;
import dev.kadao.desk.Page;
import dev.kadao.desk.PaymentItem;
import dev.kadao.desk.RevealItem;
import dev.kadao.desk.ReviewItem;
import dev.kadao.engine.Engine;
import dev.kadao.engine.Outcome;
import dev.kadao.engine.PersonAct;
import dev.kadao.engine.Replay;
import dev.kadao.insight.AuditReport;
import dev.kadao.insight.DisputeEvidence;
import dev.kadao.insight.OpenOrders;
import dev.kadao.insight.Ratings;
import dev.kadao.insight.Reconciliation;
import dev.kadao.insight.ServiceStatistics;
import dev.kadao.insight.Texts;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.PaymentStatus;
import dev.kadao.order.Proposal;
import dev.kadao.port.Statement;
import dev.kadao.port.StoredNotice;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The desk over a running engine. */
final class FrontDesk implements Desk {
    private static final int MOST_TEXT = 2_000;
    private static final int MOST_NAME = 128;

    private final Engine engine;
    private final DeskLists lists;

    FrontDesk(Engine engine) {
        this.engine = engine;
        this.lists = new DeskLists(engine.reads());
    }

    @Override
    public DeskAnswer act(OrderId order, DeskAct act) {
        if (act.action() == DeskAct.Action.CLOSE_CASE) {
            return badInput("a case is closed by closeCase(..), not by an act on order " + order);
        }
        if (act.action() == DeskAct.Action.REPLAY_NOTICE) {
            return badInput("a notice is read again by replayNotice(..), not by an act on order " + order);
        }
        DeskAnswer complaint = complaint(act);
        return complaint != null
                ? complaint
                : orProposed(
                        order,
                        act,
                        answer(engine.act(
                                order.checkout(), personAct(act, act.action().name(), order.line(), 0))));
    }

    /** Where two persons are wanted, what one of them does is not done yet. */
    private static DeskAnswer orProposed(OrderId order, DeskAct act, DeskAnswer answer) {
        if (!(answer instanceof DeskAnswer.Done done) || done.snapshot() == null) {
            return answer;
        }
        Proposal waiting = done.snapshot().checkout().order(order.line()).proposal();
        boolean ours = waiting != null && waiting.actId().equals(act.id());
        return ours ? new DeskAnswer.Proposed(done.snapshot(), done.repeated()) : answer;
    }

    @Override
    public DeskAnswer closeCase(CheckoutId checkout, int caseNumber, DeskAct act) {
        DeskAnswer complaint = complaint(act, DeskAct.Action.CLOSE_CASE);
        return complaint != null
                ? complaint
                : answer(engine.act(checkout, personAct(act, DeskAct.Action.CLOSE_CASE.name(), 0, caseNumber)));
    }

    @Override
    public DeskAnswer closeOrphan(String noticeKey, DeskAct act) {
        DeskAnswer complaint = complaint(act, DeskAct.Action.CLOSE_CASE);
        if (complaint != null) {
            return complaint;
        }
        return engine.closeOrphan(noticeKey, act.id(), act.actor())
                .map(done -> done
                        ? new DeskAnswer.Done(null, false)
                        : (DeskAnswer) new DeskAnswer.Busy("the orphan could not be closed right now: ask again"))
                .orElseGet(() -> new DeskAnswer.NotFound("there is no orphan notice of that key"));
    }

    @Override
    public DeskAnswer replayNotice(String noticeKey, DeskAct act) {
        DeskAnswer complaint = complaint(act, DeskAct.Action.REPLAY_NOTICE);
        if (complaint != null) {
            return complaint;
        }
        Replay replay = engine.replay(noticeKey, act.id(), act.actor(), act.reason());
        return replay instanceof Replay.Read read
                ? new DeskAnswer.Done(read.snapshot(), !read.changed())
                : answer(((Replay.NotRead) replay).why());
    }

    @Override
    public Optional<StoredNotice> noticeOf(PaymentId payment, String tradeNumber) {
        return engine.noticeOf(payment, tradeNumber);
    }

    @Override
    public List<RevealItem> revealsOf(OrderId order) {
        return engine.reads().revealsOf(order).stream()
                .map(shown -> new RevealItem(shown.at(), shown.first(), shown.origin(), shown.commitment()))
                .toList();
    }

    @Override
    public Optional<DisputeEvidence> evidenceOf(OrderId order) {
        return new FrontSupport(engine, Texts.standard(), null).evidenceOf(order);
    }

    @Override
    public Reconciliation reconcile(String gateway, Statement statement, long fromLine) {
        return engine.reconcile(gateway, statement, fromLine);
    }

    @Override
    public BulkResult bulk(BulkAct act) {
        return new BulkActs(this, lists).run(act);
    }

    private static PersonAct personAct(DeskAct act, String name, int line, int caseNumber) {
        return new PersonAct(
                act.id(),
                name,
                line,
                caseNumber,
                act.version(),
                act.actor(),
                act.reason(),
                act.evidence(),
                act.count());
    }

    private static @Nullable DeskAnswer complaint(DeskAct act, DeskAct.Action wanted) {
        return act.action() == wanted
                ? complaint(act)
                : badInput("act '" + act.id() + "' is " + act.action() + ", but this call does " + wanted
                        + " alone: use that here, or act(..) on the order");
    }

    private static @Nullable DeskAnswer complaint(DeskAct act) {
        if (!isText(act.id(), MOST_NAME)) {
            return badInput("an act needs an id of 1 to " + MOST_NAME + " characters, not "
                    + act.id().length());
        }
        if (!isText(act.actor(), MOST_NAME)) {
            return badInput("act '" + act.id() + "' needs an actor of 1 to " + MOST_NAME + " characters, not "
                    + act.actor().length());
        }
        if (!isText(act.reason(), MOST_TEXT)) {
            return badInput("act '" + act.id() + "' needs a reason of 1 to " + MOST_TEXT + " characters, not "
                    + act.reason().length());
        }
        String evidence = act.evidence();
        if (evidence == null ? act.action() == DeskAct.Action.MARK_DELIVERED : !isText(evidence, MOST_TEXT)) {
            return badInput(
                    evidence == null
                            ? "act '" + act.id()
                                    + "' is MARK_DELIVERED and has no evidence: say what shows that the goods"
                                    + " arrived"
                            : "act '" + act.id() + "' has evidence of " + evidence.length() + " characters; use 1 to "
                                    + MOST_TEXT + ", or leave it out where it is not needed");
        }
        return null;
    }

    private static boolean isText(String text, int most) {
        return !text.isBlank() && text.length() <= most;
    }

    private static DeskAnswer badInput(String sentence) {
        return new DeskAnswer.Refused(DeskAnswer.Why.BAD_INPUT, sentence);
    }

    private static DeskAnswer answer(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return new DeskAnswer.Done(done.snapshot(), done.repeated());
        }
        if (outcome instanceof Outcome.NotFound notFound) {
            return new DeskAnswer.NotFound(notFound.sentence());
        }
        if (outcome instanceof Outcome.Busy busy) {
            return new DeskAnswer.Busy(busy.sentence());
        }
        Outcome.Refused refused = (Outcome.Refused) outcome;
        DeskAnswer.Why why = switch (refused.why()) {
            case WRONG_STAGE -> DeskAnswer.Why.WRONG_STAGE;
            case OTHER_VERSION -> DeskAnswer.Why.OTHER_VERSION;
            case ACT_ID_TAKEN -> DeskAnswer.Why.ACT_ID_TAKEN;
            case LIMIT_REACHED -> DeskAnswer.Why.LIMIT_REACHED;
            case BAD_INPUT -> DeskAnswer.Why.BAD_INPUT;
        };
        return new DeskAnswer.Refused(why, refused.sentence());
    }

    @Override
    public ServiceStatistics statistics(LocalDate from, LocalDate to) {
        return engine.statistics(from, to);
    }

    @Override
    public Page<ReviewItem> reviews(Optional<String> sku, Optional<String> after, int limit) {
        return lists.reviews(sku, after, limit);
    }

    @Override
    public Ratings ratings() {
        return engine.ratings();
    }

    @Override
    public OpenOrders openOrders() {
        return engine.openOrders();
    }

    @Override
    public List<OrderId> find(String number) {
        return engine.reads().ordersOf(number);
    }

    @Override
    public Page<OrderItem> orders(OrderQuery query) {
        return lists.orders(query);
    }

    @Override
    public Page<CaseItem> cases(boolean open, Optional<String> after, int limit) {
        return lists.cases(open, after, limit);
    }

    @Override
    public Page<PaymentItem> payments(Optional<PaymentStatus> status, Optional<String> after, int limit) {
        return lists.payments(status, after, limit);
    }

    @Override
    public AuditReport audit() {
        return engine.audit();
    }
}
