package dev.kadao.examples.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kadao.order.Bytes;
import dev.kadao.order.Secret;
import dev.kadao.port.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Signed calls to the gateway. What gets no clear answer has the status 0. */
final class LanternCalls {
    private static final int NO_ANSWER = 0;
    private static final int MOST_BYTES = 64 * 1024;

    private final URI endpoint;
    private final Secret secret;
    private final Duration limit;
    private final HttpClient client;

    LanternCalls(URI endpoint, Secret secret, Duration limit) {
        this.endpoint = endpoint;
        this.secret = secret;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
    }

    /** @param why what to tell an operator; quotes nothing that the gateway sent */
    record Reply(int status, Bytes body, String why) {
        JsonNode json() throws LanternJson.Unreadable {
            return LanternJson.read(body.toArray());
        }
    }

    Reply get(String path) {
        return call(path, "GET", new byte[0]);
    }

    Reply post(String path, Map<String, String> members, Deadline deadline) {
        byte[] body = LanternJson.write(members);
        // Checked just before writing: later, somebody else may have taken the send over.
        return deadline.isExpired()
                ? new Reply(NO_ANSWER, Bytes.EMPTY, "not sent: the send deadline had passed")
                : call(path, "POST", body);
    }

    private Reply call(String path, String method, byte[] body) {
        String time = Long.toString(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(limit)
                .header(LanternSignature.TIME, time)
                .header(LanternSignature.SIGNATURE, LanternSignature.of(secret, time, body))
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] answer = in.readNBytes(MOST_BYTES + 1);
                return answer.length > MOST_BYTES || !isSigned(response, answer)
                        ? new Reply(NO_ANSWER, Bytes.EMPTY, "the answer is too long or not signed by the gateway")
                        : new Reply(response.statusCode(), Bytes.of(answer), "status " + response.statusCode());
            }
        } catch (IOException e) {
            return new Reply(NO_ANSWER, Bytes.EMPTY, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(NO_ANSWER, Bytes.EMPTY, "interrupted");
        }
    }

    /** Whoever sits between could else say "paid" or "declined". */
    private boolean isSigned(HttpResponse<InputStream> response, byte[] answer) {
        Optional<String> time = response.headers().firstValue(LanternSignature.TIME);
        Optional<String> given = response.headers().firstValue(LanternSignature.SIGNATURE);
        return time.isPresent() && given.equals(Optional.of(LanternSignature.of(secret, time.get(), answer)));
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
