package org.ringone.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringone.api.Budget;
import org.ringone.api.Console;
import org.ringone.api.Domain;
import org.ringone.api.DomainBuildException;
import org.ringone.api.DomainSpec;
import org.ringone.api.Exit;
import org.ringone.api.Hypervisor;
import org.ringone.api.Machine;
import org.ringone.api.Profile;
import org.ringone.api.Snapshots;
import org.ringone.reference.ReferenceHypervisor;
import org.ringone.suite.SuiteRun;
import org.ringone.suite.verdict.RunResult;
import org.ringone.suite.verdict.ScenarioResult;
import org.ringone.suite.verdict.Verdict;

/** A hypervisor that misbehaves in one scenario out of many is told so in that one; the others go on and are judged. */
class OneBadScenarioTest {

    private static final int BAD_ONE = 3;

    /** What the console of the bad machine does. */
    enum Misbehaviour {
        THROWS {
            @Override
            byte[] read() {
                throw new IllegalStateException("the plug-in lost its way");
            }
        },
        RECURSES_FOR_EVER {
            @Override
            byte[] read() {
                return read();
            }
        },
        HANGS {
            @Override
            byte[] read() throws InterruptedException {
                Thread.sleep(600_000);
                return new byte[0];
            }
        },
        TALKS_NONSENSE {
            @Override
            byte[] read() {
                return new byte[] {1, 2, 3, '{', '}', (byte) 0xFF};
            }
        },
        GIVES_NOTHING {
            @Override
            byte[] read() {
                return null;
            }
        };

        abstract byte[] read() throws InterruptedException;
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void onlyTheBadScenarioIsLost(Misbehaviour misbehaviour) {
        RunResult result = SuiteRun.of(new GoodButOnce(misbehaviour))
                .tags("@PRIV-01 or @PT-07")
                .patience(Duration.ofSeconds(5))
                .run();
        List<ScenarioResult> failed = result.scenarios().stream()
                .filter(scenario -> scenario.verdict() == Verdict.HYPERVISOR_FAILED)
                .toList();
        assertThat(failed)
                .singleElement()
                .satisfies(
                        scenario -> assertThat(scenario.message()).isNotBlank().doesNotContain("\tat "));
        assertThat(result.scenarios())
                .hasSizeGreaterThan(BAD_ONE)
                .filteredOn(scenario -> !failed.contains(scenario))
                .allSatisfy(scenario -> assertThat(scenario.verdict()).isEqualTo(Verdict.CONFORMS));
        assertThat(result.worst()).isEqualTo(Verdict.HYPERVISOR_FAILED);
    }

    /** The reference, but one machine's console misbehaves. */
    private record GoodButOnce(Misbehaviour misbehaviour, Hypervisor reference, AtomicInteger machines)
            implements Hypervisor {

        GoodButOnce(Misbehaviour misbehaviour) {
            this(misbehaviour, new ReferenceHypervisor(), new AtomicInteger());
        }

        @Override
        public String name() {
            return "good-but-once";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Profile profile() {
            return reference.profile();
        }

        @Override
        public Machine start() {
            return new Wrapped(reference.start(), this, false);
        }
    }

    private record Wrapped(Machine machine, GoodButOnce hypervisor, boolean bad) implements Machine, Snapshots {

        @Override
        public Domain createDomain(DomainSpec spec) throws DomainBuildException {
            return wrap(machine.createDomain(spec));
        }

        @Override
        public List<Domain> domains() {
            return machine.domains().stream().map(this::wrap).toList();
        }

        @Override
        public <A> Optional<A> ability(Class<A> ability) {
            return Stream.of(this)
                    .filter(ability::isInstance)
                    .map(ability::cast)
                    .findFirst();
        }

        @Override
        public Snapshot snapshot() {
            Snapshot snapshot = machine.ability(Snapshots.class).orElseThrow().snapshot();
            return new Snapshot() {
                @Override
                public Machine resume() {
                    boolean turn = hypervisor.machines().incrementAndGet() == BAD_ONE;
                    return new Wrapped(snapshot.resume(), hypervisor, turn);
                }

                @Override
                public boolean independent() {
                    return snapshot.independent();
                }
            };
        }

        @Override
        public void close() {
            machine.close();
        }

        private Domain wrap(Domain domain) {
            return bad ? new BadDomain(domain, hypervisor.misbehaviour()) : domain;
        }
    }

    private record BadDomain(Domain domain, Misbehaviour misbehaviour) implements Domain {

        @Override
        public int id() {
            return domain.id();
        }

        @Override
        public Console console() {
            Console good = domain.console();
            return new Console() {
                @Override
                public int write(byte[] bytes, int offset, int length) {
                    return good.write(bytes, offset, length);
                }

                @Override
                public byte[] read(Budget budget) {
                    try {
                        return misbehaviour.read();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return new byte[0];
                    }
                }
            };
        }

        @Override
        public Exit exit() {
            return domain.exit();
        }

        @Override
        public void close() {
            domain.close();
        }
    }
}
