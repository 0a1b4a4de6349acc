package org.ringone.external;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.ringone.api.Counts;
import org.ringone.api.InjectsEvents;
import org.ringone.api.Machine;
import org.ringone.api.Snapshots;
import org.ringone.api.Traces;

/** Which optional abilities a machine has. */
record Abilities(boolean snapshots, boolean traces, boolean counts, boolean injectsEvents) {

    static Abilities of(Machine machine) {
        return new Abilities(
                machine.ability(Snapshots.class).isPresent(),
                machine.ability(Traces.class).isPresent(),
                machine.ability(Counts.class).isPresent(),
                machine.ability(InjectsEvents.class).isPresent());
    }

    static Abilities read(DataInputStream in) throws IOException {
        return new Abilities(in.readBoolean(), in.readBoolean(), in.readBoolean(), in.readBoolean());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(snapshots);
        out.writeBoolean(traces);
        out.writeBoolean(counts);
        out.writeBoolean(injectsEvents);
    }
}
