/**
 * Bytes: how documents, journal rows and notices are written and read, the names they are stored under, and the rows a
 * checkout is found by. The only place that knows Jackson; it uses the tokens alone, never Jackson's reflection, so that
 * the class path and the module path behave alike.
 */
@NullMarked
package dev.kadao.codec;

import org.jspecify.annotations.NullMarked;
