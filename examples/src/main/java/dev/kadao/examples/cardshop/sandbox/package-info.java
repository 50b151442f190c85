/** The sandbox gateway and supplier: their signature, their notices, and the demo that plays them. */
@NullMarked
package dev.kadao.examples.cardshop.sandbox;

import org.jspecify.annotations.NullMarked;
