/** Measures Kadao beside the same work written by hand, on servers it starts itself. */
@NullMarked
package dev.kadao.benchmarks;

import org.jspecify.annotations.NullMarked;
