package dev.kadao.suppliers.notify;

import dev.kadao.port.NotToldException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Hands mails to a mail server. The only class that knows Jakarta Mail, so that the others load without it. */
final class SmtpDelivery {
    /** A reply of a mail server: its code and, if given, the finer one of RFC 3463. */
    private static final Pattern REPLY =
            Pattern.compile("^\\s*([245][0-9]{2})[ -](?:([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b)?");

    private static final Pattern GREETING = Pattern.compile("response: ([0-9]{3})\\b");

    /** No such mailbox, no such domain, no address, moved, null MX; mailbox disabled. A bare 550 may be about us. */
    private static final Pattern NO_MAILBOX = Pattern.compile("5\\.(1\\.(1|2|3|6|10)|2\\.1)");

    private final EmailNotifierBuilder settings;
    private final String from;

    SmtpDelivery(EmailNotifierBuilder settings, String from) {
        this.settings = settings;
        this.from = from;
    }

    /** Whether somebody provides what Jakarta Mail alone only describes. */
    static boolean hasImplementation() {
        try {
            return Session.getInstance(new Properties()).getTransport("smtp") != null;
        } catch (NoSuchProviderException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            return false;
        }
    }

    /**
     * Sends one mail, which is written only once the server has let us in.
     *
     * @throws NotToldException if it was not taken, or nobody can tell
     */
    void deliver(Supplier<Letter> writing) {
        try (TimedSockets sockets = new TimedSockets(settings.limit())) {
            try {
                deliver(session(sockets), writing);
            } catch (MessagingException | UnsupportedEncodingException e) {
                throw sockets.isOver()
                        ? NotToldException.notifierFailed(
                                "the mail server was not done within " + settings.limit() + ", perhaps it has the mail")
                        : meaningOf(e, settings.limit());
            }
        }
    }

    private void deliver(Session session, Supplier<Letter> writing)
            throws MessagingException, UnsupportedEncodingException {
        Transport transport = session.getTransport("smtp");
        try {
            if (settings.user() == null || settings.password() == null) {
                transport.connect();
            } else {
                transport.connect(
                        settings.host(),
                        settings.port(),
                        settings.user(),
                        settings.password().expose());
            }
            Letter letter = writing.get();
            InternetAddress[] to = {new InternetAddress(letter.to(), true)};
            transport.sendMessage(written(session, letter, to), to);
        } finally {
            hangUp(transport);
        }
    }

    // Whether the mail was taken is settled by then.
    private static void hangUp(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            return;
        }
    }

    private Session session(TimedSockets sockets) {
        Properties values = new Properties();
        values.put("mail.smtp.host", settings.host());
        values.put("mail.smtp.port", Integer.toString(settings.port()));
        values.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
        values.put("mail.smtp.timeout", millis(settings.limit()));
        values.put("mail.smtp.socketFactory", sockets.plain());
        values.put("mail.smtp.socketFactory.fallback", "false");
        values.put("mail.smtp.ssl.checkserveridentity", "true");
        values.put("mail.smtp.quitwait", "false");
        values.put("mail.smtp.auth", Boolean.toString(settings.user() != null));
        values.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        // Otherwise this machine's own name would be looked up and told.
        values.put("mail.smtp.localhost", MailAddress.domainOf(from));
        if (settings.security() != SmtpSecurity.PLAIN) {
            values.put("mail.smtp.ssl.socketFactory", sockets.over(settings.tls()));
            boolean later = settings.security() == SmtpSecurity.STARTTLS;
            values.put("mail.smtp.ssl.enable", Boolean.toString(!later));
            values.put("mail.smtp.starttls.enable", Boolean.toString(later));
            values.put("mail.smtp.starttls.required", Boolean.toString(later));
        }
        return Session.getInstance(values);
    }

    private static String millis(Duration span) {
        return Long.toString(Math.max(1, span.toMillis()));
    }

    private MimeMessage written(Session session, Letter letter, InternetAddress[] to)
            throws MessagingException, UnsupportedEncodingException {
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", letter.messageId());
            }
        };
        mail.setFrom(
                settings.fromName() == null
                        ? new InternetAddress(from, true)
                        : new InternetAddress(from, settings.fromName(), "UTF-8"));
        mail.setRecipients(Message.RecipientType.TO, to);
        mail.setSubject(letter.text().subject().replaceAll("[\\p{Cc}\\u2028\\u2029]+", " "), "UTF-8");
        mail.setText(letter.text().body().replaceAll("\\R", "\r\n"), "UTF-8");
        mail.setSentDate(Date.from(settings.clock().instant()));
        // RFC 3834: keeps absence notes from answering.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.saveChanges();
        return mail;
    }

    /** What a failure means, without a word of the server's: that may quote the recipient. */
    private static NotToldException meaningOf(Throwable failure, Duration limit) {
        Optional<String> reply = replyIn(failure);
        if (failure instanceof SendFailedException && reply.isPresent()) {
            String status = "the mail server answered with status " + reply.get();
            return NO_MAILBOX.matcher(reply.get()).find()
                    ? NotToldException.never(status)
                    : NotToldException.recipientFailed(status);
        }
        return NotToldException.notifierFailed(reply.map(code -> "the mail server answered with status " + code)
                .orElse(kindOf(failure, limit)));
    }

    private static Optional<String> replyIn(Throwable failure) {
        for (Throwable each = failure; each != null; each = next(each)) {
            String message = String.valueOf(each.getMessage());
            Matcher reply = REPLY.matcher(message);
            if (each instanceof MessagingException && reply.find()) {
                String finer = reply.group(2);
                return Optional.of(finer == null ? reply.group(1) : reply.group(1) + " " + finer);
            }
            Matcher greeting = GREETING.matcher(message);
            if (each instanceof MessagingException && greeting.find()) {
                return Optional.of(greeting.group(1));
            }
        }
        return Optional.empty();
    }

    private static String kindOf(Throwable failure, Duration limit) {
        if (failure instanceof AuthenticationFailedException) {
            return "the mail server refused user or password";
        }
        for (Throwable each = failure; each != null; each = next(each)) {
            if (each instanceof SocketTimeoutException) {
                return "the mail server did not answer within its time, at most " + limit;
            } else if (each instanceof UnknownHostException) {
                return "the mail server's host name is not resolved";
            } else if (each instanceof ConnectException) {
                return "the mail server refused the connection";
            } else if (each instanceof SSLException) {
                return "TLS to the mail server failed (" + each.getClass().getSimpleName() + ")";
            } else if (String.valueOf(each.getMessage()).startsWith("STARTTLS is required")) {
                return "the mail server does not offer STARTTLS: nothing was sent";
            }
        }
        return "the connection to the mail server failed (" + failure.getClass().getSimpleName() + ")";
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException mail ? mail.getNextException() : failure.getCause();
    }
}
