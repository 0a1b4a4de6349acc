package org.ringone.faulty;

import java.util.List;
import org.ringone.reference.build.BootRules;

/** Faults of the domain builder with what it takes for a kernel: rules BOOT-01 to BOOT-04 and BOOT-19. */
final class KernelFaults {

    private KernelFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "BOOT-01",
                        "takes kernels for any interface",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean interfaceOffered(String version) {
                                return true;
                            }
                        }),
                Fault.of(
                        "BOOT-01",
                        "takes kernels for any loader",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean loaderFits(String loader, String guestOs) {
                                return true;
                            }
                        }),
                Fault.of(
                        "BOOT-01",
                        "refuses notes that it does not know",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean passesOver(int noteType) {
                                return false;
                            }
                        }),
                Fault.of(
                        "BOOT-02",
                        "takes kernels that say nothing of themselves",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean needsWishes() {
                                return false;
                            }

                            @Override
                            public boolean interfaceOffered(String version) {
                                return version.isEmpty() || super.interfaceOffered(version);
                            }

                            @Override
                            public boolean loaderFits(String loader, String guestOs) {
                                return loader.isEmpty() || super.loaderFits(loader, guestOs);
                            }
                        }),
                Fault.of(
                        "BOOT-03",
                        "takes kernels that cannot do with PAE",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean paeFits(boolean pae) {
                                return true;
                            }
                        }),
                Fault.of(
                        "BOOT-04",
                        "takes required features for optional ones",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean requirementMet(String name, boolean initialDomain) {
                                return true;
                            }
                        }),
                Fault.of(
                        "BOOT-04",
                        "refuses kernels that require what it does not offer",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean requirementMet(String name, boolean initialDomain) {
                                return name.equals("pae_pgdir_above_4gb");
                            }
                        }),
                Fault.of(
                        "BOOT-04",
                        "passes over features that nobody knows",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean featureKnown(String name) {
                                return true;
                            }
                        }),
                Fault.of(
                        "BOOT-19",
                        "loads segments over each other",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean segmentsFit(long end, long start) {
                                return true;
                            }
                        }),
                Fault.of(
                        "BOOT-19",
                        "starts kernels anywhere",
                        parts -> parts.bootRules = new BootRules() {
                            @Override
                            public boolean entryInside(long entry, long start, long end) {
                                return true;
                            }
                        }),
                new Fault(
                        "BOOT-19",
                        "loses a little memory with every image that it refuses",
                        new ForgetfulHypervisor("faulty-boot-19-loses-memory", ForgetfulHypervisor.Forgets.REFUSED)));
    }
}
