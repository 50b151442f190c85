/** Real database servers for tests of this and other modules. Packed into this module's {@code test-jar}. */
package dev.kadao.jdbc.servers;
