/** Where people work: lists of orders, cases and payments, and the acts that move an order a person is needed for. */
@NullMarked
package dev.kadao.desk;

import org.jspecify.annotations.NullMarked;
