/**
 * The shell: intake, effect runner, due loop and guarded calls around the pure lifecycle. Everything that waits, calls,
 * retries or keeps time is here, behind one seam ({@code Clockwork}). Not exported.
 */
@NullMarked
package dev.kadao.engine;

import org.jspecify.annotations.NullMarked;
