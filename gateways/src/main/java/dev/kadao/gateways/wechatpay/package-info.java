/** WeChat Pay, API v3. */
@NullMarked
package dev.kadao.gateways.wechatpay;

import org.jspecify.annotations.NullMarked;
