package dev.kadao.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The form of a sealed type: the stored name of the variant in front, as {@code "type"}, then its components. */
final class VariantForm<T> implements Form.OfObject<T> {
    private static final String TYPE = "type";

    private final String noun;
    private final Map<Class<?>, String> names;
    private final Map<Class<?>, Form.OfObject<T>> forms;
    private final Map<String, Form.OfObject<T>> byName = new HashMap<>();

    VariantForm(Class<T> type, Map<Class<?>, String> names, Map<Class<?>, Form.OfObject<T>> forms) {
        this.noun = type.getSimpleName();
        this.names = names;
        this.forms = forms;
        names.forEach((variant, name) -> byName.put(name, forms.get(variant)));
    }

    @Override
    public void writeMembers(JsonGenerator out, T value) throws IOException {
        String name = names.get(value.getClass());
        Form.OfObject<T> form = forms.get(value.getClass());
        if (name == null || form == null) {
            throw new IllegalStateException(value.getClass() + " has no stored name: give it one for ever");
        }
        out.writeFieldName(TYPE);
        out.writeString(name);
        form.writeMembers(out, value);
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
        if (!TYPE.equals(in.nextFieldName()) || in.nextToken() != JsonToken.VALUE_STRING) {
            throw new BadDocument("a " + noun + " does not begin with its type");
        }
        Form.OfObject<T> form = byName.get(in.getText());
        if (form == null) {
            throw new BadDocument("this version has no " + noun + " of the type '" + shown(in.getText()) + "'");
        }
        return form.readMembers(in);
    }

    /** A name of ours is shown as it is; anything else might be content. */
    private static String shown(String name) {
        return name.matches("[a-z-]{1,40}") ? name : "?";
    }
}
