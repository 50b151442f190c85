package dev.kadao.gateways.alipay;

import dev.kadao.gateways.shared.Problems;
import dev.kadao.gateways.shared.Rsa;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of an {@link Alipay}. For one thread; may build several. */
public final class AlipayBuilder {
    private static final String PATH = "/gateway.do";
    private static final int LONGEST_URL = 256;
    private static final int LONGEST_SUBJECT = 256;

    private final String appId;
    private final String sellerId;
    private final String alipayPublicKey;
    private final Secret privateKey;
    private String endpoint = "https://openapi.alipay.com";
    private @Nullable String notifyUrl;
    private String subject = "Online order";
    private Duration callLimit = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(2);
    private InstantSource clock = InstantSource.system();

    AlipayBuilder(String appId, String sellerId, String alipayPublicKey, Secret privateKey) {
        this.appId = appId;
        this.sellerId = sellerId;
        this.alipayPublicKey = alipayPublicKey;
        this.privateKey = privateKey;
    }

    /**
     * Where the open platform is; default {@code https://openapi.alipay.com}. {@code /gateway.do} is added where it is
     * missing. The sandbox is {@code https://openapi-sandbox.dl.alipaydev.com}, with an app and keys of its own.
     */
    public AlipayBuilder endpoint(String url) {
        this.endpoint = url;
        return this;
    }

    /**
     * Where Alipay sends its notices: an absolute http or https URL that Alipay reaches, without a query. Default: none is
     * told, so that payments are seen only when they are asked about.
     */
    public AlipayBuilder notifyUrl(String url) {
        this.notifyUrl = url;
        return this;
    }

    /**
     * What the buyer reads as the order's title; default "Online order". 1 to 256 characters, none of {@code / = &},
     * which Alipay refuses.
     */
    public AlipayBuilder subject(String text) {
        this.subject = text;
        return this;
    }

    /** How long a call may take, connecting and answer together; default 10 s, at most 10 minutes. */
    public AlipayBuilder callLimit(Duration limit) {
        this.callLimit = limit;
        return this;
    }

    /** How long connecting may take; default 2 s. The call limit holds as well. */
    public AlipayBuilder connectTimeout(Duration limit) {
        this.connectTimeout = limit;
        return this;
    }

    /** The wall clock that dates requests; default the system's. Alipay refuses requests that are dated badly. */
    public AlipayBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Builds the gateway; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public Alipay build() {
        Problems problems = new Problems();
        checkNumber(problems, "the app id", appId);
        checkNumber(problems, "the seller id", sellerId);
        Optional<PublicKey> alipayKey = problems.read(() -> Rsa.publicKey("Alipay's public key", alipayPublicKey));
        Optional<PrivateKey> ourKey = problems.read(() -> Rsa.privateKey("the private key", privateKey));
        Optional<String> url = problems.endpoint(endpoint);
        checkNotifyUrl(problems);
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT || subject.matches("(?s).*[/=&\\p{Cc}].*")) {
            problems.add("the subject is blank, over " + LONGEST_SUBJECT
                    + " characters, or holds one of / = & or a control character.");
        }
        problems.requireSpan("call limit", callLimit);
        problems.requireSpan("connect time-out", connectTimeout);
        problems.refuse("this Alipay gateway");
        String base = url.orElseThrow();
        return new Alipay(
                base.endsWith(PATH) ? base : base + PATH, alipayKey.orElseThrow(), ourKey.orElseThrow(), this);
    }

    private static void checkNumber(Problems problems, String name, String value) {
        if (!value.matches("[0-9A-Za-z]{1,32}")) {
            problems.add(name + " is no number of Alipay's: 1 to 32 digits or letters, without blanks.");
        }
    }

    // The text itself is not shown: it may hold a password.
    private void checkNotifyUrl(Problems problems) {
        if (notifyUrl != null && (!Problems.isPlainUrl(notifyUrl) || notifyUrl.length() > LONGEST_URL)) {
            problems.add("the notify URL is no absolute http or https URL of at most " + LONGEST_URL
                    + " characters, without user, query and fragment.");
        }
    }

    String appId() {
        return appId;
    }

    String sellerId() {
        return sellerId;
    }

    Optional<String> notifyUrl() {
        return Optional.ofNullable(notifyUrl);
    }

    String subject() {
        return subject;
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
