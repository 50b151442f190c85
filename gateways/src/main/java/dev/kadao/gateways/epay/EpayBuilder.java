package dev.kadao.gateways.epay;

import dev.kadao.gateways.shared.Problems;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Secret;
import dev.kadao.wire.Exchange;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The settings of an {@link Epay}. For one thread; may build several. */
public final class EpayBuilder {
    private static final System.Logger LOG = System.getLogger(EpayBuilder.class.getName());
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private String endpoint = "";
    private String pid = "";
    private Secret key = Secret.of("");
    private String notifyUrl = "";
    private Optional<String> returnUrl = Optional.empty();
    private String name = "Order";
    private String type = "alipay";
    private String clientIp = "127.0.0.1";
    private boolean md5Accepted;
    private boolean plainHttpAccepted;
    private boolean zerosLeftOut;
    private Duration callLimit = Duration.ofSeconds(8);
    private Duration connectTimeout = Duration.ofSeconds(2);

    EpayBuilder() {}

    /** What each payment is opened with. */
    record Account(
            String pid,
            Secret key,
            String notifyUrl,
            Optional<String> returnUrl,
            String name,
            String type,
            String clientIp) {}

    /**
     * Says that you know what {@link Epay} warns of: forgeable signatures, unsigned answers, the key in URLs. Needed, and
     * logged as a warning once in the life of the process, so that whoever runs the shop knows too.
     */
    public EpayBuilder acceptingMd5() {
        this.md5Accepted = true;
        return this;
    }

    /** Where the service is, {@code https://pay.example.com}; {@code /mapi.php} and {@code /api.php} are added. Needed. */
    public EpayBuilder endpoint(String url) {
        this.endpoint = url;
        return this;
    }

    /**
     * Lets the endpoint be plain http, over which anyone on the way can read the key and answer that money came: for closed
     * networks. Loopback needs no leave.
     */
    public EpayBuilder acceptingPlainHttp() {
        this.plainHttpAccepted = true;
        return this;
    }

    /** The merchant's number at the service. Needed. */
    public EpayBuilder pid(String number) {
        this.pid = number;
        return this;
    }

    /** The merchant's key at the service. Needed. */
    public EpayBuilder key(Secret secret) {
        this.key = secret;
        return this;
    }

    /** Where the service sends its notices: the shop's notice route, without a query. Needed. */
    public EpayBuilder notifyUrl(String url) {
        this.notifyUrl = url;
        return this;
    }

    /**
     * Where the service sends the buyer after paying; <code>{payment}</code> in it becomes the payment id. Some services
     * demand it; default none. That a buyer comes there proves nothing.
     */
    public EpayBuilder returnUrl(String url) {
        this.returnUrl = Optional.of(url);
        return this;
    }

    /** What the service's page says is being paid for, at most 127 bytes; default {@code Order}. */
    public EpayBuilder name(String text) {
        this.name = text;
        return this;
    }

    /** The way to pay: {@code alipay} (default), {@code wxpay}, {@code qqpay} or what else the service has. */
    public EpayBuilder type(String way) {
        this.type = way;
        return this;
    }

    /**
     * The address sent as the buyer's, which the services demand and Kadao does not hand to gateways; default
     * {@code 127.0.0.1}. Services that limit payments for each address then count all buyers as one.
     */
    public EpayBuilder clientIp(String address) {
        this.clientIp = address;
        return this;
    }

    /**
     * Reads the service's amounts {@code 49} and {@code 49.5} as 49.00 and 49.50. Services on 彩虹易支付 write them so in
     * notices; without this such notices are refused, and payments are seen only when Kadao asks by itself.
     */
    public EpayBuilder amountsLeaveOutZeros() {
        this.zerosLeftOut = true;
        return this;
    }

    /** How long a call may take; default 8 s. */
    public EpayBuilder callLimit(Duration limit) {
        this.callLimit = limit;
        return this;
    }

    /** How long connecting may take; default 2 s. The call limit holds as well. */
    public EpayBuilder connectTimeout(Duration limit) {
        this.connectTimeout = limit;
        return this;
    }

    /**
     * Builds the gateway; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public Epay build() {
        Problems problems = new Problems();
        if (!md5Accepted) {
            problems.add(
                    "epay signs with MD5, which can be forged, does not sign its answers, and takes the key in URLs."
                            + " If you want it all the same, say so with acceptingMd5().");
        }
        Optional<String> url = problems.endpoint(endpoint);
        url.filter(this::isOpenToAll)
                .ifPresent(
                        text -> problems.add(
                                "the endpoint is plain http, over which anyone on the"
                                        + " way can answer that money came. Use https, or say acceptingPlainHttp() for a closed network."));
        if (!pid.matches("[0-9A-Za-z_-]{1,64}")) {
            problems.add("the pid is not 1 to 64 letters, digits, underscores or hyphens.");
        }
        problems.requireSecret("the key", key);
        problems.requireUrl("notify URL", notifyUrl);
        if (notifyUrl.contains("?") || notifyUrl.contains("#")) {
            problems.add("the notify URL has a query: the service would add its own parameters to it unsigned.");
        }
        returnUrl.ifPresent(text -> problems.requireUrl("return URL", text));
        problems.requireText("the name", name);
        problems.requireText("the type", type);
        problems.requireText("the client address", clientIp);
        problems.requireSpan("call limit", callLimit);
        problems.requireSpan("connect time-out", connectTimeout);
        problems.refuse("this epay gateway");
        if (!WARNED.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "epay relies on MD5, which can be forged, and on answers that nobody signs: each payment is asked"
                            + " about before it counts. Prefer Alipay or WeChat Pay themselves where you can.");
        }
        Account account = new Account(pid, key, notifyUrl, returnUrl, name, type, clientIp);
        return new Epay(
                url.orElseThrow(), account, new EpayMoney(zerosLeftOut), new Exchange(connectTimeout, callLimit));
    }

    private boolean isOpenToAll(String url) {
        URI uri = URI.create(url);
        return !plainHttpAccepted && "http".equalsIgnoreCase(uri.getScheme()) && !LOOPBACK.contains(uri.getHost());
    }
}
