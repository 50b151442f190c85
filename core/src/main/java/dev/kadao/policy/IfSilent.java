package dev.kadao.policy;

/** What becomes of a paid order about whose risk no adviser gives an answer. */
public enum IfSilent {
    /** It goes on as if nobody had been asked: a guard that is away must not keep what buyers have paid for. */
    LETS_THROUGH,
    /** It is held for a person. */
    HOLDS
}
