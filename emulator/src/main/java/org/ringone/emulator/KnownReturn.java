package org.ringone.emulator;

/**
 * A return to an outer level that has passed all checks of its two segments: everything that they looked at. As with
 * {@link KnownEntry} every value is read afresh and compared.
 *
 * @param from the privilege level before
 * @param code the descriptor of the code segment, accessed
 * @param stack the descriptor of the outer stack, accessed
 */
record KnownReturn(int from, int selector, long code, int stackSelector, long stack) {

    boolean sameCode(Segmentation segments, int level, int other) {
        return other == selector && level == from && segments.stillNames(selector, code);
    }

    boolean sameStack(Segmentation segments, int other) {
        return other == stackSelector && segments.stillNames(stackSelector, stack);
    }
}
