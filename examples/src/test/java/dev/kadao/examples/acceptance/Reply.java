package dev.kadao.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What the shop answered to one call. */
record Reply(String call, int status, String contentType, String body) {

    JsonNode json() {
        return Json.read(body);
    }

    String text(String pointer) {
        return json().at(pointer).asText();
    }

    Reply expect(int wanted) {
        assertThat(status).as("status of %s, which answered %s", call, body).isEqualTo(wanted);
        return this;
    }

    /** A refusal of the shop's own: a problem document whose detail a person can act on. */
    Reply expectProblem(int wanted) {
        expect(wanted);
        assertThat(contentType).as("content type of %s", call).startsWith("application/problem+json");
        assertThat(text("/detail"))
                .as("detail of %s, which answered %s", call, body)
                .isNotBlank();
        return this;
    }

    /** A refusal whose detail names the thing that was wrong. */
    Reply expectProblem(int wanted, String named) {
        expectProblem(wanted);
        assertThat(text("/detail")).as("detail of %s", call).contains(named);
        return this;
    }
}
