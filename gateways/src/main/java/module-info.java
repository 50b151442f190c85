/** Ready payment gateways. */
module dev.kadao.gateways {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.kadao.core;
    requires java.net.http;
    requires static transitive org.jspecify;

    exports dev.kadao.gateways.alipay;
    exports dev.kadao.gateways.epay;
    exports dev.kadao.gateways.stripe;
    exports dev.kadao.gateways.wechatpay;
}
