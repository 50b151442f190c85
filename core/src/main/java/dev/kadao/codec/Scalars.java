package dev.kadao.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kadao.order.Bytes;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.DispatchId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.PaymentId;
import dev.kadao.order.RefundId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Forms of the types that are one JSON token: numbers, texts, ids, times, enums. */
final class Scalars {
    static final Form<String> TEXT = new Text();

    private Scalars() {}

    static Map<Class<?>, Form<?>> all() {
        return Map.ofEntries(
                Map.entry(String.class, TEXT),
                Map.entry(int.class, new Whole()),
                Map.entry(Integer.class, new Whole()),
                Map.entry(long.class, new LongWhole()),
                Map.entry(boolean.class, new Truth()),
                Map.entry(Boolean.class, new Truth()),
                entry(Instant.class, Scalars::cut, Instant::parse),
                entry(Duration.class, Duration::toString, Duration::parse),
                entry(CheckoutId.class, CheckoutId::value, CheckoutId::new),
                entry(OrderId.class, OrderId::toString, OrderId::parse),
                entry(PaymentId.class, PaymentId::toString, PaymentId::parse),
                entry(RefundId.class, RefundId::toString, RefundId::parse),
                entry(DispatchId.class, DispatchId::toString, DispatchId::parse),
                entry(Commitment.class, Commitment::hex, Commitment::new),
                entry(
                        Bytes.class,
                        bytes -> Base64.getEncoder().encodeToString(bytes.toArray()),
                        text -> Bytes.of(Base64.getDecoder().decode(text))));
    }

    /** Enum constants are stored by name; a golden file holds all of them, so that renaming one breaks the build. */
    static Form<Enum<?>> ofEnum(Class<?> type) {
        Map<String, Enum<?>> byName = new TreeMap<>();
        for (Object constant : type.getEnumConstants()) {
            byName.put(((Enum<?>) constant).name(), (Enum<?>) constant);
        }
        return new AsText<>(type.getSimpleName(), Enum::name, name -> {
            Enum<?> found = byName.get(name);
            if (found == null) {
                throw new IllegalArgumentException("unknown constant");
            }
            return found;
        });
    }

    private static String cut(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).toString();
    }

    private static <T> Map.Entry<Class<?>, Form<?>> entry(
            Class<T> type, Function<T, String> write, Function<String, T> read) {
        return Map.entry(type, new AsText<>(type.getSimpleName(), write, read));
    }

    private static void expect(JsonParser in, JsonToken expected, String what) throws IOException {
        if (in.currentToken() != expected) {
            throw new BadDocument("there is a " + in.currentToken() + " where " + what + " should be");
        }
    }

    private record AsText<T>(String noun, Function<T, String> toText, Function<String, T> fromText) implements Form<T> {
        @Override
        public void write(JsonGenerator out, T value) throws IOException {
            TEXT.write(out, toText.apply(value));
        }

        @Override
        public T read(JsonParser in) throws IOException {
            try {
                return fromText.apply(TEXT.read(in));
            } catch (InvalidValueException | DateTimeException | IllegalArgumentException e) {
                throw new BadDocument("there is a text that is no " + noun);
            }
        }
    }

    private record Text() implements Form<String> {
        /** UTF-8 has no bytes for half a surrogate pair; escaped, it comes back as it was. */
        @Override
        public void write(JsonGenerator out, String value) throws IOException {
            if (!hasHalfPair(value)) {
                out.writeString(value);
                return;
            }
            out.setHighestNonEscapedChar(127);
            out.writeString(value);
            out.setHighestNonEscapedChar(0);
        }

        @Override
        public String read(JsonParser in) throws IOException {
            expect(in, JsonToken.VALUE_STRING, "a text");
            return in.getText();
        }
    }

    /** Whether the text holds a surrogate without its partner. */
    static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean whole = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!whole) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private record Whole() implements Form<Integer> {
        @Override
        public void write(JsonGenerator out, Integer value) throws IOException {
            out.writeNumber(value.intValue());
        }

        @Override
        public Integer read(JsonParser in) throws IOException {
            expect(in, JsonToken.VALUE_NUMBER_INT, "a whole number");
            return in.getIntValue();
        }
    }

    private record LongWhole() implements Form<Long> {
        @Override
        public void write(JsonGenerator out, Long value) throws IOException {
            out.writeNumber(value.longValue());
        }

        @Override
        public Long read(JsonParser in) throws IOException {
            expect(in, JsonToken.VALUE_NUMBER_INT, "a whole number");
            return in.getLongValue();
        }
    }

    private record Truth() implements Form<Boolean> {
        @Override
        public void write(JsonGenerator out, Boolean value) throws IOException {
            out.writeBoolean(value);
        }

        @Override
        public Boolean read(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_TRUE) {
                expect(in, JsonToken.VALUE_FALSE, "true or false");
            }
            return in.currentToken() == JsonToken.VALUE_TRUE;
        }
    }
}
