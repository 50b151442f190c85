/**
 * The nouns: a checkout with its orders, payments, refunds, dispatches, messages and cases, the entries that are
 * decided about it, money and ids. Everything here is an immutable value that depends on the JDK alone.
 */
@NullMarked
package dev.kadao.order;

import org.jspecify.annotations.NullMarked;
