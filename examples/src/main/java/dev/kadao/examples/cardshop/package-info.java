/** A small card shop on the library, driven over HTTP. */
@NullMarked
package dev.kadao.examples.cardshop;

import org.jspecify.annotations.NullMarked;
