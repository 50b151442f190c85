/** The epay protocol (易支付) that many small payment services speak. */
@NullMarked
package dev.kadao.gateways.epay;

import org.jspecify.annotations.NullMarked;
