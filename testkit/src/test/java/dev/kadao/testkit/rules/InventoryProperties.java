package dev.kadao.testkit.rules;

import dev.kadao.memory.InMemoryKeyInventory;
import dev.kadao.testkit.ManualClock;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InventoryProperties {
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void any_history_goes_as_the_model_says(@ForAll("histories") List<InventoryModel.Command> history) {
        InMemoryKeyInventory inventory = new InMemoryKeyInventory(ManualClock.atFixedTime());
        InventoryBench bench = new InventoryBench(inventory, inventory, inventory::importKeys, time -> {});
        new InventoryModel(bench, "sku", "history").play(history);
    }

    @Provide
    Arbitrary<List<InventoryModel.Command>> histories() {
        return Combinators.combine(
                        Arbitraries.of(InventoryModel.Kind.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 4))
                .as(InventoryModel.Command::new)
                .list()
                .ofMaxSize(60);
    }
}
