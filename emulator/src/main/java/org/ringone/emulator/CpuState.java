package org.ringone.emulator;

/**
 * The registers of a processor. General registers, EIP and flags are plain fields; what has checks or consequences when it
 * changes (segments, control and debug registers) is read here and changed through {@link Cpu}.
 */
public final class CpuState {
    public static final int EAX = 0;
    public static final int ECX = 1;
    public static final int EDX = 2;
    public static final int EBX = 3;
    public static final int ESP = 4;
    public static final int EBP = 5;
    public static final int ESI = 6;
    public static final int EDI = 7;

    public static final int ES = 0;
    public static final int CS = 1;
    public static final int SS = 2;
    public static final int DS = 3;
    public static final int FS = 4;
    public static final int GS = 5;
    /** Numbers of the two system segment registers, for {@link #selector} and its like. */
    public static final int LDTR = 6;

    public static final int TR = 7;

    /** EFLAGS bits other than the status flags. */
    public static final int TF = 1 << 8;

    public static final int IF = 1 << 9;
    public static final int DF = 1 << 10;
    public static final int IOPL = 3 << 12;
    public static final int NT = 1 << 14;
    public static final int RF = 1 << 16;
    public static final int VM = 1 << 17;
    public static final int AC = 1 << 18;
    public static final int VIF = 1 << 19;
    public static final int VIP = 1 << 20;
    public static final int ID = 1 << 21;

    /** All that {@link #flags} can hold. */
    static final int SYSTEM_FLAGS = TF | IF | DF | IOPL | NT | RF | VM | AC | VIF | VIP | ID;

    public static final int CR0_PE = 1;
    public static final int CR0_MP = 1 << 1;
    public static final int CR0_EM = 1 << 2;
    public static final int CR0_TS = 1 << 3;
    public static final int CR0_ET = 1 << 4;
    public static final int CR0_NE = 1 << 5;
    public static final int CR0_WP = 1 << 16;
    public static final int CR0_AM = 1 << 18;
    public static final int CR0_NW = 1 << 29;
    public static final int CR0_CD = 1 << 30;
    public static final int CR0_PG = 1 << 31;

    public static final int CR4_VME = 1;
    public static final int CR4_PVI = 1 << 1;
    public static final int CR4_TSD = 1 << 2;
    public static final int CR4_DE = 1 << 3;
    public static final int CR4_PSE = 1 << 4;
    public static final int CR4_PAE = 1 << 5;
    public static final int CR4_MCE = 1 << 6;
    public static final int CR4_PGE = 1 << 7;
    public static final int CR4_PCE = 1 << 8;
    public static final int CR4_OSFXSR = 1 << 9;
    public static final int CR4_OSXMMEXCPT = 1 << 10;

    /** General registers by their encoding. */
    public final int[] r = new int[8];

    public int eip;
    /** All EFLAGS bits but the status flags and the constant bit 1; those bits are 0 here. */
    public int flags;
    /** See {@link StatusFlags}. */
    public int flagResult = 0x100;
    /** See {@link StatusFlags}. */
    public int flagAux;

    /** CR2, the linear address of the last page fault. */
    public int cr2;

    public int gdtrBase;
    /** Bytes minus one, 16 bits. */
    public int gdtrLimit = 0xFFFF;

    public int idtrBase;
    public int idtrLimit = 0xFFFF;

    /** Model specific registers that the processor itself has a use for. */
    public int sysenterCs;

    public int sysenterEsp;
    public int sysenterEip;

    final int[] selector = new int[8];
    final int[] base = new int[8];
    /** Offset of the last byte (of the first invalid byte's predecessor for expand-down segments). */
    final int[] limit = new int[8];

    final int[] rights = new int[8];
    final int[] dr = {0, 0, 0, 0, 0, 0, DebugRegisters.DR6_FIXED, DebugRegisters.DR7_FIXED};
    int cpl;
    int cr0 = CR0_ET;
    int cr3;
    int cr4;
    long efer;
    /** IA32_PAT, as after reset. */
    long pat = 0x0007_0406_0007_0406L;

    /** As after reset, segments not yet loaded. */
    public CpuState() {}

    void copyFrom(CpuState o) {
        System.arraycopy(o.r, 0, r, 0, 8);
        System.arraycopy(o.selector, 0, selector, 0, 8);
        System.arraycopy(o.base, 0, base, 0, 8);
        System.arraycopy(o.limit, 0, limit, 0, 8);
        System.arraycopy(o.rights, 0, rights, 0, 8);
        System.arraycopy(o.dr, 0, dr, 0, 8);
        eip = o.eip;
        flags = o.flags;
        flagResult = o.flagResult;
        flagAux = o.flagAux;
        cr0 = o.cr0;
        cr2 = o.cr2;
        cr3 = o.cr3;
        cr4 = o.cr4;
        cpl = o.cpl;
        efer = o.efer;
        pat = o.pat;
        gdtrBase = o.gdtrBase;
        gdtrLimit = o.gdtrLimit;
        idtrBase = o.idtrBase;
        idtrLimit = o.idtrLimit;
        sysenterCs = o.sysenterCs;
        sysenterEsp = o.sysenterEsp;
        sysenterEip = o.sysenterEip;
    }

    /** The whole of EFLAGS. */
    public int eflags() {
        return StatusFlags.pack(this) | flags | 2;
    }

    /** Sets all of EFLAGS, without any privilege rule; undefined bits are ignored. */
    public void eflags(int value) {
        StatusFlags.unpack(this, value);
        flags = value & SYSTEM_FLAGS;
    }

    public int iopl() {
        return flags >> 12 & 3;
    }

    /** Whether the stack pointer is ESP and not SP. */
    public boolean stack32() {
        return (rights[SS] & Descriptor.BIG) != 0;
    }

    /** Current privilege level, 0 to 3. */
    public int cpl() {
        return cpl;
    }

    public boolean protectedMode() {
        return (cr0 & CR0_PE) != 0;
    }

    /** Whether the processor is in virtual-8086 mode. */
    public boolean virtual8086() {
        return (flags & VM) != 0;
    }

    /** The visible part of a segment register. */
    public int selector(int register) {
        return selector[register];
    }

    public int base(int register) {
        return base[register];
    }

    /** In bytes, granularity applied. */
    public int limit(int register) {
        return limit[register];
    }

    /** Bits 8 to 23 of the descriptor's upper word (the limit bits there 0); 0 when the register holds no usable segment. */
    public int rights(int register) {
        return rights[register];
    }

    public int cr0() {
        return cr0;
    }

    public int cr3() {
        return cr3;
    }

    public int cr4() {
        return cr4;
    }

    public long efer() {
        return efer;
    }

    /** A debug register, 0 to 7; 4 and 5 are not aliases here. */
    public int dr(int n) {
        return dr[n];
    }
}
