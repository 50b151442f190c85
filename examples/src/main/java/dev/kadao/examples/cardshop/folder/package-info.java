/** What the shop keeps in its data folder: the lock and the master key. */
@NullMarked
package dev.kadao.examples.cardshop.folder;

import org.jspecify.annotations.NullMarked;
