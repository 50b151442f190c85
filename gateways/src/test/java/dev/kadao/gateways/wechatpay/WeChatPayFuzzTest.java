package dev.kadao.gateways.wechatpay;

import dev.kadao.gateways.FuzzRun;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WeChatPayFuzzTest {
    @Test
    void whatever_is_made_of_a_genuine_notice_is_refused_or_read_as_the_genuine_one() {
        FuzzRun.run("WeChatPay", WeChatPaySamples.gateway(), WeChatPaySamples.genuine(Instant.now()));
    }
}
