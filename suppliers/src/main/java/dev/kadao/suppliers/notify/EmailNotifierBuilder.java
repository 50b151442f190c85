package dev.kadao.suppliers.notify;

import dev.kadao.order.InvalidValueException;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The settings of an {@link EmailNotifier}, or of {@link EmailAlerts}. For one thread; builds one, and is not changed after that. */
public final class EmailNotifierBuilder {
    private final String host;
    private final int port;
    private final String from;
    private SmtpSecurity security = SmtpSecurity.STARTTLS;
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable String fromName;
    private @Nullable Function<OrderId, URI> page;
    private BiFunction<OrderId, Optional<String>, Optional<String>> address = (order, recipient) -> recipient;
    private EmailTexts texts = EmailTexts.chineseAndEnglish();
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration limit = Duration.ofSeconds(5);
    private @Nullable SSLContext sslContext;
    private @Nullable Function<OrderId, List<Secret>> reveal;
    private InstantSource clock = InstantSource.system();
    private boolean isBuilt;

    EmailNotifierBuilder(String host, int port, String from) {
        this.host = host;
        this.port = port;
        this.from = from;
    }

    /** How the way to the server is kept secret; default {@link SmtpSecurity#STARTTLS}. */
    public EmailNotifierBuilder security(SmtpSecurity how) {
        this.security = how;
        return changing();
    }

    /** Logs in at the mail server; not with {@link SmtpSecurity#PLAIN}. Default: no login. */
    public EmailNotifierBuilder login(String newUser, Secret newPassword) {
        this.user = newUser;
        this.password = newPassword;
        return changing();
    }

    /** The name shown beside the address that mails come from; default none. */
    public EmailNotifierBuilder fromName(String name) {
        this.fromName = name;
        return changing();
    }

    /** Where a buyer sees an order. Must be given for a notifier. */
    public EmailNotifierBuilder page(Function<OrderId, URI> pageOfOrder) {
        this.page = pageOfOrder;
        return changing();
    }

    /**
     * Where mail about an order goes; default: to the order's recipient. For shops whose recipients are phone or game
     * accounts and that know the buyer's address otherwise. Empty: this order's buyer gets no mail.
     *
     * @param addressOfOrder from an order and its recipient, which is empty once erased
     */
    public EmailNotifierBuilder address(BiFunction<OrderId, Optional<String>, Optional<String>> addressOfOrder) {
        this.address = addressOfOrder;
        return changing();
    }

    /** What mails say; default {@link EmailTexts#chineseAndEnglish()}. */
    public EmailNotifierBuilder texts(EmailTexts newTexts) {
        this.texts = newTexts;
        return changing();
    }

    /** How long connecting may take; default 2 s. */
    public EmailNotifierBuilder connectTimeout(Duration longest) {
        this.connectTimeout = longest;
        return changing();
    }

    /**
     * How long one try may take in all, connecting, reading and writing together; default 5 s. Looking up the host's name
     * is the system's and comes on top. Keep it, with what other notifiers take, below {@code EngineSettings.callLimit}.
     */
    public EmailNotifierBuilder limit(Duration longest) {
        this.limit = longest;
        return changing();
    }

    /** Whose certificates are trusted; default the JDK's. That the certificate is the host's is checked always. */
    public EmailNotifierBuilder sslContext(SSLContext context) {
        this.sslContext = context;
        return changing();
    }

    /**
     * Lets mails about delivered and replaced keys carry them; default: a link alone. A mail is plain text on the disks of
     * everybody it passes, for years, and whoever reads the mailbox has the keys. Sending counts as reveal: the keys are
     * marked as seen before the mail leaves, so they stay seen if it is lost, and each further try reveals again.
     *
     * @param revealKeys marks the keys of an order as seen and returns them, as {@code Fulfillment.reveal} does; an empty
     *     list for an order without keys. If it throws, nothing is sent and the message is tried again
     */
    public EmailNotifierBuilder carryingKeys(Function<OrderId, List<Secret>> revealKeys) {
        this.reveal = revealKeys;
        return changing();
    }

    /** The wall clock that dates mails; default the system's. */
    public EmailNotifierBuilder clock(InstantSource source) {
        this.clock = source;
        return changing();
    }

