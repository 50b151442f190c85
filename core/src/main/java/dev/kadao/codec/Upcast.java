package dev.kadao.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Turns bytes of one format into the next one: renames, moves, fills in what was added. */
@FunctionalInterface
interface Upcast {
    /** What a document is. */
    enum Noun {
        CHECKOUT("checkout document"),
        PERSONAL("personal texts"),
        JOURNAL("journal row"),
        WORD("notice"),
        INBOUND("inbound message");

        private final String words;

        Noun(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Changes the document in place. */
    void apply(Noun noun, ObjectNode document);
}
