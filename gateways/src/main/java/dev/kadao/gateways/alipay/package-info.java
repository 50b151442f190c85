/** Alipay, the open platform's API with RSA2 signatures. */
@NullMarked
package dev.kadao.gateways.alipay;

import org.jspecify.annotations.NullMarked;
