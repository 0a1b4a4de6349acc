package org.ringone.emulator;

/** The I/O ports of a machine. Permission has been checked by the processor. */
public interface PortBus {
    /**
     * @param port 0 to 65535
     * @param size 1, 2 or 4 bytes
     * @return the value read; bits beyond the size are ignored
     */
    int in(Cpu cpu, int port, int size);

    void out(Cpu cpu, int port, int size, int value);

    /** A bus with nothing on it: reads give all ones. */
    PortBus EMPTY = new PortBus() {
        @Override
        public int in(Cpu cpu, int port, int size) {
            return -1;
        }

        @Override
        public void out(Cpu cpu, int port, int size, int value) {}
    };
}
