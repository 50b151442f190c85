/** Checkout store and key inventory over JDBC. */
@NullMarked
package dev.kadao.jdbc;

import org.jspecify.annotations.NullMarked;
