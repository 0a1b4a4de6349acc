package org.ringone.suite.language;

import java.util.OptionalLong;

/** What words in an expression stand for. */
public interface Names {

    /** The value of a name: for a page its virtual address. Empty when there is no such name. */
    OptionalLong value(String name);

    /**
     * The value of a function of a name and further values, for example {@code pte(page)}. Empty when there is no such
     * function.
     *
     * @param function its name
     * @param first the first argument as it stands, when it is a plain name; empty otherwise
     * @param arguments the values of all arguments; 0 in place of a name without a value
     */
    OptionalLong function(String function, String first, long... arguments);
}
