package dev.kadao.gateways.stripe;

import dev.kadao.gateways.FuzzRun;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StripeFuzzTest {
    @Test
    void whatever_is_made_of_a_genuine_notice_is_refused_or_read_as_the_genuine_one() {
        FuzzRun.run("Stripe", StripeSamples.gateway(), StripeSamples.genuine(Instant.now()));
    }
}
