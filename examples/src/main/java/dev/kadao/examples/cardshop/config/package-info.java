/** The command line and the properties file, read into immutable records; every problem is reported at once. */
@NullMarked
package dev.kadao.examples.cardshop.config;

import org.jspecify.annotations.NullMarked;
