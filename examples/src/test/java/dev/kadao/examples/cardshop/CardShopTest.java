package dev.kadao.examples.cardshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The card shop as processes of its own, from their command line to their exit status. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CardShopTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path temp;

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void it_says_where_it_listens_and_keeps_folder_and_port_for_itself_until_it_is_killed() throws Exception {
        String data = temp.resolve("data").toString();
        Process first = start("--port=0", "--data", data);
        String address = listening(first);
        String port = address.substring(address.lastIndexOf(':') + 1);
        assertThat(status(address + "/demo/skus")).isEqualTo(200);
        assertThat(status(address + "/")).isEqualTo(200);

        Process sameFolder = start("--port=0", "--data", data);
        assertThat(sameFolder.waitFor()).isEqualTo(1);
        assertThat(errors(sameFolder)).singleElement().asString().contains("The data folder " + data + " is in use");

        Process samePort = start("--port", port, "--data", temp.resolve("other").toString());
        assertThat(samePort.waitFor()).isEqualTo(1);
        assertThat(errors(samePort)).singleElement().asString().contains("The port " + port, "is in use", "--port");

        first.destroyForcibly().waitFor();
        assertThat(listening(start("--port=0", "--data", data))).startsWith("http://127.0.0.1:");
    }

    @Test
    void a_given_admin_token_is_never_printed_and_a_made_one_is() throws Exception {
        Process given = start("--port=0", "--data", temp.resolve("a").toString(), "--admin-token", "given-token");
        listening(given);
        // Through the handle: the process's own method would close the output that is read below.
        assertThat(given.toHandle().destroy()).isTrue();
        assertThat(given.waitFor()).isNotNegative();
        assertThat(rest(given) + Files.readString(errorFile(given))).doesNotContain("given-token");
        Process made = start("--port=0", "--data", temp.resolve("b").toString());
        listening(made);
        assertThat(made.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("cardshop: the desk's token is ");
    }

    @Test
    void every_problem_of_the_settings_has_a_line_of_its_own() throws Exception {
        Path file = Files.writeString(temp.resolve("shop.properties"), "sla.lat=PT1M\nretry.max=soon\n");
        Process bad = start("--config", file.toString());
        assertThat(bad.waitFor()).isEqualTo(1);
        assertThat(errors(bad)).hasSize(2);
        Process worse = start("--prot", "1");
        assertThat(worse.waitFor()).isEqualTo(2);
        assertThat(errors(worse)).containsExactly("cardshop: The option --prot is not known; did you mean --port?");
    }

    @Test
    void help_is_no_error() throws Exception {
        Process help = start("--help");
        assertThat(help.waitFor()).isZero();
        assertThat(rest(help)).contains("--config FILE");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The shop's own, on standard error: what it logs must not come before the lines that are read here.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                CardShop.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectError(temp.resolve("errors-" + started.size()).toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path errorFile(Process process) {
        return temp.resolve("errors-" + started.indexOf(process));
    }

    private List<String> errors(Process process) throws IOException {
        return Files.readAllLines(errorFile(process));
    }

    /** The address in the first line of standard output. */
    private String listening(Process process) throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line)
                .as(Files.readString(errorFile(process)))
                .startsWith("cardshop: listening on http://127.0.0.1:");
        return line.substring("cardshop: listening on ".length());
    }

    private static String rest(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static int status(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
