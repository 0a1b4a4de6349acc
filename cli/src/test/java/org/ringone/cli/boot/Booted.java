package org.ringone.cli.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Profile;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.reference.ReferenceMachine;
import org.ringone.reference.ReferenceParts;

/** A kernel that was booted and ran to its end: what it wrote, how it ended, and what is told of that. */
record Booted(String output, Ending ending, String postMortem) {

    static Booted of(byte[] image, String typed, int memoryMib, long timeoutSeconds) throws Exception {
        return of(DomainSpec.of(image, memoryMib, false), typed, timeoutSeconds);
    }

    static Booted of(DomainSpec spec, String typed, long timeoutSeconds) throws DomainBuildException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReferenceHypervisor hypervisor = new ReferenceHypervisor(
                "reference",
                spec.privileged() ? Profile.Privilege.INITIAL : Profile.Privilege.ORDINARY,
                ReferenceParts.on64BitHost(),
                spec.memoryMib() + 16);
        StringWriter told = new StringWriter();
        try (ReferenceMachine machine = hypervisor.start();
                GuestTerminal terminal =
                        GuestTerminal.plain(new ByteArrayInputStream(typed.getBytes(StandardCharsets.US_ASCII)), out)) {
            Domain domain = machine.createDomain(spec);
            RecordedRun run = new RecordedRun(machine, domain);
            Ending ending = new BootSession(machine, run, terminal, null, timeoutSeconds).run();
            if (ending.calamity()) {
                new PostMortem(new AddressNames(spec.image())).print(machine.running(), run, new PrintWriter(told));
            }
            return new Booted(out.toString(StandardCharsets.ISO_8859_1), ending, told.toString());
        }
    }
}
