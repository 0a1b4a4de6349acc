package org.ringone.reference;

import org.ringone.reference.memory.PageType;
import org.ringone.xen.Errno;

/** VCPUOP_initialise: the state that a guest gives a new vcpu, in the structure vcpu_guest_context. */
public class VcpuContext {

    private static final int FLAGS = 512;
    private static final int USER_REGS = 516;
    private static final int TRAPS = 584;
    private static final int LDT_BASE = 2632;
    private static final int LDT_ENTRIES = 2636;
    private static final int GDT_FRAMES = 2640;
    private static final int GDT_ENTRIES = 2704;
    private static final int KERNEL_SS = 2708;
    private static final int KERNEL_SP = 2712;
    private static final int CONTROL = 2716;
    private static final int DEBUG = 2748;
    private static final int EVENT_CS = 2780;
    private static final int EVENT_EIP = 2784;
    private static final int FAILSAFE_CS = 2788;
    private static final int FAILSAFE_EIP = 2792;
    private static final int SIZE = 2800;

    private static final int FLAG_FAILSAFE_MASKS = 1 << 3;
    private static final int FLAG_ONLINE = 1 << 5;
    private static final int CR0_TS = 1 << 3;

    /** Gives a vcpu its first state, checked like the hypercalls that set its parts one by one. */
    public int initialise(Vcpu v, Vcpu target, int argument) {
        GuestRecord r = v.machine().record;
        if (!r.load(v, argument, SIZE)) {
            return Errno.EFAULT.result();
        }
        if (target.initialised) {
            return Errno.EEXIST.result();
        }
        if ((r.i32(LDT_BASE) & 0xFFF) != 0
                || Integer.compareUnsigned(r.i32(LDT_ENTRIES), 8192) > 0
                || !v.parts().guestCopy.arrayInGuestRange(r.i32(LDT_BASE), r.i32(LDT_ENTRIES), 8)
                || Integer.compareUnsigned(r.i32(GDT_ENTRIES), 14 * 512) > 0) {
            return Errno.EINVAL.result();
        }
        int cr3 = r.i32(CONTROL + 12);
        int base = cr3 >>> 12 | cr3 << 20;
        int[] frames = new int[(r.i32(GDT_ENTRIES) + 511) / 512];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = r.i32(GDT_FRAMES + 4 * i);
        }
        if (!v.parts().descriptorTables.install(target, frames, r.i32(GDT_ENTRIES))) {
            return Errno.EINVAL.result();
        }
        if (!v.machine().frameTypes().getPageAndType(base, v.domain.id(), PageType.L3)) {
            v.parts().descriptorTables.dropGdt(target);
            return Errno.EINVAL.result();
        }
        target.cpu.timeStamp(v.machine().now());
        target.loadBase(base);
        take(target, r);
        target.initialised = true;
        target.down = (r.i32(FLAGS) & FLAG_ONLINE) == 0;
        target.runstate.change(
                target.down ? Runstate.OFFLINE : Runstate.RUNNABLE, v.machine().now());
        return 0;
    }

    private static void take(Vcpu v, GuestRecord r) {
        DescriptorChecks checks = v.parts().descriptorChecks;
        takeRegisters(v, r, checks);
        for (int i = 0; i < 256; i++) {
            int at = TRAPS + 8 * i;
            v.traps.set(i, r.u8(at + 1), checks.codeSelector(r.u16(at + 2)), r.i32(at + 4));
        }
        v.parts().softwareInterrupts.handlerChanged(v);
        v.ldtBase = r.i32(LDT_BASE);
        v.ldtEntries = r.i32(LDT_ENTRIES);
        v.machine().loadLdtRegister(v);
        v.kernelSs = checks.stackSelector(r.u16(KERNEL_SS));
        v.kernelSp = r.i32(KERNEL_SP);
        v.eventCallback = new Callback(checks.codeSelector(r.u16(EVENT_CS)), r.i32(EVENT_EIP), true);
        v.failsafeCallback = new Callback(
                checks.codeSelector(r.u16(FAILSAFE_CS)),
                r.i32(FAILSAFE_EIP),
                (r.i32(FLAGS) & FLAG_FAILSAFE_MASKS) != 0);
        v.cr2 = r.i32(CONTROL + 8);
        v.parts().fpuSwitch.set(v, (r.i32(CONTROL) & CR0_TS) != 0);
        for (int i = 0; i < 8; i++) {
            v.parts().debugRegisters.set(v, i, r.i32(DEBUG + 4 * i)); // a bad one is left at 0
        }
    }

    private static void takeRegisters(Vcpu v, GuestRecord r, DescriptorChecks checks) {
        int[] registers = v.state.r;
        registers[Vcpu.EBX] = r.i32(USER_REGS);
        registers[Vcpu.ECX] = r.i32(USER_REGS + 4);
        registers[Vcpu.EDX] = r.i32(USER_REGS + 8);
        registers[Vcpu.ESI] = r.i32(USER_REGS + 12);
        registers[Vcpu.EDI] = r.i32(USER_REGS + 16);
        registers[Vcpu.EBP] = r.i32(USER_REGS + 20);
        registers[Vcpu.EAX] = r.i32(USER_REGS + 24);
        v.state.eip = r.i32(USER_REGS + 32);
        v.setSelector(Vcpu.CS, checks.codeSelector(r.u16(USER_REGS + 36)));
        int eflags = r.i32(USER_REGS + 40);
        v.iopl = eflags >>> 12 & 3;
        v.state.eflags(eflags & ~Vcpu.FLAG_IOPL | Vcpu.FLAG_IF);
        registers[Vcpu.ESP] = r.i32(USER_REGS + 44);
        v.setSelector(Vcpu.SS, checks.stackSelector(r.u16(USER_REGS + 48)));
        v.setSelector(Vcpu.ES, r.u16(USER_REGS + 52));
        v.setSelector(Vcpu.DS, r.u16(USER_REGS + 56));
        v.setSelector(Vcpu.FS, r.u16(USER_REGS + 60));
        v.setSelector(Vcpu.GS, r.u16(USER_REGS + 64));
    }
}
