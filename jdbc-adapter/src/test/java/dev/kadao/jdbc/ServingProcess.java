package dev.kadao.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import org.h2.tools.Server;

/** Serves H2 databases to other processes of this machine, says at which port, and ends when its input does. */
final class ServingProcess {
    private ServingProcess() {}

    /** @param arguments the folder of the databases */
    public static void main(String[] arguments) throws SQLException, IOException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", arguments[0]);
        server.start();
        System.out.println(server.getPort());
        while (System.in.read() >= 0) {
            // Nothing is said to it: only the end matters.
        }
        server.stop();
    }
}
