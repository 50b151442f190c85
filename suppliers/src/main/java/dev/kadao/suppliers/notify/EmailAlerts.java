package dev.kadao.suppliers.notify;

import dev.kadao.port.Alert;
import dev.kadao.port.AlertSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Tells the shop's own people by e-mail: what it is about, and the sentence that the log has. Made by
 * {@link EmailNotifierBuilder#alertsTo}, with the mail server of an {@link EmailNotifier}, and like that one thread-safe,
 * without a connection between calls, and over within its limit.
 *
 * <p>Told means that the server took the mail; an answer that was lost is a second mail. Reasons name a status or the kind of
 * a failure, never the address, the password or a word of the server.
 */
public final class EmailAlerts implements AlertSink {
    private final EmailNotifierBuilder settings;
    private final String from;
    private final String to;
    private final SmtpDelivery delivery;

    EmailAlerts(EmailNotifierBuilder settings, String from, String to) {
        this.settings = settings;
        this.from = from;
        this.to = to;
        this.delivery = new SmtpDelivery(settings, from);
    }

    @Override
    public void alert(Alert alert) {
        delivery.deliver(() -> new Letter(to, messageId(alert), text(alert)));
    }

    private static EmailText text(Alert alert) {
        String level = alert.level() == 0 ? "" : " (level " + alert.level() + ")";
        return new EmailText(
                "[kadao] " + alert.word() + level + ": " + alert.subject(),
                alert.sentence() + "\n\n" + alert.word() + level + ", "
                        + alert.at().truncatedTo(ChronoUnit.SECONDS) + "\n");
    }

    /** The time is in it: a trouble that comes back is news, and no mail program may take it for the one before. */
    private String messageId(Alert alert) {
        String what = alert.word() + "\n" + alert.subject() + "\n" + alert.level() + "\n" + alert.at();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(digest, 0, 12);
            return "<" + alert.word() + "." + hex + "@" + MailAddress.domainOf(from) + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Shows the mail server, not how to log in there nor whom it tells. */
    @Override
    public String toString() {
        return "EmailAlerts(" + settings.host() + ":" + settings.port() + ", " + settings.security() + ")";
    }
}
