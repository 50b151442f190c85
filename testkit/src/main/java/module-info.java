/** Contract suites for every port, fakes and a manual clock. */
module dev.kadao.testkit {
    requires transitive dev.kadao.core;
    requires org.assertj.core;
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;

    exports dev.kadao.testkit;
    exports dev.kadao.testkit.rules;
}
