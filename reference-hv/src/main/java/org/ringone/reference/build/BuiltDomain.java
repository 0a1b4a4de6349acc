package org.ringone.reference.build;

import org.ringone.reference.memory.DomainMemory;

/**
 * A domain whose memory is ready for its first instruction. Its base is pinned, and has one more use that stands for the first
 * processor's CR3: who ends that processor drops it.
 *
 * @param memory what the domain holds
 * @param entry EIP at the start
 * @param stack ESP at the start: the end of the boot stack
 * @param startInfo ESI at the start: the virtual address of start_info
 * @param base frame of the L3
 * @param storeMfn frame of the store page, 0 for an initial domain
 * @param consoleMfn frame of the console page, 0 for an initial domain
 */
public record BuiltDomain(
        DomainMemory memory, int entry, int stack, int startInfo, int base, int storeMfn, int consoleMfn) {}
