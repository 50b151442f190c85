package dev.kadao.gateways.alipay;

import dev.kadao.wire.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Times as Alipay writes them: {@code 2026-11-23 08:30:05}, always in China Standard Time, which has no summer time. */
final class AlipayTime {
    static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final int LENGTH = 19;
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private AlipayTime() {}

    /** Cut to the second. */
    static String of(Instant moment) {
        return FORM.format(moment.atOffset(CHINA));
    }

    /**
     * Reads that form and no other.
     *
     * @param name says in messages what it is
     */
    static Instant read(String name, String text) throws UnreadableException {
        try {
            // The form alone would also take years of more than four digits.
            if (text.length() == LENGTH) {
                return LocalDateTime.parse(text, FORM).toInstant(CHINA);
            }
        } catch (DateTimeException e) {
            // Refused below, as any other text that is no such time.
        }
        throw new UnreadableException("'" + name + "' is no time such as 2026-11-23 08:30:05");
    }
}
