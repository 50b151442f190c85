package dev.kadao.suppliers.notify;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.port.NotToldException;
import dev.kadao.port.Notifier;
import java.net.URI;
import java.util.Optional;

/**
 * Tells buyers by e-mail: a short text with a link to the order's page. Thread-safe, keeps no connection between calls, and
 * needs no closing. Needs Jakarta Mail and an implementation of it, for example {@code org.eclipse.angus:angus-mail}; the
 * other classes of this module do without.
 *
 * <p>One call is one try, over within {@link EmailNotifierBuilder#limit}, whatever the mail server does. Told means that
 * the server took the mail. If its answer was lost the mail is sent again; all copies carry the same {@code Message-ID},
 * made from the message's reference, by which mail programs and servers recognise them.
 *
 * <p>A recipient that is no e-mail address, a phone number for example, is not told: the message is given up at once, with
 * one line in the log, and counts as such in the checkout. So are a recipient that was erased, and one of whom the server
 * says for good that there is no such mailbox (5.1.1, 5.1.2, 5.1.3, 5.1.6, 5.1.10, 5.2.1). Every other refusal is tried
 * again. Reasons name a status or the kind of a failure, never the recipient, the password or a word of the server.
 */
public final class EmailNotifier implements Notifier {
    private final EmailNotifierBuilder settings;
    private final String from;
    private final Reveal reveal;
    private final SmtpDelivery delivery;

    EmailNotifier(EmailNotifierBuilder settings, String from) {
        this.settings = settings;
        this.from = from;
        this.reveal = new Reveal(settings.reveal());
        this.delivery = new SmtpDelivery(settings, from);
    }

    /**
     * Starts describing a notifier.
     *
     * @param host the mail server's name, which its certificate must carry
     * @param port 587 for STARTTLS, 465 for TLS, as a rule
     * @param from the address that mails come from
     */
    public static EmailNotifierBuilder through(String host, int port, String from) {
        return new EmailNotifierBuilder(host, port, from);
    }

    @Override
    public void tell(OrderId order, Message.Kind kind, Optional<String> recipient, String reference) {
        String to = settings.address()
                .apply(order, recipient)
                .flatMap(MailAddress::of)
                .orElseThrow(() -> NotToldException.never(
                        recipient.isEmpty()
                                ? "the recipient is erased"
                                : "the recipient is no e-mail address that mail is sent to"));
        String messageId = "<" + reference.replaceAll("[^0-9A-Za-z_.-]", "_") + "@" + MailAddress.domainOf(from) + ">";
        URI page = settings.page().apply(order);
        delivery.deliver(() -> {
            EmailTexts.Occasion occasion = new EmailTexts.Occasion(order, kind, page, reveal.of(order, kind));
            return new Letter(to, messageId, settings.texts().write(occasion));
        });
    }

    /** Shows the mail server, not how to log in there. */
    @Override
    public String toString() {
        return "EmailNotifier(" + settings.host() + ":" + settings.port() + ", " + settings.security() + ")";
    }
}
