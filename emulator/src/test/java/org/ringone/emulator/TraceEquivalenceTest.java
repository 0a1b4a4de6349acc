package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringone.x86.Branch;
import org.ringone.x86.Form;
import org.ringone.x86.Instruction;
import org.ringone.x86.InstructionTable;
import org.ringone.x86.Privilege;

/**
 * Random loops that run long enough to become traces, against the same loops executed one instruction a run, which never does: all
 * registers, flags, memory and the count of instructions agree. Stores go anywhere, into the loop too; whatever faults starts it anew.
 */
class TraceEquivalenceTest {
    private static final int PROGRAMS = Integer.getInteger("ringone.trace.programs", 16);
    private static final int FRAMES = 0x40;
    private static final int CODE = FlatMachine.CODE;
    /** Several checkpoints on the way: budgets end inside of traces too. */
    private static final int[] CHECKPOINTS = {1_000, 300_001, 500_011};

    private static final List<Form> FORMS = InstructionTable.forms().stream()
            .filter(form -> form.branch() == Branch.NONE && form.privilege() == Privilege.NONE)
            .filter(form -> form.extension().matches("[3-6]86") && form.operands() > 0)
            .filter(form ->
                    !form.mnemonic().contains("SEGMENT") && !form.mnemonic().matches("L[DEFGS]S|IN|OUT|INS|OUTS"))
            .toList();

    /** Programs that had a trace at their end. */
    private static int withTraces;

    @AfterAll
    static void tracesWereMade() {
        assertThat(withTraces).isGreaterThan(PROGRAMS / 3);
    }

    private static boolean hasTrace(FlatMachine machine) {
        CodePage page = machine.memory.code(CODE >> 12);
        return page != null
                && IntStream.range(0, 0x1000)
                        .mapToObj(offset -> page.get(true, offset))
                        .anyMatch(block -> block != null && block.trace != null);
    }

    static IntStream seeds() {
        return IntStream.range(0, PROGRAMS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tracesDoWhatTheirInstructionsDo(int seed) {
        Random random = new Random(seed);
        List<String> listing = new ArrayList<>();
        byte[] program = program(random, listing);
        byte[] data = new byte[FRAMES << 12];
        random.nextBytes(data);
        int[] r = random.ints(8, 0x1_0000, 0x1_8000).toArray();
        FlatMachine traced = machine(program, data, r);
        FlatMachine stepped = machine(program, data, r);
        for (int checkpoint : CHECKPOINTS) {
            advance(traced, checkpoint, Integer.MAX_VALUE);
            advance(stepped, checkpoint, 1);
            String what = String.format("after %d instructions of%n%s", checkpoint, String.join("\n", listing));
            assertThat(image(traced)).as(what).isEqualTo(image(stepped));
            withTraces += checkpoint == CHECKPOINTS[2] && hasTrace(traced) ? 1 : 0;
            assertThat(Arrays.mismatch(memory(traced), memory(stepped)))
                    .as("memory %s", what)
                    .isEqualTo(-1);
        }
    }

    private static FlatMachine machine(byte[] program, byte[] data, int[] r) {
        FlatMachine machine = new FlatMachine(FRAMES);
        machine.privilege(1);
        machine.memory.write(0, data, 0, data.length);
        machine.memory.write(CODE, program, 0, program.length);
        System.arraycopy(r, 0, machine.s.r, 0, 8);
        machine.s.eip = CODE;
        return machine;
    }

    private static void advance(FlatMachine machine, long until, int most) {
        while (machine.cpu.retired() < until) {
            machine.run((int) Math.min(most, until - machine.cpu.retired()));
            if (machine.vector != FlatMachine.NONE) {
                machine.s.eip = CODE;
            }
        }
    }

    private static String image(FlatMachine machine) {
        CpuState s = machine.s;
        return String.format(
                "%s eip %x eflags %x retired %d", Arrays.toString(s.r), s.eip, s.eflags(), machine.cpu.retired());
    }

    private static byte[] memory(FlatMachine machine) {
        byte[] all = new byte[FRAMES << 12];
        machine.memory.read(0, all, 0, all.length);
        return all;
    }

    /** Two to four stretches, each with a conditional jump backwards, and a jump to the start. */
    private static byte[] program(Random random, List<String> listing) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        List<Integer> starts = new ArrayList<>();
        int stretches = 2 + random.nextInt(3);
        for (int n = 0; n < stretches; n++) {
            int count = 1 + random.nextInt(5);
            for (int k = 0; k < count; k++) {
                starts.add(code.size());
                add(code, instruction(random), listing);
            }
            int back = starts.get(random.nextInt(starts.size())) - (code.size() + 2);
            add(code, new byte[] {(byte) (0x70 | random.nextInt(16)), (byte) back}, listing);
        }
        int start = -(code.size() + 5);
        add(
                code,
                new byte[] {(byte) 0xE9, (byte) start, (byte) (start >> 8), (byte) (start >> 16), (byte) (start >> 24)},
                listing);
        return code.toByteArray();
    }

    private static void add(ByteArrayOutputStream code, byte[] bytes, List<String> listing) {
        listing.add(RowBytes.decode(bytes).toString());
        code.writeBytes(bytes);
    }

    /** Most memory operands have no registers, so that they stay in one place: among the data, or now and then in the code. */
    private static byte[] instruction(Random random) {
        while (true) {
            byte[] bytes = new RowBytes(FORMS.get(random.nextInt(FORMS.size())), random).next();
            Instruction i = RowBytes.decode(bytes);
            if (i.repeat != 0 && i.form.string()) {
                continue; // takes long, and ends a trace anyway
            }
            if (!i.memory() || i.addressSize == 2) {
                return bytes;
            }
            if (i.base < 0 && i.index < 0) {
                return placed(
                        bytes,
                        i,
                        random.nextInt(50) == 0 ? CODE + random.nextInt(40) : 0x1_0000 + random.nextInt(0x8000));
            }
            if (random.nextInt(8) == 0) {
                return bytes;
            }
        }
    }

    private static byte[] placed(byte[] bytes, Instruction i, int address) {
        for (int at = bytes.length - 4; at > 0; at--) {
            int word =
                    bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
            if (word == i.displacement) {
                for (int n = 0; n < 4; n++) {
                    bytes[at + n] = (byte) (address >> 8 * n);
                }
                return bytes;
            }
        }
        return bytes;
    }
}
