package org.ringone.reference;

import org.ringone.xen.ConsoleIo;
import org.ringone.xen.Errno;
import org.ringone.xen.Hypercall;

/** console_io: the initial domain's console by hypercall. */
public class ConsoleHypercall {

    private static final int CHUNK = 127;
    private static final int CHUNK_COST = 200;

    public int operation(Vcpu v, int command, int count, int buffer) {
        if (!(v.domain.guestConsole() instanceof EmergencyConsole console)) {
            return Errno.EPERM.result();
        }
        return switch (command) {
            case ConsoleIo.WRITE -> write(v, console, count, buffer);
            case ConsoleIo.READ -> read(v, console, count, buffer);
            default -> Errno.ENOSYS.result();
        };
    }

    private static int write(Vcpu v, EmergencyConsole console, int count, int buffer) {
        byte[] bytes = v.machine().record.bytes();
        int at = buffer;
        int left = count;
        while (left > 0) {
            if (left < count && v.machine().preempts(v)) {
                return v.machine()
                        .hypercalls
                        .continueLater(v, Hypercall.CONSOLE_IO.number(), ConsoleIo.WRITE, left, at);
            }
            int chunk = Math.min(left, CHUNK);
            if (!v.parts().guestCopy.read(v, at, bytes, 0, chunk)) {
                return Errno.EFAULT.result();
            }
            for (int i = 0; i < chunk && bytes[i] != 0; i++) {
                console.output().add(bytes[i]);
            }
            v.machine().charge(CHUNK_COST);
            at += chunk;
            left -= chunk;
        }
        v.machine().consoleWritten(v.domain);
        return 0;
    }

    private static int read(Vcpu v, EmergencyConsole console, int count, int buffer) {
        byte[] bytes = v.machine().record.bytes();
        int size = Math.max(0, Math.min(count, console.input().size()));
        if (!v.parts().guestCopy.inGuestRange(buffer, size)) {
            return Errno.EFAULT.result();
        }
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) console.input().take();
        }
        return v.parts().guestCopy.write(v, buffer, bytes, 0, size) ? size : Errno.EFAULT.result();
    }
}
