package org.ringone.guest;

/**
 * What a further vcpu has told through memory.
 *
 * @param registers EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI when its program came to its end
 * @param state how its program ended
 * @param upcalls how many upcalls the default handler has counted
 * @param upcallEip where the last of them interrupted it
 * @param upcallMask the event mask in that one's first instruction
 * @param vector of the exception that stopped it
 * @param frame the first four words that the exception, or the failsafe callback, pushed
 */
public record VcpuResults(
        int[] registers, State state, int upcalls, int upcallEip, int upcallMask, int vector, int[] frame) {

    /** Bytes in memory. */
    public static final int SIZE = 68;

    private static final int REGISTERS = 8;
    private static final int FRAME = 4;

    /** How a program ended, in the order of the numbers in memory. */
    public enum State {
        /** It has not. */
        RUNNING,
        /** Behind its last instruction. */
        FINISHED,
        /** By an exception that it had no handler for. */
        TRAPPED,
        /** By the failsafe callback, which it had no handler for. */
        FAILED_SAFE
    }

    /** Reads {@value #SIZE} bytes. */
    static VcpuResults of(byte[] bytes) {
        int[] registers = new int[REGISTERS];
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = Little.word(bytes, 4 * i);
        }
        int[] frame = new int[FRAME];
        for (int i = 0; i < FRAME; i++) {
            frame[i] = Little.word(bytes, 52 + 4 * i);
        }
        int state = Little.word(bytes, 32);
        return new VcpuResults(
                registers,
                state > 0 && state < State.values().length ? State.values()[state] : State.RUNNING,
                Little.word(bytes, 36),
                Little.word(bytes, 40),
                Little.word(bytes, 44),
                Little.word(bytes, 48),
                frame);
    }
}
