package dev.kadao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.engine.PromiseCases.Case;
import dev.kadao.insight.NextEvent;
import dev.kadao.order.Checkout;
import dev.kadao.order.Order;
import dev.kadao.order.Refund;
import dev.kadao.order.Schedule.Attempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/diagnosis.md against the engine, and what it tells buyers against what then happens. */
class DiagnosisTableTest {
    /** The due loop looks every second. */
    private static final Duration LOOK = Duration.ofMillis(2_500);

    /** Each with what was found when it was reached: that stands, although time goes on in its shop. */
    private static final List<Case> CASES = PromiseCases.all();

    @Test
    void the_page_of_the_docs_says_what_buyers_are_told() throws IOException {
        Path page = repository().resolve("docs").resolve("diagnosis.md");
        List<String> lines = PromisePage.lines(CASES);
        if ("write".equals(System.getProperty("kadao.golden"))) {
            Files.writeString(page, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        }
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(40);
        assertThat(Files.readAllLines(page, StandardCharsets.UTF_8))
                .as("If that is what you meant, rewrite the page with -Dkadao.golden=write and read the difference.")
                .isEqualTo(lines);
    }

    @Test
    void what_is_told_to_happen_next_happens_then_and_not_before() {
        List<String> broken = new ArrayList<>();
        for (Case found : CASES) {
            NextEvent next = found.diagnosis().next();
            boolean stands = found.checkout().equals(found.shop().checkout());
            if (next != null && next.at() != null && stands) {
                broken.addAll(broken(found, next.what(), next.at()));
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<String> broken(Case found, NextEvent.What what, Instant at) {
        PromiseShop shop = found.shop();
        List<String> broken = new ArrayList<>();
        Duration until = Duration.between(shop.now(), at).minusMillis(1);
        if (!until.isNegative()) {
            shop.later(until);
            // While a person decides, other cases about the order may be told again.
            boolean isOver = what == NextEvent.What.PERSON_DECIDES
                    ? !shop.order().equals(found.checkout().order(1))
                    : !ofOrder(shop.checkout()).equals(ofOrder(found.checkout()));
            if (isOver) {
                broken.add(found.name() + ": something happened before " + what + " at " + at);
            }
        }
        shop.later(LOOK);
        if (ofOrder(shop.checkout()).equals(ofOrder(found.checkout()))) {
            broken.add(found.name() + ": " + what + " was told for " + at + ", and nothing happened");
        }
        return broken;
    }

    /** Everything of a checkout that the order's next event can change. */
    private static List<?> ofOrder(Checkout checkout) {
        // What is given on top goes its own way beside the order.
        List<Refund> refunds = checkout.refunds().stream()
                .filter(refund -> checkout.compensationBy(refund) == null)
                .toList();
        List<Attempt> attempts = Stream.concat(
                        Stream.of("o1", "q1"),
                        refunds.stream().map(refund -> "r" + refund.id().number()))
                .map(part -> checkout.schedule().of(part))
                .toList();
        // A rung at which nothing was to be done is no event.
        Order order = checkout.order(1);
        order = order.paidAt() == null ? order : order.promisedFrom(order.paidAt());
        return Arrays.asList(order, attempts, refunds, checkout.cases(), checkout.messages());
    }

    private static Path repository() {
        Path directory = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (!Files.exists(directory.resolve("LICENSE"))) {
            directory = directory.getParent();
            assertThat(directory)
                    .as("a directory above core that holds LICENSE")
                    .isNotNull();
        }
        return directory;
    }
}
