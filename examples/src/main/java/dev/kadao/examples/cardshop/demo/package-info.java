/** The demo: a gateway and a supplier that can be told to delay, drop, repeat, forge and fail. Absent with --config. */
@NullMarked
package dev.kadao.examples.cardshop.demo;

import org.jspecify.annotations.NullMarked;
