/**
 * Checkout store and key inventory over JDBC. {@link dev.kadao.jdbc.JdbcCheckoutStore} and
 * {@link dev.kadao.jdbc.JdbcKeyInventory} over one {@code DataSource} share their commits. A step is written by
 * {@code StepWriter}, ended by {@code StepCommit}; every statement's text stands in one {@code Dialect} per database.
 */
@NullMarked
package dev.kadao.jdbc;

import org.jspecify.annotations.NullMarked;
