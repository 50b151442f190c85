/** Dispatchers for suppliers that are reached over the network. */
@NullMarked
package dev.kadao.suppliers;

import org.jspecify.annotations.NullMarked;
