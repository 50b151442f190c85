/**
 * A checkout store and a key inventory that live in memory, for tests, the quickstart and trying things out. They keep
 * the same bytes and obey the same contracts as the others, but nothing outlives the process.
 */
@NullMarked
package dev.kadao.memory;

import org.jspecify.annotations.NullMarked;
