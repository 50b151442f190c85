/** A whole payment gateway adapter, as docs/write-a-gateway.md builds it. */
@NullMarked
package dev.kadao.examples.gateway;

import org.jspecify.annotations.NullMarked;
