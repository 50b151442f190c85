package dev.kadao.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Forms of lists and maps, and of money, which is written flat. */
final class Containers {
    private Containers() {}

    record OfList<T>(Form<T> part) implements Form<List<T>> {
        @Override
        public void write(JsonGenerator out, List<T> value) throws IOException {
            out.writeStartArray();
            for (T each : value) {
                part.write(out, each);
            }
            out.writeEndArray();
        }

        @Override
        public List<T> read(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw new BadDocument("there is a " + in.currentToken() + " where a list should be");
            }
            List<T> all = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                all.add(part.read(in));
            }
            return all;
        }
    }

    /** A map in its own order; the types that hold maps sort them where order has no meaning. */
    record OfMap<K, V>(Function<K, String> toText, Function<String, K> fromText, Form<V> part)
            implements Form<Map<K, V>> {
        @Override
        public void write(JsonGenerator out, Map<K, V> value) throws IOException {
            out.writeStartArray();
            for (Map.Entry<K, V> each : value.entrySet()) {
                out.writeStartArray();
                Scalars.TEXT.write(out, toText.apply(each.getKey()));
                part.write(out, each.getValue());
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        @Override
        public Map<K, V> read(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw new BadDocument("there is a " + in.currentToken() + " where a list of pairs should be");
            }
            Map<K, V> all = new LinkedHashMap<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.currentToken() != JsonToken.START_ARRAY) {
                    throw new BadDocument("there is a " + in.currentToken() + " where a pair should be");
                }
                in.nextToken();
                String key = Scalars.TEXT.read(in);
                in.nextToken();
                all.put(keyOf(key), part.read(in));
                if (in.nextToken() != JsonToken.END_ARRAY) {
                    throw new BadDocument("there is a pair of more than two");
                }
            }
            return all;
        }

        private K keyOf(String text) throws BadDocument {
            try {
                return fromText.apply(text);
            } catch (InvalidValueException e) {
                throw new BadDocument("there is a key of another form", e);
            }
        }
    }

    /** Money as it is stored: {@code {"minor":4900,"currency":"CNY","decimals":2}}. */
    record FlatMoney(long minor, String currency, int decimals) {}

    record OfMoney(Form<FlatMoney> flat) implements Form<Money> {
        @Override
        public void write(JsonGenerator out, Money value) throws IOException {
            Currency currency = value.currency();
            flat.write(out, new FlatMoney(value.minorUnits(), currency.code(), currency.decimals()));
        }

        @Override
        public Money read(JsonParser in) throws IOException {
            FlatMoney read = flat.read(in);
            try {
                return new Money(read.minor(), new Currency(read.currency(), read.decimals()));
            } catch (InvalidValueException e) {
                throw new BadDocument("there is an amount whose currency has another form", e);
            }
        }
    }
}
