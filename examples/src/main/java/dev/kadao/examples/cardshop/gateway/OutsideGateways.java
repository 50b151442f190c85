package dev.kadao.examples.cardshop.gateway;

import dev.kadao.examples.cardshop.config.Gateways;
import dev.kadao.gateways.alipay.Alipay;
import dev.kadao.gateways.alipay.AlipayBuilder;
import dev.kadao.gateways.epay.Epay;
import dev.kadao.gateways.stripe.Stripe;
import dev.kadao.gateways.stripe.StripeBuilder;
import dev.kadao.gateways.wechatpay.WeChatPay;
import dev.kadao.gateways.wechatpay.WeChatPayBuilder;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.port.PaymentGateway;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the gateways that the file names. */
public final class OutsideGateways {
    private final URI shop;
    private final Map<String, PaymentGateway> made = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private OutsideGateways(URI shop) {
        this.shop = shop;
    }

    /** The gateways by their names, or why there is none of them. */
    public record Made(Map<String, PaymentGateway> gateways, List<String> problems) {
        public Made {
            gateways = Map.copyOf(gateways);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Makes them; calls nobody.
     *
     * @param shop where this shop is reached: gateways are told to notify it below {@code /notify/}
     */
    public static Made of(Gateways configured, URI shop) {
        OutsideGateways gateways = new OutsideGateways(shop);
        configured.alipay().ifPresent(settings -> gateways.add("alipay", () -> gateways.alipay(settings)));
        configured.weChatPay().ifPresent(settings -> gateways.add("wechatpay", () -> gateways.weChatPay(settings)));
        configured.stripe().ifPresent(settings -> gateways.add("stripe", () -> gateways.stripe(settings)));
        configured.epay().ifPresent(settings -> gateways.add("epay", () -> gateways.epay(settings)));
        return new Made(gateways.made, gateways.problems);
    }

    private void add(String name, Supplier<PaymentGateway> making) {
        try {
            made.put(name, making.get());
        } catch (InvalidValueException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            problems.add("The settings gateway." + name + ".* are not acceptable: " + reason);
        }
    }

    private PaymentGateway alipay(Gateways.Alipay settings) {
        AlipayBuilder builder = Alipay.builder(
                        settings.appId(),
                        settings.sellerId(),
                        settings.publicKey(),
                        settings.privateKey().orElseGet(OutsideGateways::anyPrivateKey))
                .notifyUrl(notifyUrl("alipay"));
        settings.endpoint().ifPresent(endpoint -> builder.endpoint(endpoint.toString()));
        Alipay gateway = builder.build();
        return settings.privateKey().isPresent() ? gateway : new NoticesAlone(gateway);
    }

    private PaymentGateway weChatPay(Gateways.WeChatPay settings) {
        Gateways.WeChatPayCaller caller =
                settings.caller().orElseGet(() -> new Gateways.WeChatPayCaller("0", anyPrivateKey()));
        WeChatPayBuilder builder = WeChatPay.builder()
                .mchId(settings.merchantId())
                .appId(settings.appId())
                .apiV3Key(settings.apiV3Key())
                .platformKey(settings.platformSerial(), settings.platformPublicKey())
                .merchantKey(caller.serial(), caller.privateKey())
                .notifyUrl(notifyUrl("wechatpay"))
                .description("Card shop");
        settings.endpoint().ifPresent(endpoint -> builder.endpoint(endpoint.toString()));
        WeChatPay gateway = builder.build();
        return settings.caller().isPresent() ? gateway : new NoticesAlone(gateway);
    }

    private PaymentGateway stripe(Gateways.Stripe settings) {
        StripeBuilder builder = Stripe.builder()
                .signingSecret(settings.signingSecret())
                .apiKey(settings.apiKey().orElse(Secret.of("none")))
                .successUrl(shop + "/");
        settings.endpoint().ifPresent(endpoint -> builder.endpoint(endpoint.toString()));
        Stripe gateway = builder.build();
        return settings.apiKey().isPresent() ? gateway : new NoticesAlone(gateway);
    }

    /** Whoever configures an epay service has chosen it; the start says what that means. */
    private PaymentGateway epay(Gateways.Epay settings) {
        return Epay.builder()
                .acceptingMd5()
                .endpoint(settings.endpoint().toString())
                .pid(settings.pid())
                .key(settings.key())
                .notifyUrl(notifyUrl("epay"))
                .returnUrl(shop + "/")
                .build();
    }

    private String notifyUrl(String gateway) {
        return shop + "/notify/" + gateway;
    }

    /** The adapter wants a key; where there is none of ours, nothing is ever signed with this one. */
    private static Secret anyPrivateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return Secret.of(Base64.getEncoder().encodeToString(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
