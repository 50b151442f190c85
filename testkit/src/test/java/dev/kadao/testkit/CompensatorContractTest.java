package dev.kadao.testkit;

import dev.kadao.port.Compensator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

class CompensatorContractTest extends CompensatorContract {
    private final Set<String> references = ConcurrentHashMap.newKeySet();

    @Override
    protected Compensator openCompensator() {
        return grant -> {
            references.add(grant.reference());
            return new Compensator.Answer.Granted();
        };
    }

    @Override
    protected int granted() {
        return references.size();
    }
}
