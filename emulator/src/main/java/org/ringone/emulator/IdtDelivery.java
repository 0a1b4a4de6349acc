package org.ringone.emulator;

/** The sink of a bare machine: delivers through the IDT. */
public final class IdtDelivery implements TrapSink {
    @Override
    public void exception(Cpu cpu, int vector, int errorCode) {
        cpu.shutDown();
    }

    @Override
    public void interrupt(Cpu cpu, int vector, InterruptKind kind, int start) {
        cpu.shutDown();
    }
}
