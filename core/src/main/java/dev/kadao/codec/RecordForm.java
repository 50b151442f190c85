package dev.kadao.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kadao.order.InvalidValueException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record: its components by name, in their order, those without a value left out. A renamed component is
 * another format; the golden files break the build then.
 */
final class RecordForm<T> implements Form.OfObject<T> {
    private record Member(String name, Form<Object> form, MethodHandle getter, boolean optional) {}

    private final String noun;
    private final Member[] members;
    private final Map<String, Integer> places = new HashMap<>();
    private final MethodHandle maker;

    /**
     * Looks at the record's public side only.
     *
     * @param optional the components that may have no value
     */
    RecordForm(Class<T> type, Set<String> optional, Function<Type, Form<Object>> formOf) {
        this.noun = type.getSimpleName();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            members = new Member[components.length];
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                MethodHandle getter = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
                Form<Object> form = formOf.apply(components[i].getGenericType());
                members[i] = new Member(name, form, getter, optional.contains(name));
                places.put(name, i);
            }
            maker = lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(type + " is a public record, so its components can be read", e);
        }
        if (!places.keySet().containsAll(optional)) {
            throw new IllegalStateException(noun + " has no components " + optional + " that could be left out");
        }
    }

    @Override
    public void writeMembers(JsonGenerator out, T value) throws IOException {
        for (Member member : members) {
            Object part = get(member.getter(), value);
            if (part != null) {
                out.writeFieldName(member.name());
                member.form().write(out, part);
            } else if (!member.optional()) {
                throw new IllegalStateException(noun + " has no " + member.name() + ", which is not optional");
            }
        }
    }

    @Override
    public T read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new BadDocument("there is a " + in.currentToken() + " where a " + noun + " should be");
        }
        return readMembers(in);
    }

    @Override
    public T readMembers(JsonParser in) throws IOException {
        @Nullable Object[] values = new @Nullable Object[members.length];
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Integer place = places.get(name);
            if (place == null) {
                throw new BadDocument("a " + noun + " has a member that this version does not know");
            }
            in.nextToken();
            values[place] = members[place].form().read(in);
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new BadDocument("a " + noun + " has no end");
        }
        for (int i = 0; i < members.length; i++) {
            if (values[i] == null && !members[i].optional()) {
                throw new BadDocument("a " + noun + " has no " + members[i].name());
            }
        }
        return make(values);
    }

    private static @Nullable Object get(MethodHandle getter, Object from) {
        try {
            return (Object) getter.invokeExact(from);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @SuppressWarnings("unchecked")
    private T make(@Nullable Object[] values) throws BadDocument {
        try {
            return (T) (Object) maker.invokeExact(values);
        } catch (InvalidValueException e) {
            throw new BadDocument("a " + noun + " breaks the rule of its type", e);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException("accessors throw nothing", e);
    }
}
