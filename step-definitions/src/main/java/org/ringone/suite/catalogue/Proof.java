package org.ringone.suite.catalogue;

/**
 * Whether a rule's own cases catch something that breaks the rule.
 *
 * @param rule the rule
 * @param who who breaks it
 * @param wrong what it does wrong
 * @param caught whether a case of the rule came out as it must
 */
public record Proof(String rule, Who who, String wrong, boolean caught) {}
