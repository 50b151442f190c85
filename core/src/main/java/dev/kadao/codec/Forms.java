package dev.kadao.codec;

import dev.kadao.order.Case;
import dev.kadao.order.Checkout;
import dev.kadao.order.Commitment;
import dev.kadao.order.Compensation;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Dispatch;
import dev.kadao.order.Entry;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Keys;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.Payment;
import dev.kadao.order.Personal;
import dev.kadao.order.Proposal;
import dev.kadao.order.RecipientHistory;
import dev.kadao.order.Refund;
import dev.kadao.order.Reveals;
import dev.kadao.order.Review;
import dev.kadao.order.Route;
import dev.kadao.order.Schedule;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.port.PaymentGateway.PaymentWord;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The forms of everything that is stored. */
final class Forms {
    /** Components that may have no value. Said here, since the annotations need not be there at run time. */
    static final Map<Class<?>, Set<String>> OPTIONAL = Map.ofEntries(
            Map.entry(Case.class, Set.of("line", "payment", "closedAt", "due", "escalated")),
            Map.entry(Case.Evidence.class, Set.of("text")),
            Map.entry(Checkout.class, Set.of("account", "compensations", "riskHold", "holds", "asksOncePaid")),
            Map.entry(Compensation.class, Set.of("amount", "coupon", "refund")),
            Map.entry(CompensationTerms.class, Set.of("below", "permille", "credit", "coupon")),
            Map.entry(Dispatch.class, Set.of("supplierOrder")),
            Map.entry(Guarantee.Idempotent.class, Set.of("asking")),
            Map.entry(Keys.class, Set.of("waitingSince", "reveals", "atPlacing")),
            Map.entry(
                    Order.class,
                    Set.of(
                            "paidAt",
                            "windowEnd",
                            "disputedFrom",
                            "takenBy",
                            "recipientHistory",
                            "ladder",
                            "questions",
                            "review",
                            "delivery",
                            "proposed")),
            Map.entry(Payment.class, Set.of("payWith")),
            Map.entry(PaymentWord.MovedBack.class, Set.of("received")),
            Map.entry(Proposal.class, Set.of("evidence", "count")),
            Map.entry(RecipientHistory.class, Set.of("confirmedAt")),
            Map.entry(Refund.class, Set.of("line", "started")),
            Map.entry(Reveals.Reveal.class, Set.of("origin")),
            Map.entry(Review.class, Set.of("text")),
            Map.entry(Route.class, Set.of("sla", "reserving")),
            Map.entry(Terms.class, Set.of("overdue", "handling", "remedies", "resends")),
            Map.entry(Terms.Handling.class, Set.of("forGoods")),
            Map.entry(Terms.Remedies.class, Set.of("compensation")),
            Map.entry(Schedule.Attempt.class, Set.of("missingSince")),
            Map.entry(SupplierTerms.class, Set.of("byPeopleWithin")),
            Map.entry(Entry.CheckoutPlaced.class, Set.of("account", "riskHold", "asksOncePaid")),
            Map.entry(Entry.RiskAssessed.class, Set.of("hold")),
            Map.entry(Entry.KeysHandedOver.class, Set.of("windowEnd", "took")),
            Map.entry(Entry.KeysReplaced.class, Set.of("windowEnd")),
            Map.entry(Entry.KeysRevealed.class, Set.of("origin")),
            Map.entry(Entry.KeysRevealedAgain.class, Set.of("origin")),
            Map.entry(Entry.DispatchAccepted.class, Set.of("supplierOrder")),
            Map.entry(Entry.DispatchDelivered.class, Set.of("supplierOrder")),
            Map.entry(Entry.OrderReviewed.class, Set.of("text")),
            Map.entry(Entry.OrderDelivered.class, Set.of("windowEnd", "took")),
            Map.entry(Entry.ActProposed.class, Set.of("evidence", "count")),
            Map.entry(Entry.DeliveryAttested.class, Set.of("windowEnd", "took", "count")),
            Map.entry(Entry.RefundWished.class, Set.of("line")),
            Map.entry(Entry.CompensationDecided.class, Set.of("amount", "coupon", "refund")),
            Map.entry(Entry.CaseOpened.class, Set.of("line", "payment", "due")));

    static final Form.OfObject<Checkout> CHECKOUT;
    static final Form.OfObject<Personal> PERSONAL;
    static final Form.OfObject<JournalEntry> JOURNAL;
    static final Form.OfObject<PaymentWord> WORD;
    static final Form.OfObject<InboundHead> INBOUND;
    /** The record types that are stored, with their components, for the golden file of names. */
    static final Map<String, Class<?>> STORED_TYPES;

    static {
        Forms forms = new Forms();
        CHECKOUT = forms.ofRecord(Checkout.class);
        PERSONAL = forms.ofRecord(Personal.class);
        JOURNAL = forms.ofRecord(JournalEntry.class);
        WORD = forms.ofVariants(PaymentWord.class, Names.paymentWords());
        INBOUND = forms.ofRecord(InboundHead.class);
        STORED_TYPES = forms.stored;
    }

    private final Map<Type, Form<?>> known = new HashMap<>(Scalars.all());
    private final Map<String, Class<?>> stored = new TreeMap<>();

    private Forms() {
        known.put(Money.class, new Containers.OfMoney(ofRecord(Containers.FlatMoney.class)));
        known.put(Guarantee.class, ofVariants(Guarantee.class, Names.guarantees()));
        known.put(Entry.class, ofVariants(Entry.class, Names.entries()));
    }

    private <T> Form.OfObject<T> ofRecord(Class<T> type) {
        stored.put(type.getName(), type);
        return new RecordForm<>(type, OPTIONAL.getOrDefault(type, Set.of()), this::of);
    }

    private <T> Form.OfObject<T> ofVariants(Class<T> type, Map<Class<?>, String> names) {
        Map<Class<?>, Form.OfObject<T>> forms = new HashMap<>();
        names.keySet().forEach(variant -> forms.put(variant, asVariant(ofRecord(variant))));
        return new VariantForm<>(type, names, forms);
    }

    private Form<Object> of(Type type) {
        Form<?> form = known.get(type);
        if (form == null) {
            form = type instanceof ParameterizedType generic ? ofContainer(generic) : ofClass((Class<?>) type);
            known.put(type, form);
        }
        return asForm(form);
    }

    private Form<?> ofClass(Class<?> type) {
        if (type.isEnum()) {
            stored.put(type.getName(), type);
            return Scalars.ofEnum(type);
        }
        if (!type.isRecord()) {
            throw new IllegalStateException(type + " has no form: say how it is stored");
        }
        return ofRecord(type);
    }

    private Form<?> ofContainer(ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            return new Containers.OfList<>(of(of[0]));
        }
        if (type.getRawType() == Map.class && of[0] == String.class) {
            return new Containers.OfMap<String, Object>(text -> text, text -> text, of(of[1]));
        }
        if (type.getRawType() == Map.class && of[0] == Commitment.class) {
            return new Containers.OfMap<Commitment, Object>(Commitment::hex, Commitment::new, of(of[1]));
        }
        throw new IllegalStateException(type + " has no form: say how it is stored");
    }

    /** A form takes and gives values of the type it was looked up by, so that the cast never shows. */
    @SuppressWarnings("unchecked")
    private static Form<Object> asForm(Form<?> form) {
        return (Form<Object>) form;
    }

    @SuppressWarnings("unchecked")
    private static <T> Form.OfObject<T> asVariant(Form.OfObject<?> form) {
        return (Form.OfObject<T>) form;
    }
}
