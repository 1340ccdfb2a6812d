package dev.verdict.fault;

import dev.verdict.gateway.Applied;
import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.GatewayException;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.LinkFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Disturbs the traffic of a link. The gateway lives in Verdict: nothing of it outlives that.
final class Linking implements Disturbance {
    private final Gateway gateway;
    private final FaultTarget.OfLink link;
    private final LinkFault fault;
    private final long seed;
    private @Nullable Applied applied;

    Linking(Gateway gateway, FaultTarget.OfLink link, LinkFault fault, long seed) {
        this.gateway = gateway;
        this.link = link;
        this.fault = fault;
        this.seed = seed;
    }

    @Override
    public List<UndoStep> undo() {
        return List.of();
    }

    @Override
    public void act() {
        try {
            applied = gateway.apply(link.from(), link.to(), fault, seed);
        } catch (GatewayException e) {
            throw new FaultException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void halt() {
        if (applied != null) {
            applied.remove();
        }
    }

    /// A reset does nothing to the connections that come later.
    @Override
    public boolean momentary() {
        return fault.proper() instanceof LinkFault.Reset;
    }
}
