/**
 * The read side: what a stored checkout means to the people who ask about it, and whether the stored facts agree with
 * each other. Pure functions of what was read; never writes.
 */
@NullMarked
package dev.kadao.insight;

import org.jspecify.annotations.NullMarked;
