package dev.kadao.examples.cardshop.call;

import dev.kadao.Answer;
import dev.kadao.desk.DeskAnswer;
import dev.kadao.examples.cardshop.http.Problem;

/** What the library refused, as HTTP has it. */
final class Refusals {
    private Refusals() {}

    static Problem of(Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            return switch (refused.why()) {
                case WRONG_STAGE, LIMIT_REACHED -> Problem.conflict(refused.sentence());
                case BAD_INPUT -> Problem.badRequest(refused.sentence());
            };
        }
        if (answer instanceof Answer.NotFound notFound) {
            return Problem.notFound(notFound.sentence());
        }
        if (answer instanceof Answer.Busy busy) {
            return new Problem(503, busy.sentence());
        }
        throw new IllegalStateException("Nothing was refused: " + answer);
    }

    static Problem of(DeskAnswer answer) {
        if (answer instanceof DeskAnswer.Refused refused) {
            return switch (refused.why()) {
                case WRONG_STAGE, OTHER_VERSION, ACT_ID_TAKEN, LIMIT_REACHED -> Problem.conflict(refused.sentence());
                case BAD_INPUT -> Problem.badRequest(refused.sentence());
            };
        }
        if (answer instanceof DeskAnswer.NotFound notFound) {
            return Problem.notFound(notFound.sentence());
        }
        if (answer instanceof DeskAnswer.Busy busy) {
            return new Problem(503, busy.sentence());
        }
        throw new IllegalStateException("Nothing was refused: " + answer);
    }
}
