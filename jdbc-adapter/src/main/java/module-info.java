/** Checkout store and key inventory over JDBC. */
module dev.kadao.jdbc {
    requires transitive dev.kadao.core;
    requires transitive java.sql;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.kadao.jdbc;
}
