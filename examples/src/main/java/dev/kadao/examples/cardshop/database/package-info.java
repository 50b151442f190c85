/** The shop's database: embedded in the data folder, or a server that several shops share. */
@NullMarked
package dev.kadao.examples.cardshop.database;

import org.jspecify.annotations.NullMarked;
