package dev.kadao.codec;

import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Compensation;
import dev.kadao.order.CompensationTerms;
import dev.kadao.order.Currency;
import dev.kadao.order.DispatchId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.Money;
import dev.kadao.order.OrderId;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import dev.kadao.order.Review;
import dev.kadao.order.Route;
import dev.kadao.order.Terms;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a value of any stored type from choices, so that no component is ever forgotten in a sample. */
final class Anything {
    /** Where the choices come from: randomness, or a fixed sequence. */
    interface Choices {
        /** From 0, below the bound. */
        int below(int bound);

        String text();

        /** Whether a component that may be missing is there. */
        boolean present();
    }

    private final Choices choices;
    private final Map<Class<?>, Supplier<Object>> makers = new LinkedHashMap<>();

    Anything(Choices choices) {
        this.choices = choices;
        makers.put(String.class, choices::text);
        makers.put(int.class, () -> choices.below(1000) + 1);
        makers.put(Integer.class, () -> choices.below(20) + 1);
        makers.put(long.class, () -> choices.below(1_000_000) * 1_000_000_000L + 1);
        makers.put(boolean.class, () -> choices.below(2) == 1);
        makers.put(Boolean.class, () -> choices.below(2) == 1);
        makers.put(Instant.class, this::instant);
        makers.put(Duration.class, () -> seconds(100_000));
        makers.put(CheckoutId.class, () -> new CheckoutId("cart_" + choices.below(100_000)));
        makers.put(OrderId.class, () -> new OrderId(of(CheckoutId.class), choices.below(20) + 1));
        makers.put(PaymentId.class, () -> new PaymentId(of(CheckoutId.class), choices.below(20) + 1));
        makers.put(RefundId.class, () -> new RefundId(of(CheckoutId.class), choices.below(99) + 1));
        makers.put(DispatchId.class, () -> new DispatchId(of(OrderId.class), choices.below(99) + 1));
        makers.put(Currency.class, () -> new Currency("C" + choices.below(10) + "Y", choices.below(9)));
        makers.put(Money.class, () -> new Money(choices.below(1_000_000_000) - 7L, of(Currency.class)));
        makers.put(Commitment.class, () -> new Commitment("%064x".formatted(choices.below(1_000_000))));
        makers.put(Bytes.class, () -> Bytes.utf8(choices.text()));
        makers.put(PayWith.class, () -> new PayWith(of(PayWith.Kind.class), texts()));
        makers.put(Route.class, this::route);
        makers.put(Terms.Sla.class, this::sla);
        makers.put(Terms.class, this::terms);
        makers.put(CompensationTerms.class, this::compensation);
        makers.put(Review.class, () -> new Review(1 + choices.below(5), orNothing(Commitment.class), instant()));
        makers.put(Guarantee.Asking.class, this::asking);
    }

    @SuppressWarnings("unchecked")
    <T> T of(Class<T> type) {
        return (T) make(type);
    }

    private <T> @Nullable T orNothing(Class<T> type) {
        return choices.present() ? of(type) : null;
    }

    private Object make(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == List.class ? list(of[0]) : map(of[0], of[1]);
        }
        Class<?> raw = (Class<?>) type;
        Supplier<Object> maker = makers.get(raw);
        if (maker != null) {
            return maker.get();
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[choices.below(raw.getEnumConstants().length)];
        }
        if (raw.isSealed()) {
            List<Class<?>> variants = StoredNamesTest.variantsOf(raw);
            return make(variants.get(choices.below(variants.size())));
        }
        return record(raw);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> optional = Forms.OPTIONAL.getOrDefault(type, Set.of());
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean there = !optional.contains(components[i].getName()) || choices.present();
            values[i] = there ? make(components[i].getGenericType()) : null;
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot make a " + type, e);
        }
    }

    private List<Object> list(Type of) {
        List<Object> all = new ArrayList<>();
        for (int i = choices.below(3); i >= 0; i--) {
            all.add(make(of));
        }
        return all;
    }

    private Map<Object, Object> map(Type key, Type value) {
        Map<Object, Object> all = new LinkedHashMap<>();
        for (int i = choices.below(3); i >= 0; i--) {
            all.put(make(key), make(value));
        }
        return all;
    }

    private Map<String, String> texts() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = choices.below(3); i >= 0; i--) {
            all.put(choices.text(), choices.text());
        }
        return all;
    }

    private Instant instant() {
        return Instant.parse("2026-11-01T00:00:00Z")
                .plusSeconds(choices.below(100_000_000))
                .plusNanos(choices.below(1_000_000) * 1000L);
    }

    private Duration seconds(int bound) {
        return Duration.ofMillis(choices.below(bound) + 1L);
    }

    private Route route() {
        Route.Kind kind = of(Route.Kind.class);
        return kind == Route.Kind.KEYS
                ? new Route(kind, List.of(), orNothing(Terms.Sla.class), orNothing(Route.Reserving.class))
                : new Route(kind, List.of(choices.text(), "b"), orNothing(Terms.Sla.class), null);
    }

    private Terms.Sla sla() {
        Duration late = seconds(10_000);
        return new Terms.Sla(late, late.plus(seconds(10_000)), late.plus(seconds(100_000)));
    }

    private Terms terms() {
        Duration first = seconds(10_000);
        return new Terms(
                seconds(1_000_000),
                List.of(seconds(10_000), seconds(10_000)),
                seconds(10_000),
                of(Terms.LatePayment.class),
                seconds(100_000),
                of(Terms.WaitOver.class),
                first,
                first.plus(seconds(10_000)),
                seconds(1_000_000),
                sla(),
                choices.below(2) == 1,
                choices.below(2) == 1
                        ? null
                        : new Terms.Overdue(seconds(1_000_000).plusSeconds(200)),
                orNothing(Terms.Handling.class),
                orNothing(Terms.Remedies.class),
                choices.present() ? choices.below(10) + 1 : null);
    }

    private CompensationTerms compensation() {
        Currency currency = of(Currency.class);
        Money from = new Money(choices.below(1_000) + 2L, currency);
        Money below = choices.present() ? new Money(from.minorUnits() + choices.below(1_000) + 1, currency) : null;
        Compensation.Kind kind = of(Compensation.Kind.class);
        return new CompensationTerms(
                seconds(100_000),
                from,
                below,
                kind,
                kind == Compensation.Kind.REFUND_SHARE ? choices.below(999) + 1 : null,
                kind == Compensation.Kind.CREDIT ? new Money(1, currency) : null,
                kind == Compensation.Kind.COUPON ? "coupon-" + choices.below(100) : null);
    }

    private Guarantee.Asking asking() {
        List<Duration> gaps = List.of(seconds(10_000), seconds(100_000));
        return new Guarantee.Asking(seconds(10_000), choices.below(2) == 1, gaps, seconds(10_000), seconds(100_000));
    }
}
