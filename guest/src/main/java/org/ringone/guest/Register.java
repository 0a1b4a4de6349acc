package org.ringone.guest;

/** What a run of code can be started with, in the order in which the probe numbers it. */
public enum Register {
    EAX,
    ECX,
    EDX,
    EBX,
    ESP,
    EBP,
    ESI,
    EDI,
    EIP,
    EFLAGS,
    CS,
    SS,
    DS,
    ES,
    FS,
    GS
}
