/**
 * The card shop from outside: a real child process, real HTTP, real signed notices, fake suppliers and a fake gateway
 * whose records survive the shop's death because they live in the test's own process. Nothing here knows a class of
 * the shop.
 */
@NullMarked
package dev.kadao.examples.acceptance;

import org.jspecify.annotations.NullMarked;
