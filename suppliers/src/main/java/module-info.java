/** Ready dispatchers for suppliers that are reached over the network. */
module dev.kadao.suppliers {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.kadao.core;
    requires java.net.http;
    requires static transitive org.jspecify;
}
