package org.ringone.api;

/** A guest domain on a {@link Machine}. */
public interface Domain extends AutoCloseable {

    /** The domain's number as the hypervisor counts; 0 is the initial domain. */
    int id();

    /** The guest's console. */
    Console console();

    /** How things stand with the domain now. */
    Exit exit();

    /** Destroys the domain and gives back its memory. Harmless when repeated. */
    @Override
    void close();
}
