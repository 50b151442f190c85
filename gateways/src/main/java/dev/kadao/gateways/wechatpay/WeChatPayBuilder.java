package dev.kadao.gateways.wechatpay;

import dev.kadao.gateways.shared.Problems;
import dev.kadao.gateways.shared.Rsa;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a {@link WeChatPay}; all without a default are required. Where they come from: merchant platform
 * (pay.weixin.qq.com), 账户中心, API安全. For one thread; may build several.
 */
public final class WeChatPayBuilder {
    /** The gateway's own. */
    public static final String DEFAULT_ENDPOINT = "https://api.mch.weixin.qq.com";

    private static final int LONGEST_DESCRIPTION = 127;
    private static final int LONGEST_NOTIFY_URL = 255;

    private final List<GivenKey> platformKeys = new ArrayList<>();
    private String mchId = "";
    private String appId = "";
    private Secret apiV3Key = Secret.of("");
    private String merchantSerial = "";
    private Secret merchantKey = Secret.of("");
    private String endpoint = DEFAULT_ENDPOINT;
    private String notifyUrl = "";
    private String description = "";
    private Duration callLimit = Duration.ofSeconds(5);
    private Duration connectTimeout = Duration.ofSeconds(2);
    private InstantSource clock = InstantSource.system();

    WeChatPayBuilder() {}

    /** A platform key as it was given. */
    private record GivenKey(String serial, String text, Instant lastValid) {}

    /** The merchant's number ({@code mchid}, 商户号). */
    public WeChatPayBuilder mchId(String number) {
        this.mchId = number;
        return this;
    }

    /** The app, official account or mini program that is bound to the merchant ({@code appid}). */
    public WeChatPayBuilder appId(String id) {
        this.appId = id;
        return this;
    }

    /** The APIv3 key, 32 bytes, which opens what notices are about. */
    public WeChatPayBuilder apiV3Key(Secret key) {
        this.apiV3Key = key;
        return this;
    }

    /**
     * The merchant's key, which signs requests.
     *
     * @param serial of the merchant's API certificate (商户API证书序列号)
     * @param privateKey base64 or PEM of PKCS#8 ({@code apiclient_key.pem})
     */
    public WeChatPayBuilder merchantKey(String serial, Secret privateKey) {
        this.merchantSerial = serial;
        this.merchantKey = privateKey;
        return this;
    }

    /**
     * One of the gateway's public keys, which verifies notices and answers; give all that are in use. A certificate's
     * key is refused after the certificate's own last day.
     *
     * @param serial a platform certificate's serial, or a public key's id ({@code PUB_KEY_ID_…})
     * @param publicKey base64 or PEM of X.509, or the certificate in PEM
     */
    public WeChatPayBuilder platformKey(String serial, String publicKey) {
        return platformKey(serial, publicKey, Instant.MAX);
    }

    /**
     * As {@link #platformKey(String, String)}, for a key that ends.
     *
     * @param lastValid after this moment notices and answers signed with it are refused
     */
    public WeChatPayBuilder platformKey(String serial, String publicKey, Instant lastValid) {
        this.platformKeys.add(new GivenKey(serial, publicKey, lastValid));
        return this;
    }

    /** Scheme and host before the paths, which stay; default {@value #DEFAULT_ENDPOINT}. */
    public WeChatPayBuilder endpoint(String url) {
        this.endpoint = url;
        return this;
    }

    /** Where the gateway sends notices: reachable from outside, https, without a query. */
    public WeChatPayBuilder notifyUrl(String url) {
        this.notifyUrl = url;
        return this;
    }

    /**
     * What the buyer reads beside the amount, at most 127 characters. While payments are being opened it must not change:
     * the gateway refuses to open one again with other words.
     */
    public WeChatPayBuilder description(String text) {
        this.description = text;
        return this;
    }

    /** How long a call may take in all; default 5 s. */
    public WeChatPayBuilder callLimit(Duration limit) {
        this.callLimit = limit;
        return this;
    }

    /** How long connecting may take; default 2 s. The call limit holds as well. */
    public WeChatPayBuilder connectTimeout(Duration limit) {
        this.connectTimeout = limit;
        return this;
    }

    /** The wall clock that dates requests and judges the age of answers; default the system's. */
    public WeChatPayBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Builds the gateway; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public WeChatPay build() {
        Problems problems = new Problems();
        checkTexts(problems);
        problems.requireSpan("call limit", callLimit);
        problems.requireSpan("connect time-out", connectTimeout);
        Optional<String> url = problems.endpoint(endpoint);
        Optional<PrivateKey> key = problems.read(() -> Rsa.privateKey("the merchant key", merchantKey));
        List<PlatformKeys.Key> keys = checkedKeys(problems);
        problems.refuse("WeChat Pay");
        MerchantKey merchant = new MerchantKey(account(), merchantSerial, key.orElseThrow());
        return new WeChatPay(url.orElseThrow(), merchant, new PlatformKeys(keys), this);
    }

    private void checkTexts(Problems problems) {
        if (!mchId.matches("[0-9A-Za-z]{1,32}")) {
            problems.add("mchId is not the merchant's number: 8 to 10 digits as a rule.");
        }
        if (!appId.matches("[0-9A-Za-z_-]{1,32}")) {
            problems.add("appId is not an app's id such as wx8888888888888888.");
        }
        int keyBytes = apiV3Key.expose().getBytes(StandardCharsets.UTF_8).length;
        if (keyBytes != SealedResource.KEY_BYTES) {
            problems.add("the APIv3 key has " + keyBytes + " bytes: it must be the " + SealedResource.KEY_BYTES
                    + " characters that were set in the merchant platform.");
        }
        if (!PlatformKeys.isSerial(merchantSerial)) {
            problems.add("the merchant key's serial is not that of a certificate.");
        }
        if (!Problems.isPlainUrl(notifyUrl) || notifyUrl.length() > LONGEST_NOTIFY_URL) {
            problems.add("notifyUrl is no absolute http or https URL without user, query and fragment, of at most "
                    + LONGEST_NOTIFY_URL + " characters: the gateway could not tell that a payment was made.");
        }
        if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
            problems.add("description has " + description.length() + " characters: the gateway wants 1 to "
                    + LONGEST_DESCRIPTION + ", for the buyer to read.");
        }
    }

    private List<PlatformKeys.Key> checkedKeys(Problems problems) {
        if (platformKeys.isEmpty()) {
            problems.add(
                    "there is no platform key: no notice and no answer could be believed. Give the gateway's public"
                            + " key with platformKey(serial, publicKey).");
        }
        List<PlatformKeys.Key> keys = new ArrayList<>();
        Set<String> serials = new HashSet<>();
        for (GivenKey given : platformKeys) {
            boolean named = PlatformKeys.isSerial(given.serial);
            String name = named ? "platform key " + given.serial : "a platform key";
            if (!named || !serials.add(given.serial)) {
                problems.add(name + (named ? " is given twice." : " has no serial of a certificate or key id."));
            }
            problems.read(() -> PlatformCertificate.key(name, given.serial, given.text, given.lastValid))
                    .ifPresent(keys::add);
        }
        return keys;
    }

    Account account() {
        return new Account(mchId, appId);
    }

    Secret apiV3Key() {
        return apiV3Key;
    }

    String notifyUrl() {
        return notifyUrl;
    }

    String description() {
        return description;
    }

    Duration callLimit() {
        return callLimit;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    InstantSource clock() {
        return clock;
    }
}
