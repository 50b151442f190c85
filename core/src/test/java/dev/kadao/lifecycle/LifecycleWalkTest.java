package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks once through everything that can happen to each placing and holds every state and step against the rules. */
class LifecycleWalkTest {
    private static final int MOST_SHOWN = 40;

    private static final List<String> BROKEN_RULES = new ArrayList<>();
    private static final List<String> BROKEN_CHAINS = new ArrayList<>();

    @BeforeAll
    static void walk() {
        Placings.all().forEach(placing -> Walk.over(placing, new Inspector(placing)));
    }

    @Test
    void every_step_and_every_state_keeps_the_rules() {
        assertThat(BROKEN_RULES).as("broken rules, one history of each").isEmpty();
    }

    @Test
    void time_alone_brings_every_state_to_its_end_or_to_a_person() {
        assertThat(BROKEN_CHAINS).as("chains of due times that do not end").isEmpty();
    }

    /** Notes what is wrong with the states and steps of one placing. */
    private static final class Inspector implements Walk.Visitor {
        private final Placings placing;
        private final Set<String> known = new HashSet<>();
        private int visited;

        Inspector(Placings placing) {
            this.placing = placing;
        }

        @Override
        public void state(Walk.Reached reached) {
            noteRules(Rules.ofState(reached.checkout()), reached, "");
            for (DueChain.World world : worlds(visited++)) {
                String fault = DueChain.follow(placing, world, reached.checkout());
                if (fault != null && known.add("chain " + world + stageOf(reached))) {
                    note(BROKEN_CHAINS, reached, ": " + fault);
                }
            }
        }

        @Override
        public void step(Walk.Reached from, String column, Event event, Verdict verdict) {
            noteRules(Rules.ofStep(from.checkout(), event, verdict), from, column);
        }

        private void noteRules(List<String> found, Walk.Reached reached, String column) {
            for (String rule : found) {
                if (known.add("rule " + stageOf(reached) + column + rule.replaceAll("[=\\[].*", ""))) {
                    note(BROKEN_RULES, reached, " + " + column + ": " + rule);
                }
            }
        }

        private void note(List<String> broken, Walk.Reached reached, String what) {
            if (broken.size() < MOST_SHOWN) {
                broken.add(placing.name() + " " + reached.history() + what);
            }
        }

        private static String stageOf(Walk.Reached reached) {
            return reached.checkout().order(1).stage().name();
        }

        /** Every world where goods are on their way; one in turn where the many states differ in money only. */
        private List<DueChain.World> worlds(int visited) {
            List<DueChain.World> all = List.of(DueChain.World.values());
            boolean goods = placing.focus() == Placings.Focus.GOODS && placing.mostDispatches() == 1;
            return goods ? all : List.of(all.get(visited % all.size()));
        }
    }
}