    /**
     * Builds the notifier; calls nobody.
     *
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public EmailNotifier build() {
        List<String> problems = new ArrayList<>();
        if (page == null) {
            problems.add("no page is given: mails would tell without a link. Say where a buyer sees an order.");
        }
        return new EmailNotifier(this, checked("this e-mail notifier cannot be built", problems));
    }

    /**
     * Builds, instead of a notifier, what tells the shop's own people over the same mail server; calls nobody. What concerns
     * buyers (page, address, texts, keys) is not used.
     *
     * @param address of one mailbox or mailing list of the shop
     * @throws InvalidValueException with all that is wrong with the settings, a line each
     */
    public EmailAlerts alertsTo(String address) {
        List<String> problems = new ArrayList<>();
        Optional<String> to = MailAddress.of(address);
        if (to.isEmpty()) {
            problems.add("where alerts are to go is no e-mail address. Give one such as ops@example.com.");
        }
        return new EmailAlerts(this, checked("these e-mail alerts cannot be built", problems), to.orElse(""));
    }

    /** The address that mails come from, if nothing else is wrong either. */
    private String checked(String refusal, List<String> problems) {
        if (!isThere("jakarta.mail.Transport")
                || !isThere("jakarta.activation.DataHandler")
                || !SmtpDelivery.hasImplementation()) {
            problems.add(
                    "Jakarta Mail, or an implementation of it, is not there. Add them to the class or module path, for example"
                            + " jakarta.mail:jakarta.mail-api and org.eclipse.angus:angus-mail; on the module path say"
                            + " --add-modules jakarta.mail too.");
        }
        if (!host.matches("[0-9A-Za-z.:\\[\\]-]+") || port < 1 || port > 65_535) {
            problems.add("'" + host.replaceAll("\\p{Cntrl}", " ") + "' port " + port
                    + " is no mail server's host and port. Give one such as smtp.example.com and 587.");
        }
        Optional<String> sender = MailAddress.of(from);
        if (sender.isEmpty()) {
            problems.add("what mails are to come from is no e-mail address. Give one such as shop@example.com.");
        }
        if (fromName != null && fromName.matches("(?s).*\\p{Cntrl}.*")) {
            problems.add("the name of the sender holds a line break or another control character.");
        }
        checkLogin(problems);
        Spans.check("limit", limit, problems);
        Spans.check("connect time-out", connectTimeout, problems);
        if (!problems.isEmpty() || sender.isEmpty()) {
            throw new InvalidValueException(refusal + ":\n- " + String.join("\n- ", problems));
        }
        isBuilt = true;
        return sender.get();
    }

    private void checkLogin(List<String> problems) {
        if (user == null || password == null) {
            return;
        }
        if (security == SmtpSecurity.PLAIN) {
            problems.add("a password would be sent without TLS, for everybody on the way to read. Use STARTTLS or TLS,"
                    + " or no login.");
        }
        if (user.isBlank() || password.expose().isBlank()) {
            problems.add("user or password is blank. Give both, or no login at all.");
        }
    }

    private EmailNotifierBuilder changing() {
        if (isBuilt) {
            throw new IllegalStateException("this is built already: begin anew with EmailNotifier.through(..)");
        }
        return this;
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, EmailNotifierBuilder.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    SmtpSecurity security() {
        return security;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    Secret password() {
        return password;
    }

    @Nullable
    String fromName() {
        return fromName;
    }

    Function<OrderId, URI> page() {
        if (page == null) {
            throw new IllegalStateException("build() asks for it");
        }
        return page;
    }

    BiFunction<OrderId, Optional<String>, Optional<String>> address() {
        return address;
    }

    EmailTexts texts() {
        return texts;
    }

    Duration connectTimeout() {
        return connectTimeout.compareTo(limit) < 0 ? connectTimeout : limit;
    }

    Duration limit() {
        return limit;
    }

    SSLSocketFactory tls() {
        try {
            SSLContext context = sslContext == null ? SSLContext.getDefault() : sslContext;
            return context.getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    @Nullable
    Function<OrderId, List<Secret>> reveal() {
        return reveal;
    }

    InstantSource clock() {
        return clock;
    }
}
