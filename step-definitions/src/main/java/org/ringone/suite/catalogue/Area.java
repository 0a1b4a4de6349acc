package org.ringone.suite.catalogue;

/**
 * A chapter of the catalogue.
 *
 * @param id the prefix of its rules' ids, for example {@code PT}
 * @param title what the chapter is about
 */
public record Area(String id, String title) {}
