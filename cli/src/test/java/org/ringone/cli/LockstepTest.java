package org.ringone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;
import org.ringone.api.Hypervisor;
import org.ringone.api.Profile;
import org.ringone.api.Profile.Era;
import org.ringone.api.Profile.Host;
import org.ringone.api.Profile.Privilege;
import org.ringone.guest.Probe;
import org.ringone.guest.ProbeException;
import org.ringone.properties.Account;
import org.ringone.properties.Area;
import org.ringone.properties.Divergence;
import org.ringone.properties.Lockstep;
import org.ringone.properties.Lockstep.Compared;
import org.ringone.properties.Lockstep.Side;
import org.ringone.properties.StepCheck;
import org.ringone.properties.descriptors.DescriptorArea;
import org.ringone.properties.descriptors.DescriptorOperation;
import org.ringone.properties.descriptors.DescriptorOperation.Load;
import org.ringone.properties.descriptors.DescriptorOperation.Remap;
import org.ringone.properties.descriptors.DescriptorOperation.SetGdt;
import org.ringone.properties.descriptors.DescriptorOperation.SetLdt;
import org.ringone.properties.descriptors.DescriptorOperation.Update;
import org.ringone.suite.run.BootedMachines;
import org.ringone.suite.run.Hypervisors;

/** What two different profiles are asked. */
class LockstepTest {

    private static final long LONG_MODE_CODE = 0x00AF_FA00_0000_FFFFL;
    private static final long DATA = 0x00CF_F200_0000_FFFFL;

    private final Hypervisor reference = Hypervisors.named("reference");
    private final Side one = Side.of(reference);

    /** The reference again, for something that it is not. */
    private Side claiming(Era era, Host host) {
        return new Side(new Profile(era, host, Privilege.ORDINARY, Set.of()), BootedMachines.of(reference));
    }

    private Compared compare(Side other, boolean open, List<DescriptorOperation> operations) throws Exception {
        return new Lockstep<>(new DescriptorArea(), one, other, open).compare(operations);
    }

    @Test
    void whatTheRulesDecideOtherwiseForTheOtherIsLeftOutAndNothingElse() throws Exception {
        List<DescriptorOperation> operations = List.of(
                new Update(0, 1, 0),
                new Update(0, 2, LONG_MODE_CODE),
                new Update(0, 1, DATA & ~0xFL),
                new Remap(1, false));
        assertThat(compare(claiming(Era.XEN_3_1, Host.PAE_32), false, operations)
                        .operations())
                .isEqualTo(4);
        assertThat(compare(claiming(Era.XEN_4_17, Host.X86_64), false, operations)
                        .operations())
                .isEqualTo(2);
        List<DescriptorOperation> ldt = List.of(new Remap(0, false), new SetLdt(0, 3), new Remap(0, true));
        assertThat(compare(claiming(Era.XEN_4_2, Host.PAE_32), false, ldt).operations())
                .as("3.1 looks at an LDT at once")
                .isEqualTo(2);
        List<DescriptorOperation> both =
                List.of(new Remap(0, false), new SetGdt(List.of(0)), new SetLdt(0, 3), new Load("ES", 0xC));
        assertThat(compare(claiming(Era.XEN_4_2, Host.PAE_32), false, both).operations())
                .as("3.1 has a page in one of the tables only")
                .isEqualTo(3);
        assertThat(compare(claiming(Era.XEN_4_2, Host.PAE_32), true, ldt).operations())
                .as("everything")
                .isEqualTo(3);
    }

    @Test
    void theSequenceOfASeedIsTheSameForEver() {
        Lockstep<DescriptorOperation> lockstep = new Lockstep<>(new DescriptorArea(), one, one);
        List<DescriptorOperation> sequence = lockstep.sequence(7);
        assertThat(lockstep.sequence(7)).isEqualTo(sequence).isNotEqualTo(lockstep.sequence(8));
        assertThat(sequence).hasAtLeastOneElementOfType(Load.class).hasSizeGreaterThan(20);
    }

    /** Words, of which one is the end of every guest of the other that has gone. */
    private static final class Words implements Area<String> {

        private static final String END = "die";

        @Override
        public Arbitrary<String> operation() {
            return Arbitraries.of("go", "stay", END);
        }

        @Override
        public int longest() {
            return 20;
        }

        @Override
        public List<String> smaller(String operation) {
            return List.of();
        }

        @Override
        public List<String> decided(List<String> operations, Profile profile) {
            return operations;
        }

        @Override
        public Account<String> foretold(List<String> operations, Profile profile) {
            return account(operations);
        }

        @Override
        public Account<String> performed(List<String> operations, Probe probe, Profile profile, StepCheck check)
                throws ProbeException {
            boolean gone = false;
            for (String operation : operations) {
                gone |= operation.equals("go");
                if (gone && operation.equals(END) && profile.era() != Era.XEN_3_1) {
                    probe.read32(0); // nothing is mapped there
                }
                StepFailure.unlessWell(check, operation);
            }
            return account(operations);
        }

        @Override
        public String scenario(List<String> operations, Profile profile, String difference) {
            return "Scenario: " + operations;
        }

        private static Account<String> account(List<String> operations) {
            return new Account<>(
                    operations.stream()
                            .map(operation -> new Account.Answer<>(operation, Account.ACCEPTED))
                            .toList(),
                    List.of());
        }
    }

    @Test
    void aGuestThatDiesPartsAtTheOperationThatItDoesNotSurvive() throws Exception {
        Lockstep<String> lockstep = new Lockstep<>(new Words(), one, claiming(Era.XEN_4_2, Host.PAE_32));
        Divergence found = lockstep.compare(List.of("go", "stay", "go", "die", "stay"))
                .divergence()
                .orElseThrow();
        assertThat(found.operations()).containsExactly("go", "die");
        assertThat(found.again()).isTrue();
        Divergence.Row row = found.rows().get(found.at());
        assertThat(row.what()).isEqualTo("die");
        assertThat(row.left()).isEqualTo(Account.ACCEPTED);
        assertThat(row.right()).startsWith("the guest could not go on: read 0x0");
        assertThat(lockstep.compare(List.of("go", "stay")).divergence()).isEmpty();
    }
}
