package org.ringone.cli;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ringone.guest.GuestKernel;
import org.ringone.guest.WrongGuest;
import org.ringone.guest.WrongGuests;

/** Finds the guest kernel that a command line names. */
public final class GuestChoice {

    private static final Pattern WRONG = Pattern.compile("wrong:([A-Za-z]+-\\d+)(?:\\.(\\d+))?");

    private GuestChoice() {}

    /**
     * The right guest kernel when the name is empty; the first wrong one of a rule when it is {@code wrong:} and the rule's
     * id, another one with a dot and its number behind that: {@code wrong:EVT-05.2}.
     *
     * @throws IllegalArgumentException when there is none such; the message says what there is
     */
    public static GuestKernel of(String name) {
        if (name.isEmpty()) {
            return GuestKernel.right();
        }
        Matcher matcher = WRONG.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no guest kernel: wrong:EVT-05 is the first one that breaks EVT-05, wrong:EVT-05.2"
                    + " the second");
        }
        List<WrongGuest> wrong = WrongGuests.of(matcher.group(1).toUpperCase(Locale.ROOT));
        int number = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        if (number < 1 || number > wrong.size()) {
            throw new IllegalArgumentException("there is no wrong guest '" + name + "'. There are "
                    + WrongGuests.all().stream()
                            .collect(Collectors.groupingBy(WrongGuest::rule, TreeMap::new, Collectors.counting()))
                            .entrySet()
                            .stream()
                            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return wrong.get(number - 1).kernel();
    }
}
