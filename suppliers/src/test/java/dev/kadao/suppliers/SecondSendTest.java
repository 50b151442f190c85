package dev.kadao.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kadao.order.Money;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a process whose JDK is told to repeat requests of every method; read once there, so each test takes a new one. */
@Timeout(300)
class SecondSendTest {
    /** The other process: says with the plain client or with ours what one POST came to. */
    static final class OtherProcess {
        public static void main(String[] args) throws Exception {
            if (args[0].equals("plain")) {
                HttpRequest post = HttpRequest.newBuilder(URI.create(args[1] + "/orders"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
                try {
                    HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.discarding());
                } catch (IOException e) {
                    System.out.println("failed");
                }
            } else {
                System.out.println(Samples.supplier(args[1]).dispatch(Samples.request(), Samples.soon()));
            }
        }
    }

    private static String run(String client, ScriptedServer server) throws Exception {
        String classPath = Stream.concat(
                        Stream.of(Path.of("target", "test-classes")),
                        Stream.of(
                                        HttpSupplier.class,
                                        Money.class,
                                        ObjectMapper.class,
                                        JsonFactory.class,
                                        JsonInclude.class)
                                .map(SecondSendTest::placeOf))
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.httpclient.enableAllMethodRetry=true",
                "-cp",
                classPath,
                OtherProcess.class.getName(),
                client,
                server.url());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_plain_client_repeats_a_post_there() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.hangUp())) {
            run("plain", server);

            assertThat(server.seen).hasSize(2);
        }
    }

    @Test
    void an_order_is_sent_once_all_the_same_and_is_unknown() throws Exception {
        try (ScriptedServer server = ScriptedServer.that(ScriptedServer.hangUp())) {
            String said = run("ours", server);

            assertThat(said).contains("Unknown");
            assertThat(server.seen).hasSize(1);
        }
    }
}
