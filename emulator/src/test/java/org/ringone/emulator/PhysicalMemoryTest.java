package org.ringone.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
    @Test
    void littleEndianAndAcrossFrames() {
        PhysicalMemory memory = new PhysicalMemory(4);
        for (long a : new long[] {0, 0xFFD, 0xFFE, 0xFFF, 0x1FF9}) {
            memory.write64(a, 0x8877_6655_4433_2211L);
            assertThat(memory.read8(a)).isEqualTo(0x11);
            assertThat(memory.read16(a + 1)).isEqualTo(0x3322);
            assertThat(memory.read32(a + 2)).isEqualTo(0x66554433);
            assertThat(memory.read64(a)).isEqualTo(0x8877_6655_4433_2211L);
        }
    }

    @Test
    void beyondTheEnd() {
        PhysicalMemory memory = new PhysicalMemory(1);
        memory.write32(0xFFE, 0x44332211);
        assertThat(memory.read32(0xFFE)).isEqualTo(0xFFFF2211);
        memory.write64(0x1_0000_0000_0000L, 0);
        assertThat(memory.read64(0x1_0000_0000_0000L)).isEqualTo(-1);
        byte[] bytes = new byte[3];
        memory.read(0xFFF, bytes, 0, 3);
        assertThat(bytes).containsExactly(0x22, 0xFF, 0xFF);
    }

    @Test
    void sizesAreBounded() {
        assertThatThrownBy(() -> new PhysicalMemory(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PhysicalMemory(PhysicalMemory.MAX_FRAMES + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void copiedFramesAreApart() {
        PhysicalMemory memory = new PhysicalMemory(3);
        memory.write32(0, 1);
        memory.copyFrame(0, 1);
        memory.write32(0, 2);
        memory.write32(0x1004, 3);
        memory.copyFrame(1, 2);
        memory.clearFrame(1);
        assertThat(memory.read32(0)).isEqualTo(2);
        assertThat(memory.read64(0x1000)).isZero();
        assertThat(memory.read64(0x2000)).isEqualTo(0x3_0000_0001L);
    }

    @Test
    void writesToWatchedBytesAreToldToTheSinkBeforeTheNextInstruction() {
        List<String> heard = new ArrayList<>();
        TrapSink sink = new TrapSink() {
            @Override
            public void exception(Cpu cpu, int vector, int errorCode) {
                cpu.requestStop();
            }

            @Override
            public void interrupt(Cpu cpu, int vector, InterruptKind kind, int start) {
                cpu.requestStop();
            }

            @Override
            public void watchedWritten(Cpu cpu, int start) {
                heard.add(start + " " + cpu.retired());
            }
        };
        PhysicalMemory memory = new PhysicalMemory(2);
        Cpu cpu = new Cpu(memory, CpuConfig.standard(), sink);
        // inc byte [1000h]; inc byte [1041h]; nop; inc byte [103Fh]; hlt
        byte[] code = {
            (byte) 0xFE, 6, 0, 0x10, (byte) 0xFE, 6, 0x41, 0x10, (byte) 0x90, (byte) 0xFE, 6, 0x3F, 0x10, (byte) 0xF4
        };
        memory.write(0x100, code, 0, code.length);
        cpu.segmentation().setReal(CpuState.CS, 0);
        cpu.state().eip = 0x100;
        memory.write8(0x1000, 0);
        memory.watch(0x1000, 64);
        PhysicalMemory forked = memory.fork();
        Cpu other = cpu.fork(forked, sink);
        cpu.run(10);
        assertThat(heard).containsExactly("256 1", "265 4");
        assertThat(memory.read8(0x1041)).isEqualTo(1);
        heard.clear();
        other.run(10);
        assertThat(heard).isEmpty();
        assertThat(forked.read8(0x1000)).isEqualTo(1);
    }

    /** Any sequence of writes, frame copies and forks gives what plain arrays give. */
    @Property(tries = 200)
    void behavesAsPlainArrays(@ForAll long seed) {
        Random random = new Random(seed);
        int frames = 4;
        PhysicalMemory[] memories = new PhysicalMemory[4];
        byte[][] models = new byte[4][];
        memories[0] = new PhysicalMemory(frames);
        models[0] = new byte[frames * 4096];
        int count = 1;
        for (int n = 0; n < 60; n++) {
            int which = random.nextInt(count);
            PhysicalMemory memory = memories[which];
            byte[] model = models[which];
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (count < 4) {
                        memories[count] = memory.fork();
                        models[count++] = model.clone();
                    }
                }
                case 1 -> {
                    int from = random.nextInt(frames);
                    int to = random.nextInt(frames);
                    memory.copyFrame(from, to);
                    System.arraycopy(model, from << 12, model, to << 12, 4096);
                }
                case 2 -> {
                    byte[] bytes = new byte[random.nextInt(6000)];
                    random.nextBytes(bytes);
                    int at = random.nextInt(model.length - bytes.length + 1);
                    memory.write(at, bytes, 0, bytes.length);
                    System.arraycopy(bytes, 0, model, at, bytes.length);
                }
                default -> {
                    int at = random.nextInt(model.length - 8);
                    long value = random.nextLong();
                    memory.write64(at, value);
                    PhysicalMemory.INT64.set(model, at, value);
                }
            }
        }
        for (int n = 0; n < count; n++) {
            byte[] all = new byte[frames * 4096];
            memories[n].read(0, all, 0, all.length);
            assertThat(all).isEqualTo(models[n]);
        }
    }
}
