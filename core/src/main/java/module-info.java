/**
 * Kadao: paid means delivered. Only the packages that are exported to everybody are for users; a package is exported as soon
 * as it has types.
 */
@SuppressWarnings(
        "module") // What is exported to our own adapters alone names modules that are compiled after this one.
module dev.kadao.core {
    requires com.fasterxml.jackson.databind;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires java.net.http;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.kadao;
    exports dev.kadao.desk;
    exports dev.kadao.insight;
    exports dev.kadao.memory;
    exports dev.kadao.order;
    exports dev.kadao.policy;
    exports dev.kadao.port;
    exports dev.kadao.support;
    exports dev.kadao.wire to
            dev.kadao.gateways,
            dev.kadao.suppliers;
}
