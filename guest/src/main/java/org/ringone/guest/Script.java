package org.ringone.guest;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Commands in the probe's own encoding. */
final class Script {

    static final int END = 0;
    static final int READ = 1;
    static final int WRITE = 2;
    static final int FILL = 3;
    static final int COPY = 4;
    static final int DIGEST = 5;
    static final int CALL = 6;
    static final int RUN = 7;
    static final int FORGET = 8;
    static final int HOME = 9;
    static final int SETTLE = 10;
    static final int TABLE_DIGEST = 11;

    private static final int FIELD_MASK = 16;
    private static final int FIELD_OPTIONS = 17;
    private static final int FIELD_END = 18;
    private static final int FIELDS = 19;

    private static final int RESUME_AT = 1;
    private static final int ACKNOWLEDGE = 2;
    private static final int STORE_MASK = 4;
    private static final int BY_IRET = 8;
    private static final int MOST_HANDLINGS = 16;

    /** The most bytes an entry of the log and the words around it take in an answer. */
    private static final int CUT = 160;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ProbeProgram program;
    private final int stage;

    Script(ProbeProgram program, int stage) {
        this.program = program;
        this.stage = stage;
    }

    /** The bytes of one command without the end of a script. */
    static byte[] command(Command command, ProbeProgram program, int stage) {
        Script script = new Script(program, stage);
        script.add(command);
        return script.out.toByteArray();
    }

    /** The most bytes that a command's results can take. */
    static int answerRoom(Command command) {
        if (command instanceof Command.Read read) {
            return Math.max(CUT, read.length() + 1);
        }
        if (command instanceof Command.Run run) {
            int room = 2 * CUT;
            for (Handling handling : run.run().handlings()) {
                room += 8;
                for (Command hooked : handling.hook()) {
                    room += answerRoom(hooked);
                }
            }
            return room;
        }
        return CUT;
    }

    private void add(Command command) {
        if (command instanceof Command.Read c) {
            opcode(READ).word(c.address()).half(c.length());
        } else if (command instanceof Command.Write c) {
            write(c.address(), c.bytes());
        } else if (command instanceof Command.Fill c) {
            opcode(FILL).word(c.address()).half(c.length());
            out.write(c.value());
        } else if (command instanceof Command.Copy c) {
            opcode(COPY).word(c.to()).word(c.from()).half(c.length());
        } else if (command instanceof Command.Digest c) {
            opcode(DIGEST).word(c.address()).half(c.length());
        } else if (command instanceof Command.TableDigest c) {
            opcode(TABLE_DIGEST).word(c.address());
        } else if (command instanceof Command.Hypercall c) {
            opcode(CALL).half(c.number());
            out.write(c.arguments().size());
            c.arguments().forEach(this::word);
        } else if (command instanceof Command.Run c) {
            run(c.run());
        } else if (command instanceof Command.Home) {
            opcode(HOME);
        } else if (command instanceof Command.Settle) {
            opcode(SETTLE);
        } else {
            opcode(FORGET);
        }
    }

    private void write(int address, byte[] bytes) {
        opcode(WRITE).word(address).half(bytes.length);
        out.writeBytes(bytes);
    }

    private void run(CodeRun run) {
        CodePlacement code = CodePlacement.of(run, program, stage);
        if (code.bytes().length > Command.MOST_BYTES) {
            throw new IllegalArgumentException("code to run is at most " + (Command.MOST_BYTES - 8) + " bytes long");
        }
        if (code.bytes().length > 0) {
            write(code.address(), code.bytes());
        }
        opcode(RUN);
        int[] fields = new int[FIELDS];
        int present = 0;
        if (run.ring() != 1) {
            int[] user = {program.symbol("user_cs"), program.symbol("user_ds")};
            fields[Register.ESP.ordinal()] = program.symbol("user_stack_top");
            fields[Register.CS.ordinal()] = user[0];
            present |= 1 << Register.ESP.ordinal() | 1 << Register.CS.ordinal();
            for (Register r : List.of(Register.SS, Register.DS, Register.ES, Register.FS, Register.GS)) {
                fields[r.ordinal()] = user[1];
                present |= 1 << r.ordinal();
            }
        }
        fields[Register.EIP.ordinal()] = code.origin();
        fields[FIELD_END] = code.end();
        present |= 1 << Register.EIP.ordinal() | 1 << FIELD_END;
        for (var entry : run.registers().entrySet()) {
            fields[entry.getKey().ordinal()] = entry.getValue();
            present |= 1 << entry.getKey().ordinal();
        }
        if (run.mask().isPresent()) {
            fields[FIELD_MASK] = run.mask().getAsInt();
            present |= 1 << FIELD_MASK;
        }
        if (run.entersByHypercallIret()) {
            fields[FIELD_OPTIONS] = 1;
            present |= 1 << FIELD_OPTIONS;
        }
        word(present);
        for (int i = 0; i < FIELDS; i++) {
            if ((present >>> i & 1) != 0) {
                word(fields[i]);
            }
        }
        if (run.handlings().size() > MOST_HANDLINGS) {
            throw new IllegalArgumentException("a run has at most " + MOST_HANDLINGS + " handlings");
        }
        out.write(run.handlings().size());
        run.handlings().forEach(h -> handling(h, code));
    }

    private void handling(Handling handling, CodePlacement code) {
        int action = handling.acknowledge() ? ACKNOWLEDGE : 0;
        int operand;
        if (handling.resume() instanceof Handling.Resume.Skip skip) {
            operand = skip.bytes();
        } else {
            action |= RESUME_AT;
            operand = handling.resume() instanceof Handling.Resume.Address to
                    ? to.address()
                    : code.label(handling.label().orElseThrow());
        }
        action |= switch (handling.way()) {
            case RESTORING_MASK -> STORE_MASK;
            case KEEPING_MASK -> 0;
            case HYPERCALL -> BY_IRET;
        };
        Script hook = new Script(program, stage);
        for (Command command : handling.hook()) {
            if (command instanceof Command.Run) {
                throw new IllegalArgumentException("a hook cannot run code");
            }
            hook.add(command);
        }
        half(handling.source());
        out.write(action);
        half(handling.times()).word(operand).half(handling.hookAt());
        half(hook.out.size() + 1);
        out.writeBytes(hook.out.toByteArray());
        out.write(END);
    }

    private Script opcode(int opcode) {
        out.write(opcode);
        return this;
    }

    private Script half(int value) {
        out.write(value);
        out.write(value >>> 8);
        return this;
    }

    private Script word(int value) {
        return half(value).half(value >>> 16);
    }
}
