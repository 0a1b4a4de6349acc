package org.ringone.x86;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A statement of the source: makes bytes or defines a symbol in each pass. */
sealed interface Statement {
    /** Where it stands. */
    SourceLine line();

    /** Puts its bytes. */
    void emit(Pass pass) throws AssemblyException;

    /** {@code name:}. */
    record Label(SourceLine line, String name) implements Statement {
        @Override
        public void emit(Pass pass) throws AssemblyException {
            pass.define(name, pass.here(), line);
        }
    }

    /** {@code name equ value}. */
    record Equate(SourceLine line, String name, Expression value) implements Statement {
        @Override
        public void emit(Pass pass) throws AssemblyException {
            pass.define(name, value.value(pass, line), line);
        }
    }

    /** {@code db}, {@code dw}, {@code dd}, {@code dq}: each value an expression, or a string as its bytes. */
    record Data(SourceLine line, int width, List<Object> values) implements Statement {
        @Override
        public void emit(Pass pass) throws AssemblyException {
            for (Object value : values) {
                if (value instanceof Expression expression) {
                    number(pass, expression.value(pass, line));
                } else {
                    byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
                    pass.room(bytes.length + width, line);
                    for (byte one : bytes) {
                        pass.put(one);
                    }
                    pass.fill(0, (width - bytes.length % width) % width, line);
                }
            }
        }

        private void number(Pass pass, Value value) throws AssemblyException {
            if (value.known() && !Encoder.fits(value.number(), width)) {
                throw line.error(value.number() + " does not fit " + 8 * width + " bits", "use a wider directive");
            }
            pass.room(width, line);
            pass.put(value.number(), width);
        }
    }

    /** {@code resb n} and its like: zeros. */
    record Reserve(SourceLine line, int width, Expression count) implements Statement {
        @Override
        public void emit(Pass pass) throws AssemblyException {
            long number = count.value(pass, line).number();
            pass.room(Math.max(number, 0), line);
            pass.fill(0, number * width, line);
        }
    }

    /** {@code align n, statement}: repeats the statement up to a multiple of n bytes from the start. */
    record Align(SourceLine line, Expression to, Statement with) implements Statement {
        @Override
        public void emit(Pass pass) throws AssemblyException {
            long boundary = to.value(pass, line).number();
            if (boundary <= 0 || boundary > Pass.MAX_BYTES || Long.bitCount(boundary) != 1) {
                throw line.error("align " + boundary + " is not possible", "a boundary is a power of two");
            }
            long missing = -pass.address() & boundary - 1;
            pass.room(missing, line);
            int until = pass.size() + (int) missing;
            while (pass.size() < until) {
                int before = pass.size();
                with.emit(pass);
                if (pass.size() == before || pass.size() > until) {
                    throw line.error("the filling of align does not fit", "use one byte, such as db 0");
                }
            }
        }
    }

    /** {@code times n statement}. */
    record Times(SourceLine line, Expression count, Statement repeated) implements Statement {
        @Override
        public void emit(Pass pass) throws AssemblyException {
            Value times = count.value(pass, line);
            if (times.known() && (times.number() < 0 || times.number() > Pass.MAX_BYTES)) {
                throw line.error(
                        "times " + times.number() + " is not possible", "what came before is perhaps too long");
            }
            for (long i = 0; i < times.number(); i++) {
                pass.repeat(line);
                pass.mark();
                repeated.emit(pass);
            }
        }
    }

    /** A machine instruction. */
    final class Machine implements Statement {
        private final SourceLine line;
        private final boolean code32;
        private final Encoder.Prefixes prefixes;
        private final List<Match> matches;
        private int shortest;

        Machine(SourceLine line, boolean code32, Encoder.Prefixes prefixes, List<Match> matches) {
            this.line = line;
            this.code32 = code32;
            this.prefixes = prefixes;
            this.matches = matches;
        }

        @Override
        public SourceLine line() {
            return line;
        }

        /** The shortest row that fits; never shorter than in an earlier pass, so that the passes come to an end. */
        @Override
        public void emit(Pass pass) throws AssemblyException {
            Encoder best = null;
            int bestLength = 0;
            Encoder trial = new Encoder(pass, line, code32);
            AssemblyException refusal = null;
            for (Match match : matches) {
                int length = trial.encode(match, prefixes);
                if (length < 0) {
                    refusal = trial.refusal();
                } else if (best == null
                        || (length < bestLength ? length >= shortest : bestLength < shortest && length > bestLength)) {
                    best = trial;
                    bestLength = length;
                    trial = new Encoder(pass, line, code32);
                }
            }
            if (best == null) {
                throw refusal;
            }
            shortest = Math.max(shortest, bestLength);
            pass.room(bestLength, line);
            for (int i = 0; i < bestLength; i++) {
                pass.put(best.bytes()[i]);
            }
        }
    }

    /** Prefixes without an instruction. */
    record Bytes(SourceLine line, byte[] bytes) implements Statement {
        @Override
        public void emit(Pass pass) {
            for (byte one : bytes) {
                pass.put(one);
            }
        }
    }
}
