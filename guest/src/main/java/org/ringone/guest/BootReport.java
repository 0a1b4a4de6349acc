package org.ringone.guest;

/**
 * How far the probe came up, in the published order of its stages.
 *
 * @param stage the highest stage that is complete, -1 for none
 * @param step the step it was in when it stopped, in the words of the list in {@code docs/probe.md}; empty when complete
 * @param error what the step returned (a negative errno), 0 when nothing was returned
 */
public record BootReport(int stage, String step, int error) {

    /** The last stage. */
    public static final int LAST_STAGE = 4;

    public boolean complete() {
        return stage == LAST_STAGE;
    }

    @Override
    public String toString() {
        if (complete()) {
            return "all stages (0 to " + LAST_STAGE + ")";
        }
        String result = error == 0 ? "" : ", which returned " + error;
        return "stage " + (stage + 1) + " of " + LAST_STAGE + ", stopped in "
                + (step.isEmpty() ? "(nothing was said)" : step) + result;
    }
}
