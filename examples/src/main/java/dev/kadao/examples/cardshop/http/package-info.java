/** HTTP on the JDK's own server: routes, strict reading, problem documents. Knows nothing of orders. */
@NullMarked
package dev.kadao.examples.cardshop.http;

import org.jspecify.annotations.NullMarked;
