package dev.kadao.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks through everything that can happen to each placing and holds every state and step against the rules. */
class LifecycleWalkTest {
    private static final int MOST_SHOWN = 40;

    @Test
    void every_step_and_every_state_keeps_the_rules() {
        List<String> broken = new ArrayList<>();
        Placings.all().forEach(placing -> broken.addAll(brokenSteps(placing)));
        assertThat(broken).as("broken rules, one history of each").isEmpty();
    }

    @Test
    void time_alone_brings_every_state_to_its_end_or_to_a_person() {
        List<String> broken = new ArrayList<>();
        Placings.all().forEach(placing -> broken.addAll(brokenChains(placing)));
        assertThat(broken).as("chains of due times that do not end").isEmpty();
    }

    private static List<String> brokenSteps(Placings placing) {
        List<String> broken = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Walk.over(placing, new Walk.Visitor() {
            @Override
            public void state(Walk.Reached reached) {
                note(Rules.ofState(reached.checkout()), reached, "");
            }

            @Override
            public void step(Walk.Reached from, String column, Event event, Verdict verdict) {
                note(Rules.ofStep(from.checkout(), event, verdict), from, column);
            }

            private void note(List<String> found, Walk.Reached reached, String column) {
                String stage = reached.checkout().order(1).stage().name();
                for (String rule : found) {
                    if (known.add(stage + column + rule.replaceAll("[=\\[].*", "")) && broken.size() < MOST_SHOWN) {
                        broken.add(placing.name() + " " + reached.history() + " + " + column + ": " + rule);
                    }
                }
            }
        });
        return broken;
    }

    /** Every world where goods are on their way; one in turn where the many states differ in money only. */
    private static List<DueChain.World> worldsFor(Placings placing, int visited) {
        List<DueChain.World> all = List.of(DueChain.World.values());
        boolean goods = placing.focus() == Placings.Focus.GOODS && placing.mostDispatches() == 1;
        return goods ? all : List.of(all.get(visited % all.size()));
    }

    private static List<String> brokenChains(Placings placing) {
        List<String> broken = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Walk.over(placing, new Walk.Visitor() {
            private int visited;

            @Override
            public void state(Walk.Reached reached) {
                for (DueChain.World world : worldsFor(placing, visited++)) {
                    String fault = DueChain.follow(placing, world, reached.checkout());
                    String stage = reached.checkout().order(1).stage().name();
                    if (fault != null && known.add(world + stage) && broken.size() < MOST_SHOWN) {
                        broken.add(placing.name() + " " + reached.history() + ": " + fault);
                    }
                }
            }

            @Override
            public void step(Walk.Reached from, String column, Event event, Verdict verdict) {}
        });
        return broken;
    }
}
