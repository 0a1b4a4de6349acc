package org.ringone.emulator;

import java.util.ArrayList;
import java.util.List;
import org.ringone.x86.Access;
import org.ringone.x86.Instruction;
import org.ringone.x86.Operand;

/** Where an instruction touches memory. */
final class MemoryPlaces {
    private MemoryPlaces() {}

    /**
     * A memory operand of one instruction, explicit or not.
     *
     * @param role which of its operands
     */
    public record Place(String role, int segment, int offset, int size, boolean write) {
        /** Whether no page holds parts of both, so that a fault of one is not taken for the other's. */
        boolean apartFrom(Place o) {
            return offset + size - 1 >> 12 < o.offset >> 12 || o.offset + o.size - 1 >> 12 < offset >> 12;
        }

        boolean crosses() {
            return (offset & 0xFFF) + size > 0x1000;
        }
    }

    /** All memory that the instruction touches first: for repeated ones, the first element's. */
    static List<Place> of(Instruction i, int[] r) {
        List<Place> places = new ArrayList<>();
        int size = i.operandSize;
        int esp = r[CpuState.ESP];
        boolean pops = i.form.mnemonic().equals("POP");
        if (i.memory() && i.memoryAccess() != Access.ADDRESS) {
            int offset = address(i, r, pops ? size : 0);
            places.add(new Place(
                    "operand",
                    i.segment,
                    offset,
                    i.memoryWidth(),
                    i.memoryAccess().writes()));
        }
        switch (i.form.mnemonic()) {
            case "PUSH", "PUSHF", "PUSH_SEGMENT", "CALL" -> places.add(stack(esp - size, size, true));
            case "POP", "POPF", "RET" -> places.add(stack(esp, size, false));
            case "POP_SEGMENT" -> places.add(stack(esp, 2, false));
            case "RETF" -> stackItems(2, esp, size, places);
            case "IRET" -> stackItems(3, esp, size, places);
            case "LEAVE" -> places.add(stack(r[CpuState.EBP], size, false));
            case "PUSHA" -> {
                for (int n = 1; n <= 8; n++) {
                    places.add(stack(esp - n * size, size, true));
                }
            }
            case "POPA" -> {
                for (int n = 0; n < 8; n++) {
                    if (n != 3) { // the stored stack pointer is skipped
                        places.add(stack(esp + n * size, size, false));
                    }
                }
            }
            case "ENTER" -> enter(i, r, places);
            case "XLAT" -> {
                int offset = r[CpuState.EBX] + (r[CpuState.EAX] & 0xFF);
                places.add(new Place("table", i.segment, cut(i, offset), 1, false));
            }
            case "MASKMOVQ" -> places.add(new Place("masked", i.segment, cut(i, r[CpuState.EDI]), 8, true));
            case "MASKMOVDQU" -> places.add(new Place("masked", i.segment, cut(i, r[CpuState.EDI]), 16, true));
            default -> {}
        }
        for (int k = 0; k < i.form.operands(); k++) {
            boolean write = i.form.access(k).writes();
            if (i.form.operand(k).kind() == Operand.Kind.SOURCE) {
                places.add(new Place("source", i.segment, cut(i, r[CpuState.ESI]), size, write));
            } else if (i.form.operand(k).kind() == Operand.Kind.DESTINATION) {
                places.add(new Place("destination", CpuState.ES, cut(i, r[CpuState.EDI]), size, write));
            }
        }
        return places;
    }

    private static void stackItems(int count, int esp, int size, List<Place> places) {
        for (int n = 0; n < count; n++) {
            places.add(stack(esp + n * size, size, false));
        }
    }

    private static Place stack(int offset, int size, boolean write) {
        return new Place(write ? "pushed" : "popped", CpuState.SS, offset, size, write);
    }

    private static void enter(Instruction i, int[] r, List<Place> places) {
        int level = i.immediate2 & 31;
        int pushes = level == 0 ? 1 : level + 1;
        for (int n = 1; n <= pushes; n++) {
            places.add(stack(r[CpuState.ESP] - n * i.operandSize, i.operandSize, true));
        }
        for (int n = 1; n < level; n++) {
            places.add(stack(r[CpuState.EBP] - n * i.operandSize, i.operandSize, false));
        }
        int end = r[CpuState.ESP] - pushes * i.operandSize - (i.immediate & 0xFFFF);
        places.add(stack(end, i.operandSize, true));
    }

    private static int cut(Instruction i, int offset) {
        return i.addressSize == 4 ? offset : offset & 0xFFFF;
    }

    private static int address(Instruction i, int[] r, int popped) {
        int a = i.displacement;
        if (i.base >= 0) {
            a += r[i.base] + (i.base == CpuState.ESP ? popped : 0);
        }
        if (i.index >= 0) {
            a += r[i.index] << i.scale;
        }
        boolean bits = i.form.mnemonic().startsWith("BT") && i.form.operand(1).kind() == Operand.Kind.REG;
        if (bits) {
            a += i.operandSize == 4 ? r[i.reg] >> 5 << 2 : (short) r[i.reg] >> 4 << 1;
        }
        return cut(i, a);
    }
}
