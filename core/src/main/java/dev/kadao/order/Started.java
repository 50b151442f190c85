package dev.kadao.order;

import java.time.Instant;

/**
 * The right to make one call that must not be made twice, held by the worker whose step wrote it.
 *
 * @param send which send of this part it is, from 1
 * @param worker who may call
 * @param at the store's time when the right was asked for
 * @param sendBefore after this moment the worker may no longer begin to write
 * @param quietAt from here on the call can no longer be under way: whoever merely reads this treats it as unknown
 */
public record Started(int send, String worker, Instant at, Instant sendBefore, Instant quietAt) {}
