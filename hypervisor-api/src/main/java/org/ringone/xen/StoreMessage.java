package org.ringone.xen;

/** Types of messages to and from the store, by their numbers ({@code io/xs_wire.h}). */
public enum StoreMessage {
    DEBUG,
    DIRECTORY,
    READ,
    GET_PERMS,
    WATCH,
    UNWATCH,
    TRANSACTION_START,
    TRANSACTION_END,
    INTRODUCE,
    RELEASE,
    GET_DOMAIN_PATH,
    WRITE,
    MKDIR,
    RM,
    SET_PERMS,
    WATCH_EVENT,
    ERROR,
    IS_DOMAIN_INTRODUCED,
    RESUME;

    /** Bytes of a message before its payload: type, request number, transaction, length, 32 bits each. */
    public static final int HEADER_SIZE = 16;
}
