/** The gateways of the outside world, set up from the shop's settings. */
@NullMarked
package dev.kadao.examples.cardshop.gateway;

import org.jspecify.annotations.NullMarked;
