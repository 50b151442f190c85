package dev.kadao;

import static java.util.Objects.requireNonNull;

import dev.kadao.engine.Engine;
import dev.kadao.engine.Outcome;
import dev.kadao.engine.QuestionReading;
import dev.kadao.engine.Questioned;
import dev.kadao.engine.Reads;
import dev.kadao.insight.Diagnosis;
import dev.kadao.insight.DisputeEvidence;
import dev.kadao.insight.Texts;
import dev.kadao.insight.Timeline;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Intent;
import dev.kadao.order.Order;
import dev.kadao.order.OrderId;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Stage;
import dev.kadao.support.Support;
import dev.kadao.support.SupportAnswer;
import dev.kadao.support.SupportAnswer.Need;
import dev.kadao.support.SupportQuestion;
import dev.kadao.support.SupportShare;
import dev.kadao.support.UnrecordedQuestions;
import dev.kadao.support.WordRules;
import dev.kadao.support.answer.NumbersInWords;
import dev.kadao.support.answer.Ruling;
import dev.kadao.support.answer.SupportTexts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Support over a running engine. */
final class FrontSupport implements Support {
    /** So many orders are told apart; of more, the buyer has to say which one by its number. */
    private static final int MOST_ORDERS = 20;

    private static final int MOST_NODES = 6;

    private final Engine engine;
    private final Texts words;
    private final @Nullable QuestionReading reading;
    private final Map<Need, LongAdder> unrecorded = new EnumMap<>(Need.class);

    /** @param reading the shop's own reader; null if the rules alone read */
    FrontSupport(Engine engine, Texts words, @Nullable QuestionReading reading) {
        this.engine = engine;
        this.words = words;
        this.reading = reading;
        for (Need need : Need.values()) {
            unrecorded.put(need, new LongAdder());
        }
    }

    @Override
    public SupportAnswer ask(SupportQuestion question) {
        Intent intent = intent(question.words(), question.locale());
        SupportTexts texts = new SupportTexts(words, question.locale(), question.zone());
        Set<OrderId> found = found(question);
        Set<OrderId> candidates = found.isEmpty() ? waitingOf(question.own()) : found;
        if (candidates.isEmpty()) {
            return counted(new SupportAnswer(
                    texts.sentence("need.number"), intent, false, List.of(), List.of(), Optional.empty(), Need.NUMBER));
        }
        if (candidates.size() > 1) {
            return counted(which(candidates, intent, texts));
        }
        OrderId order = candidates.iterator().next();
        return isOwn(question, order.checkout())
                ? ofOwn(question.words(), order, intent, texts)
                : counted(ofAnybody(order, intent, texts));
    }

    /** Of a question that no order remembers. */
    private SupportAnswer counted(SupportAnswer answer) {
        requireNonNull(unrecorded.get(answer.need())).increment();
        return answer;
    }

    /** The rules have the last word where a person is asked for: no model keeps a buyer away from one. */
    private Intent intent(String words, Locale locale) {
        Intent byRules = WordRules.builtIn().read(words, locale).orElse(Intent.OTHER);
        if (reading == null || byRules == Intent.THREAT || byRules == Intent.HUMAN) {
            return byRules;
        }
        return reading.read(words, locale).orElse(byRules);
    }

    /**
     * By the number that was given, else by those within the words. His own order goes before anybody's: an amount, a date or
     * a telephone number in his words may happen to be the number of another one's.
     */
    private Set<OrderId> found(SupportQuestion question) {
        List<String> numbers = new ArrayList<>();
        question.number().ifPresent(numbers::add);
        numbers.addAll(NumbersInWords.in(question.words()));
        Set<OrderId> others = new LinkedHashSet<>();
        for (String number : numbers) {
            List<OrderId> orders = engine.reads().ordersOf(number);
            List<OrderId> own = orders.stream()
                    .filter(order -> isOwn(question, order.checkout()))
                    .toList();
            if (!own.isEmpty()) {
                return new LinkedHashSet<>(own);
            }
            if (others.isEmpty()) {
                others.addAll(orders);
            }
        }
        return others;
    }

    private boolean isOwn(SupportQuestion question, CheckoutId id) {
        return question.own().contains(id)
                || question.pickupToken()
                        .flatMap(token -> engine.reads().checkout(id).filter(read -> engine.isPickupToken(read, token)))
                        .isPresent();
    }

    /** The asker's orders that are not over, or else all of them. */
    private Set<OrderId> waitingOf(Set<CheckoutId> own) {
        List<Order> orders = own.stream()
                .sorted()
                .flatMap(id -> engine.reads().checkout(id).stream())
                .flatMap(read -> read.checkout().orders().stream())
                .toList();
        Set<OrderId> waiting =
                ids(orders.stream().filter(order -> !order.stage().isFinal()).toList());
        return waiting.isEmpty() ? ids(orders) : waiting;
    }

