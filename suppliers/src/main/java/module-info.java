/** Ready dispatchers for suppliers that are reached over the network, and notifiers that tell buyers. */
module dev.kadao.suppliers {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.kadao.core;
    // Only for mail: a shop that sends none needs neither this nor an implementation of it.
    requires static jakarta.mail;
    requires java.net.http;
    requires static transitive org.jspecify;

    exports dev.kadao.suppliers;
    exports dev.kadao.suppliers.notify;
}
