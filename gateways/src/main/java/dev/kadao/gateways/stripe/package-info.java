/** Stripe Checkout. */
@NullMarked
package dev.kadao.gateways.stripe;

import org.jspecify.annotations.NullMarked;
