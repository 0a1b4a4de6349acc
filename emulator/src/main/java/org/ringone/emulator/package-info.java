/**
 * A 32-bit x86 processor (i686) in Java: registers, paging, segmentation, exceptions, and the run loop.
 *
 * <p>The owner of a {@link org.ringone.emulator.Cpu} supplies the physical memory, the configuration and a
 * {@link org.ringone.emulator.TrapSink} that gets every exception and software interrupt;
 * {@link org.ringone.emulator.IdtDelivery} is the sink of a bare machine.
 *
 * <h2>How an instruction is carried out</h2>
 *
 * Each decoded instruction is bound once to an {@link org.ringone.emulator.Operation}. The law for it is <b>probe, compute,
 * commit</b>: a fault leaves the architectural state as it was before the instruction.
 *
 * <ul>
 *   <li>While it executes, {@link org.ringone.emulator.CpuState#eip} is already the address of the next instruction. A branch
 *       writes its target there (having checked it with {@link org.ringone.emulator.Cpu#canJump}); CALL pushes it. After a
 *       fault the run loop puts the instruction's own address back.
 *   <li>Memory is touched through the {@link org.ringone.emulator.MemoryPort} only. An access that fails records the fault on the
 *       processor and returns 0 (or false); the operation asks {@link org.ringone.emulator.Cpu#faulted} <em>before</em> it changes
 *       anything, and returns at once if so. An operation that reads one memory operand and then writes registers or flags must
 *       ask; one whose last action is a single write need not.
 *   <li>Read-modify-write: {@code readForWrite}, ask {@code faulted}, compute flags and result, {@code write} to the same operand,
 *       which now cannot fault.
 *   <li>A write that comes after other changes, or a second write, is announced by
 *       {@link org.ringone.emulator.MemoryPort#probeWrite} before the first change.
 *   <li>An operation raises its own faults with {@link org.ringone.emulator.Cpu#fault} and returns, having changed nothing.
 *   <li>Software interrupts end with {@link org.ringone.emulator.Cpu#interrupt}; the run loop calls the sink afterwards.
 *   <li>Repeated string instructions commit element by element (ECX, ESI, EDI with each), so that a fault in a later element leaves
 *       them at that element. One execution carries out at most {@link org.ringone.emulator.Cpu#repeatLimit} elements; when more
 *       remain it subtracts the instruction's length from EIP and returns. Each such execution is one retired instruction.
 * </ul>
 *
 * Status flags are held as {@link org.ringone.emulator.StatusFlags} says; the other EFLAGS bits are in
 * {@link org.ringone.emulator.CpuState#flags}.
 *
 * <h2>How code runs</h2>
 *
 * Instructions are decoded into blocks, kept by frame, offset and code size, and shared by forks; a write to decoded bytes drops what
 * came from that frame, in the middle of a running block too. A block that has become hot is followed once and the way taken becomes a
 * trace: a hidden class whose constants are the operations, so that the JIT compiler makes one method of it. Blocks and traces retire
 * exactly what the budget allows.
 *
 * <h2>What is not there</h2>
 *
 * SYSCALL, and whatever else CPUID does not offer: those instructions raise #UD. With CR0.NE clear an x87 exception is ignored, since no
 * FERR# line leads anywhere. CPUID can be narrowed
 * ({@link org.ringone.emulator.CpuidTable#without}): a processor without FXSR, MMX, SSE or SSE2 does not execute their instructions.
 *
 * <p>A machine (a memory and its processors) is used by one thread at a time. Forks of it are independent and may run in other
 * threads.
 */
package org.ringone.emulator;
