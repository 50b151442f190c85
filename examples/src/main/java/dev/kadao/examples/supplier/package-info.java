/** A whole supplier adapter, as docs/write-a-supplier.md builds it. */
@NullMarked
package dev.kadao.examples.supplier;

import org.jspecify.annotations.NullMarked;
