/** The front door. */
@NullMarked
package dev.kadao;

import org.jspecify.annotations.NullMarked;