    private static Set<OrderId> ids(List<Order> orders) {
        return orders.stream().map(Order::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private SupportAnswer which(Set<OrderId> candidates, Intent intent, SupportTexts texts) {
        Map<OrderId, Stage> stages = new TreeMap<>();
        candidates.stream()
                .limit(MOST_ORDERS)
                .forEach(id -> engine.reads()
                        .checkout(id.checkout())
                        .ifPresent(read ->
                                stages.put(id, read.checkout().order(id.line()).stage())));
        return new SupportAnswer(
                texts.which(stages),
                intent,
                false,
                List.of(),
                List.copyOf(stages.keySet()),
                Optional.empty(),
                Need.WHICH_ORDER);
    }

    /** What anybody may know; nothing is done and nothing is recorded, so that nobody can bother others' orders. */
    private SupportAnswer ofAnybody(OrderId id, Intent intent, SupportTexts texts) {
        Snapshot read = engine.reads().checkout(id.checkout()).orElseThrow();
        Diagnosis diagnosis = Diagnosis.of(read.checkout(), id.line(), read.now(), engine.recentTimes());
        Ruling ruling = Ruling.of(intent, read.checkout(), id.line(), read.now());
        boolean told = ruling.person() == Ruling.Person.NOT_NEEDED
                && (intent == Intent.WHERE_IS_IT || intent == Intent.REFUND_STATUS || intent == Intent.HOW_TO_SEE_KEY)
                && read.checkout().order(id.line()).stage() != Stage.AWAITING_PAYMENT
                && read.checkout().order(id.line()).stage() != Stage.CLOSED;
        String need = intent == Intent.HUMAN || intent == Intent.THREAT ? "need.person" : "need.proof";
        return new SupportAnswer(
                texts.anybodys(diagnosis, told ? null : need),
                intent,
                told,
                List.of(),
                List.of(id),
                Optional.of(diagnosis),
                told ? Need.NOTHING : Need.PROOF);
    }

    private SupportAnswer ofOwn(String words, OrderId id, Intent intent, SupportTexts texts) {
        List<Timeline.Fact> facts = facts(id);
        AtomicReference<Ruling> ruled = new AtomicReference<>();
        Outcome outcome = engine.question(id, words, snapshot -> {
            Ruling ruling = Ruling.of(intent, snapshot.checkout(), id.line(), snapshot.now());
            ruled.set(ruling);
            return questioned(intent, ruling, snapshot, id.line(), facts);
        });
        Ruling ruling = ruled.get();
        if (!(outcome instanceof Outcome.Done done) || ruling == null) {
            return counted(notRecorded(id, intent, texts));
        }
        Checkout checkout = done.snapshot().checkout();
        Diagnosis diagnosis = Diagnosis.of(checkout, id.line(), done.snapshot().now(), engine.recentTimes());
        boolean handedOver =
                ruling.person() != Ruling.Person.NOT_NEEDED || done.did().contains("opened-case");
        DisputeEvidence evidence = DisputeEvidence.of(checkout, id.line(), facts);
        String text = texts.answer(ruling, checkout, diagnosis, evidence, done.did(), handedOver);
        List<String> did = new ArrayList<>(done.did());
        if (handedOver) {
            did.add("handed-over");
        }
        return new SupportAnswer(text, intent, !handedOver, did, List.of(id), Optional.of(diagnosis), Need.NOTHING);
    }

    /** The facts still hold; but neither was anything done, nor does a person know of it. */
    private SupportAnswer notRecorded(OrderId id, Intent intent, SupportTexts texts) {
        Snapshot read = engine.reads().checkout(id.checkout()).orElseThrow();
        Diagnosis diagnosis = Diagnosis.of(read.checkout(), id.line(), read.now(), engine.recentTimes());
        return new SupportAnswer(
                texts.anybodys(diagnosis, "need.another-try"),
                intent,
                false,
                List.of(),
                List.of(id),
                Optional.of(diagnosis),
                Need.ANOTHER_TRY);
    }

    /** What the person who reads it should know, so that the buyer need not tell it again. */
    private static Questioned questioned(
            Intent intent, Ruling ruling, Snapshot snapshot, int line, List<Timeline.Fact> facts) {
        Diagnosis diagnosis = Diagnosis.of(snapshot.checkout(), line, snapshot.now());
        List<Timeline.Node> nodes = Timeline.of(facts, line).nodes();
        String story = nodes.subList(Math.max(0, nodes.size() - MOST_NODES), nodes.size()).stream()
                .map(node -> node.kind().word() + " " + node.at())
                .collect(Collectors.joining(", "));
        String fact = "the buyer asks: " + intent + "; " + diagnosis.stage() + ", " + diagnosis.verdict() + " since "
                + diagnosis.since() + "; latest: " + story;
        return new Questioned(
                intent,
                ruling.nudges(),
                Questioned.Person.valueOf(ruling.person().name()),
                fact);
    }

    private List<Timeline.Fact> facts(OrderId id) {
        return engine.reads().journal(id.checkout()).stream()
                .map(recorded -> new Timeline.Fact(recorded.at(), recorded.entry()))
                .toList();
    }

    Optional<DisputeEvidence> evidenceOf(OrderId id) {
        return engine.reads()
                .checkout(id.checkout())
                .filter(read -> id.line() <= read.checkout().orders().size())
                .map(read -> DisputeEvidence.of(read.checkout(), id.line(), facts(id)));
    }

    @Override
    public Optional<String> firstAnswer(OrderId order, Locale locale, ZoneId zone) {
        return evidenceOf(order).flatMap(new SupportTexts(words, locale, zone)::firstAnswer);
    }

    @Override
    public UnrecordedQuestions unrecorded() {
        return new UnrecordedQuestions(
                unrecorded(Need.NOTHING),
                unrecorded(Need.NUMBER),
                unrecorded(Need.WHICH_ORDER),
                unrecorded(Need.PROOF),
                unrecorded(Need.ANOTHER_TRY));
    }

    private long unrecorded(Need need) {
        return requireNonNull(unrecorded.get(need)).sum();
    }

    @Override
    public SupportShare share(Instant from, Instant until) {
        Reads.Asked settled = engine.reads().asked(true, from, until);
        Reads.Asked handedOver = engine.reads().asked(false, from, until);
        return new SupportShare(settled.orders(), handedOver.orders(), settled.questions() + handedOver.questions());
    }
}
