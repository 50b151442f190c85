/** Answers buyers who ask in their own words, from what is on record about their order. */
@NullMarked
package dev.kadao.support;

import org.jspecify.annotations.NullMarked;
