/**
 * The pure core: an {@code Event} comes in, {@code decide} turns it into entries, {@code apply} alone changes a
 * checkout, {@code pending} says which effects are due. No clock, no I/O, no settings. Not exported.
 */
@NullMarked
package dev.kadao.lifecycle;

import org.jspecify.annotations.NullMarked;
