package dev.kadao.examples.cardshop.http;

/** Answers one kind of request. A refusal is a {@link Problem}; anything else it throws is a failure of the shop. */
@FunctionalInterface
public interface Handler {
    Response answer(Request request);
}
