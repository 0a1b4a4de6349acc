package org.ringone.cli.boot;

import org.ringone.reference.build.KernelSymbols;

/** Addresses of a kernel as people read them: with the symbol when the kernel has symbols. */
final class AddressNames {

    private final KernelSymbols symbols;

    AddressNames(byte[] image) {
        symbols = KernelSymbols.of(image);
    }

    /** The address, and the symbol near it if there is one. */
    String text(int address) {
        String symbol = symbols.at(address);
        return String.format("%08x", address) + (symbol.isEmpty() ? "" : " " + symbol);
    }

    /** The symbol near the address; empty when there is none. */
    String symbol(int address) {
        return symbols.at(address);
    }

    /** Whether the word looks like an address in the kernel. */
    boolean known(int word) {
        return !symbols.at(word).isEmpty();
    }
}
