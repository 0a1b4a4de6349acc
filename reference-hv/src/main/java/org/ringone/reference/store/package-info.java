/**
 * The store daemon as the machine plays it for ordinary domains: a tree of values with permissions, transactions and watches, spoken
 * to by messages over a ring (public header {@code io/xs_wire.h}).
 */
package org.ringone.reference.store;
