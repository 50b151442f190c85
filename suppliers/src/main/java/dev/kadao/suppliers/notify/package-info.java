/**
 * Notifiers: they tell buyers what happened with their orders, by e-mail or by a signed message to the buyer's system. A
 * message carries a link; keys only if the shop opts in.
 */
@NullMarked
package dev.kadao.suppliers.notify;

import org.jspecify.annotations.NullMarked;
