package org.ringone.reference;

import org.ringone.reference.memory.PageType;
import org.ringone.reference.memory.TableRoute;

/**
 * A page-table entry that a guest asked for.
 *
 * @param route how it asked
 * @param table what the page that was to be written to is; not necessarily a table
 * @param address the machine address of the entry
 * @param before what was there
 * @param value what was to be there
 * @param accepted whether it is there now
 * @param target what the frame that the entry names is in use as; null for no frame of this machine
 */
public record EntryWrite(
        TableRoute route, PageType table, long address, long before, long value, boolean accepted, PageType target) {}
