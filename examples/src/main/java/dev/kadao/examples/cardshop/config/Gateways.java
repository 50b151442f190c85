package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * {@code gateway.*} but the sandbox: one is there when one of its properties is. Without the credentials for calls a
 * gateway's notices count, and nothing can be opened, asked, closed or refunded there by the shop.
 */
public record Gateways(
        Optional<Alipay> alipay, Optional<WeChatPay> weChatPay, Optional<Stripe> stripe, Optional<Epay> epay) {

    /**
     * {@code gateway.alipay.*}.
     *
     * @param privateKey signs calls; empty: notices alone
     * @param endpoint empty: Alipay's own
     */
    public record Alipay(
            String appId, String sellerId, String publicKey, Optional<Secret> privateKey, Optional<URI> endpoint) {}

    /**
     * {@code gateway.wechatpay.*}.
     *
     * @param caller signs calls; empty: notices alone
     * @param endpoint empty: WeChat Pay's own
     */
    public record WeChatPay(
            String merchantId,
            String appId,
            Secret apiV3Key,
            String platformSerial,
            String platformPublicKey,
            Optional<WeChatPayCaller> caller,
            Optional<URI> endpoint) {}

    /** The merchant's certificate: its serial number and its private key. */
    public record WeChatPayCaller(String serial, Secret privateKey) {}

    /**
     * {@code gateway.stripe.*}.
     *
     * @param apiKey for calls; empty: notices alone
     * @param endpoint empty: Stripe's own
     */
    public record Stripe(Secret signingSecret, Optional<Secret> apiKey, Optional<URI> endpoint) {}

    /**
     * {@code gateway.epay.*}.
     *
     * @param endpoint where this service is; there are many
     */
    public record Epay(String pid, Secret key, URI endpoint) {}
}
