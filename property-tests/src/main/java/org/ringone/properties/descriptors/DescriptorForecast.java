package org.ringone.properties.descriptors;

import java.util.ArrayList;
import java.util.List;
import org.ringone.properties.Account;
import org.ringone.properties.descriptors.DescriptorOperation.Multicall;

/** Goes through a sequence with the model: what becomes of it. */
final class DescriptorForecast {

    private final DescriptorModel model;
    private final List<Account.Answer<DescriptorOperation>> answers = new ArrayList<>();

    DescriptorForecast(DescriptorRules rules, List<DescriptorOperation> operations) {
        model = new DescriptorModel(rules, DescriptorTrial.PAGES);
        operations.forEach(this::answer);
    }

    /** The model after the sequence. */
    DescriptorModel model() {
        return model;
    }

    /** The answers to the sequence, and how things stand afterwards. */
    Account<DescriptorOperation> account() {
        List<Account.Finding> end = new ArrayList<>();
        for (int page = 0; page < DescriptorTrial.PAGES; page++) {
            for (int slot : DescriptorTrial.SLOTS) {
                end.add(new Account.Finding(
                        DescriptorTrial.what(page, slot), String.format("%016x", model.entry(page, slot))));
            }
        }
        for (int selector : selectors(model)) {
            end.add(new Account.Finding(
                    DescriptorTrial.whatOfSelector(selector), new DescriptorView(descriptor(selector)).seen()));
        }
        return new Account<>(answers, end);
    }

    /** The selectors of the GDT that are looked at at the end. */
    static List<Integer> selectors(DescriptorModel model) {
        List<Integer> selectors = new ArrayList<>();
        for (int position = 0; position < model.gdt().size(); position++) {
            for (int slot : DescriptorTrial.SLOTS) {
                selectors.add(DescriptorTrial.selector(position, slot, false, 1));
            }
        }
        return selectors;
    }

    private long descriptor(int selector) {
        int index = selector >>> 3;
        return model.entry(model.gdt().get(index / DescriptorTrial.PER_PAGE), index % DescriptorTrial.PER_PAGE);
    }

    private void answer(DescriptorOperation operation) {
        if (operation instanceof Multicall multicall) {
            multicall.calls().forEach(this::answer);
        } else {
            answers.add(new Account.Answer<>(operation, model.perform(operation)));
        }
    }
}
