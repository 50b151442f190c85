package dev.kadao.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.port.InboundNotice;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import java.util.HexFormat;
import java.util.Random;

/**
 * Hands mangled notices to a verifier. Each must be refused, by the verifier's own refusal: or, where the damage did not
 * touch what is signed (an escape in other letters, a header that means nothing), be read as the genuine one is.
 *
 * <p>How many is said by {@code -Dkadao.fuzz.inputs}, from which seed by {@code -Dkadao.fuzz.seed}.
 */
public final class FuzzRun {
    private static final int USUAL_INPUTS = 20_000;

    private FuzzRun() {}

    public static void run(String name, PaymentGateway gateway, InboundNotice genuine) {
        long inputs = Long.getLong("kadao.fuzz.inputs", USUAL_INPUTS);
        long seed = Long.getLong("kadao.fuzz.seed", 42);
        NoticeReading expected = gateway.read(genuine);
        assertThat(expected).as("reading of the genuine notice").isInstanceOf(NoticeReading.Genuine.class);
        Random random = new Random(seed);
        Mangler mangler = new Mangler(random);
        long refused = 0;
        long untouched = 0;
        long longestNanos = 0;
        for (long i = 0; i < inputs; i++) {
            InboundNotice mangled = mangler.mangled(genuine);
            long begun = System.nanoTime();
            NoticeReading reading = read(gateway, mangled, name + ", seed " + seed + ", input " + i);
            longestNanos = Math.max(longestNanos, System.nanoTime() - begun);
            if (reading instanceof NoticeReading.Forged forged) {
                assertThat(forged.reply().status()).as(() -> shown(mangled)).isBetween(400, 499);
                assertThat(forged.reply().body().asUtf8())
                        .as(() -> shown(mangled))
                        .doesNotContain(forged.reason());
                refused++;
            } else {
                assertThat(reading).as(() -> shown(mangled)).isEqualTo(expected);
                untouched++;
            }
        }
        System.out.printf(
                "%s: %d mangled notices from seed %d: %d refused, %d read as the genuine one, longest reading %d us%n",
                name, inputs, seed, refused, untouched, longestNanos / 1_000);
        assertThat(refused).as("refused").isGreaterThan(inputs / 2);
    }

    private static NoticeReading read(PaymentGateway gateway, InboundNotice mangled, String where) {
        try {
            return gateway.read(mangled);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(where + " threw: " + shown(mangled), e);
        }
    }

    private static String shown(InboundNotice notice) {
        byte[] body = notice.body().toArray();
        String hex = HexFormat.of().formatHex(body, 0, Math.min(body.length, 4_000));
        return notice.method() + " ?" + notice.query() + " " + notice.headers() + " " + body.length + " bytes: " + hex;
    }
}
