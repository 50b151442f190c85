package dev.kadao.gateways.wechatpay;

import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keys made for this run alone, and the gateway's side of the cryptography, on the JDK without any of our own code. */
final class TestKeys {
    static final String MCH_ID = "1900000109";
    static final String APP_ID = "wx8888888888888888";
    static final String API_V3_KEY = "0123456789abcdefGHIJKLMNOPQRSTUV";
    static final String PLATFORM_SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092024101100397200000006";
    static final String MERCHANT_SERIAL = "1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C";
    static final KeyPair PLATFORM = pair();
    static final KeyPair OTHER_PLATFORM = pair();
    static final KeyPair MERCHANT = pair();

    private TestKeys() {}

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    static String sign(PrivateKey key, byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String seal(String key, String nonce, String associated, String plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            SecretKeySpec spec = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES");
            cipher.init(Cipher.ENCRYPT_MODE, spec, new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All settings but the endpoint, with both kinds of platform keys. */
    static WeChatPayBuilder settings() {
        return WeChatPay.builder()
                .mchId(MCH_ID)
                .appId(APP_ID)
                .apiV3Key(Secret.of(API_V3_KEY))
                .merchantKey(MERCHANT_SERIAL, Secret.of(base64(MERCHANT.getPrivate())))
                .platformKey(PLATFORM_SERIAL, base64(PLATFORM.getPublic()))
                .platformKey(PUBLIC_KEY_ID, base64(OTHER_PLATFORM.getPublic()))
                .notifyUrl("https://shop.example/notify/wechatpay")
                .description("卡密 Card keys");
    }
}
