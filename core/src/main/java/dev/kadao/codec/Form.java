package dev.kadao.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How values of one Java type are written and read. */
interface Form<T> {
    void write(JsonGenerator out, T value) throws IOException;

    /**
     * Reads a value whose first token is the current one.
     *
     * @throws BadDocument if it has another shape
     */
    T read(JsonParser in) throws IOException;

    /** A form whose values are JSON objects, so that members can be put in front of theirs. */
    interface OfObject<T> extends Form<T> {
        void writeMembers(JsonGenerator out, T value) throws IOException;

        /** Reads the members after the current token, up to and with the end of the object. */
        T readMembers(JsonParser in) throws IOException;

        @Override
        default void write(JsonGenerator out, T value) throws IOException {
            out.writeStartObject();
            writeMembers(out, value);
            out.writeEndObject();
        }
    }
}
