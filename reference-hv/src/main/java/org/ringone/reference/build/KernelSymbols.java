package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ringone.api.DomainBuildException;

/** The symbols of a kernel, to say where in it an address is. */
public final class KernelSymbols {

    private static final int ENTRY = 16;
    private static final int MOST = 1 << 20;
    private static final int LONGEST_NAME = 200;
    private static final int SHN_UNDEF = 0;
    private static final int SHN_ABS = 0xFFF1;
    private static final int STT_FUNC = 2;

    private record Symbol(long address, String name, boolean function) {}

    private final List<Symbol> symbols;

    private KernelSymbols(List<Symbol> symbols) {
        this.symbols = symbols;
    }

    /** The symbols of an ELF image; none when it has none, or none that can be read. */
    public static KernelSymbols of(byte[] image) {
        List<Symbol> symbols = new ArrayList<>();
        try {
            ElfImage elf = ElfImage.read(image, new BootRules());
            for (ElfImage.Section section : elf.sections()) {
                if (section.type() == ElfImage.SHT_SYMTAB
                        && section.link() >= 0
                        && section.link() < elf.sections().size()) {
                    read(elf.contents(section), elf.contents(elf.sections().get(section.link())), symbols);
                }
            }
        } catch (DomainBuildException e) {
            symbols.clear(); // a kernel without symbols is only harder to read
        }
        symbols.sort(Comparator.comparingLong(Symbol::address).thenComparing(Symbol::function));
        return new KernelSymbols(symbols);
    }

    private static void read(ByteBuffer table, ByteBuffer names, List<Symbol> symbols) {
        int count = Math.min(table.limit() / ENTRY, MOST);
        for (int i = 0; i < count; i++) {
            int name = table.getInt(i * ENTRY);
            int section = table.getShort(i * ENTRY + 14) & 0xFFFF;
            int type = table.get(i * ENTRY + 12) & 0xF;
            if (type <= STT_FUNC && section != SHN_UNDEF && section != SHN_ABS && name > 0 && name < names.limit()) {
                String text = ElfImage.text(names, name, Math.min(names.limit(), name + LONGEST_NAME));
                if (!text.isEmpty()) {
                    symbols.add(new Symbol(table.getInt(i * ENTRY + 4) & 0xFFFFFFFFL, text, type == STT_FUNC));
                }
            }
        }
    }

    public boolean isEmpty() {
        return symbols.isEmpty();
    }

    /** The symbol before an address and the distance to it, {@code name+0x12}; empty when none is near. */
    public String at(int address) {
        long wanted = address & 0xFFFFFFFFL;
        int low = 0;
        int high = symbols.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (symbols.get(middle).address <= wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || wanted - symbols.get(low - 1).address >= 1 << 16) {
            return "";
        }
        Symbol symbol = symbols.get(low - 1);
        return wanted == symbol.address ? symbol.name : String.format("%s+0x%x", symbol.name, wanted - symbol.address);
    }
}
