/** The shortest way from placed to delivered. */
@NullMarked
package dev.kadao.examples.quickstart;

import org.jspecify.annotations.NullMarked;
