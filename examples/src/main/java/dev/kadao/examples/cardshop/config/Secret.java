package dev.kadao.examples.cardshop.config;

/** A text that must not be seen: it prints as {@code Secret(***)} and is shown by {@link #text()} alone. */
public record Secret(String text) {
    @Override
    public String toString() {
        return "Secret(***)";
    }
}
