/** A shop's own order and Kadao's checkout, in one transaction. */
@NullMarked
package dev.kadao.examples.onetransaction;

import org.jspecify.annotations.NullMarked;
