/**
 * The front door. An order's whole way:
 *
 * <ol>
 *   <li>{@link dev.kadao.Fulfillment#place} records a checkout, with its terms, in one commit, and opens a payment.
 *   <li>The gateway's notice comes in by {@link dev.kadao.Fulfillment#receive}; if it does not come, the due loop asks.
 *   <li>The money is recorded first, and in the same commit keys from stock are taken: PAID to DELIVERED at once.
 *   <li>A top-up is dispatched: the intent is committed, then the supplier is called, its answer is the next event.
 *   <li>An unclear answer is a state of its own: the supplier is asked or the same request resent, as it declared.
 *   <li>What cannot be settled by rule becomes a case at the {@link dev.kadao.desk.Desk}; money not owed is refunded.
 *   <li>{@link dev.kadao.Fulfillment#reveal} shows the keys, once the stock has marked them as seen.
 *   <li>Stored state is the work list: after a crash the due loop goes on where the last commit stopped.
 *   <li>Inside: {@code engine} calls {@code lifecycle}'s pure {@code decide} and {@code pending}, {@code codec} makes
 *       bytes, the {@code port}s are the edges, {@code order} the nouns.
 * </ol>
 */
@NullMarked
package dev.kadao;

import org.jspecify.annotations.NullMarked;
