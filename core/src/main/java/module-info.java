/** Kadao: paid means delivered. Only the packages exported here are for users; a package is exported as soon as it has types. */
module dev.kadao.core {
    requires com.fasterxml.jackson.databind;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.kadao;
    exports dev.kadao.desk;
    exports dev.kadao.insight;
    exports dev.kadao.memory;
    exports dev.kadao.order;
    exports dev.kadao.policy;
    exports dev.kadao.port;
}
