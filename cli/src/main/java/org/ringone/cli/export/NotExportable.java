package org.ringone.cli.export;

/** A scenario cannot be made into an image; the message says why, as the end of "X cannot be exported: ". */
final class NotExportable extends Exception {

    private static final long serialVersionUID = 1L;

    NotExportable(String why) {
        super(why);
    }
}
