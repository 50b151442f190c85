package dev.kadao.gateways.alipay;

import dev.kadao.gateways.FuzzRun;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlipayFuzzTest {
    @Test
    void whatever_is_made_of_a_genuine_notice_is_refused_or_read_as_the_genuine_one() {
        FuzzRun.run("Alipay", AlipaySamples.gateway(), AlipaySamples.genuine(Instant.now()));
    }
}
