package org.ringone.guest;

/** What a run of code can be started with. */
public enum Register {
    EAX,
    ECX,
    EDX,
    EBX,
    ESP,
    EBP,
    ESI,
    EDI,
    EFLAGS,
    CS,
    SS,
    DS,
    ES,
    FS,
    GS
}
