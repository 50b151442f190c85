/** The settings of a shop as immutable groups, each with {@code defaults()}. They hold for what is placed from then on. */
@NullMarked
package dev.kadao.policy;

import org.jspecify.annotations.NullMarked;
