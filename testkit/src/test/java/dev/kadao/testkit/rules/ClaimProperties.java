package dev.kadao.testkit.rules;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ClaimProperties {
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void any_history_goes_as_the_model_says(@ForAll("histories") List<ClaimModel.Command> history) {
        new ClaimModel().play(history);
    }

    @Provide
    Arbitrary<List<ClaimModel.Command>> histories() {
        return Combinators.combine(
                        Arbitraries.of(ClaimModel.Rule.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, -1)),
                        Arbitraries.integers().between(-5, 25),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(2, 4), Tuple.of(1, 11)))
                .as(ClaimModel.Command::new)
                .list()
                .ofMaxSize(60);
    }
}
