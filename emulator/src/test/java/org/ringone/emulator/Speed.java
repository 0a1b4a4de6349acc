package org.ringone.emulator;

import java.lang.management.ManagementFactory;

/** Prints how many guest instructions a second small kernels run at, PAE paging on, ring 1. */
final class Speed {
    private static final long RUN = 300_000_000;

    private Speed() {}

    public static void main(String[] args) {
        for (int round = 0; round < 2; round++) {
            kernel(
                    "alu",
                    "l: add eax, ebx\n xor ecx, eax\n inc edx\n lea esi, [eax+ecx*2]\n cmp edx, esi\n jnz l\n jmp l");
            kernel("sieve", """
                s: mov ecx, 2
                o: mov edx, ecx
                   add edx, edx
                i: mov byte [0x20000+edx], 1
                   add edx, ecx
                   cmp edx, 0x8000
                   jb i
                   inc ecx
                   cmp ecx, 180
                   jb o
                   jmp s
                """);
            kernel("crc", """
                s: mov eax, -1
                   mov esi, 0x20000
                b: movzx edx, byte [esi]
                   xor eax, edx
                   mov ecx, 8
                k: shr eax, 1
                   jnc n
                   xor eax, 0xEDB88320
                n: dec ecx
                   jnz k
                   inc esi
                   cmp esi, 0x28000
                   jb b
                   jmp s
                """);
            kernel("copy", """
                s: mov esi, 0x20000
                   mov edi, 0x28000
                   mov ecx, 0x1000
                c: mov eax, [esi]
                   mov [edi], eax
                   add esi, 4
                   add edi, 4
                   dec ecx
                   jnz c
                   jmp s
                """);
            kernel("call", """
                s: mov ecx, 10
                   call f
                   jmp s
                f: push ebp
                   mov ebp, esp
                   push ecx
                   dec ecx
                   jz e
                   call f
                e: pop ecx
                   leave
                   ret
                """);
            kernel("movsd", "s: mov esi, 0x20000\n mov edi, 0x28000\n mov ecx, 0x400\n rep movsd\n jmp s", 300_000);
        }
    }

    private static void kernel(String name, String source) {
        kernel(name, source, RUN);
    }

    private static void kernel(String name, String source, long budget) {
        TestMachine machine = new TestMachine().ring(1).code(source);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Stop stop = machine.cpu.run(budget);
        long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        System.out.printf("%-6s %7.1f MIPS %s eip %x%n", name, budget * 1e3 / time, stop, machine.s.eip);
    }
}
