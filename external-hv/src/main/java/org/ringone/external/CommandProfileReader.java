package org.ringone.external;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.ringone.api.Profile;

/** Reads profiles of hypervisors that are programs, from YAML. */
final class CommandProfileReader {

    private static final double LONGEST_START = 3600;

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private CommandProfileReader() {}

    /**
     * Reads a profile.
     *
     * @param where what to call the text in messages
     * @param environment gives the values of environment variables, null for those not set
     * @throws IllegalArgumentException when it is not well formed; the message says what is wrong, and where
     */
    static CommandProfile read(String yaml, String where, UnaryOperator<String> environment) {
        try {
            Written written = MAPPER.readValue(yaml, Written.class);
            if (written == null) {
                throw new IllegalArgumentException("it is empty");
            }
            return written.profile(environment);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(where + line + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /** The file's own form. */
    private record Written(
            String name,
            String version,
            String era,
            String host,
            String privilege,
            Set<String> features,
            List<String> command,
            @JsonProperty("command-with-ramdisk") List<String> commandWithRamdisk,
            Map<String, String> environment,
            Integer vcpus,
            String snapshots,
            String started,
            @JsonProperty("start-seconds") Double startSeconds,
            String log,
            Map<String, List<String>> endings,
            Map<String, String> advice,
            Map<Integer, String> statuses) {

        CommandProfile profile(UnaryOperator<String> variables) {
            if (!needed("name", name).matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "the name '" + name + "' must be lower-case letters, digits, dots and hyphens");
            }
            Profile what = new Profile(
                    oneOf("era", era, Profile.Era.values(), Profile.Era::version),
                    oneOf("host", host, Profile.Host.values(), Profile.Host::label),
                    oneOf("privilege", privilege, Profile.Privilege.values(), Profile.Privilege::label),
                    Objects.requireNonNullElse(features, Set.of()));
            if (needed("command", command).isEmpty()) {
                throw new IllegalArgumentException("'command' is empty");
            }
            Optional<Pattern> up = Optional.ofNullable(started).map(Written::pattern);
            Map<Ending, List<Pattern>> lines = lines();
            if (lines.containsKey(Ending.REFUSED) && up.isEmpty()) {
                throw new IllegalArgumentException(
                        "lines that tell a refusal need 'started', the line after which there" + " can be no refusal");
            }
            return new CommandProfile(
                    name,
                    needed("version", version),
                    what,
                    templates(command, variables),
                    templates(Objects.requireNonNullElse(commandWithRamdisk, List.of()), variables),
                    Map.copyOf(Objects.requireNonNullElse(environment, Map.of())),
                    within("vcpus", Objects.requireNonNullElse(vcpus, 1), 1, 32).intValue(),
                    saved(),
                    up,
                    Duration.ofMillis((long) (1000
                            * within(
                                            "start-seconds",
                                            Objects.requireNonNullElse(startSeconds, 30.0),
                                            0.1,
                                            LONGEST_START)
                                    .doubleValue())),
                    Optional.ofNullable(log).map(Written::pattern),
                    lines,
                    advices(),
                    endStatuses());
        }

        private boolean saved() {
            if (snapshots != null && !snapshots.equals("qmp")) {
                throw new IllegalArgumentException("'snapshots' must be qmp, not '" + snapshots
                        + "': it means that the command is QEMU with -qmp unix:{directory}/qmp,server=on,wait=off");
            }
            return snapshots != null;
        }

        private Map<Ending, List<Pattern>> lines() {
            Map<Ending, List<Pattern>> lines = new EnumMap<>(Ending.class);
            Objects.requireNonNullElse(endings, Map.<String, List<String>>of())
                    .forEach((word, texts) -> lines.put(
                            Ending.of(word),
                            texts.stream().map(Written::pattern).toList()));
            return lines;
        }

        private Map<Pattern, String> advices() {
            Map<Pattern, String> words = new LinkedHashMap<>();
            Objects.requireNonNullElse(advice, Map.<String, String>of())
                    .forEach((text, word) -> words.put(pattern(text), needed("advice", word)));
            return words;
        }

        private Map<Integer, Ending> endStatuses() {
            Map<Integer, Ending> byStatus = new LinkedHashMap<>();
            Objects.requireNonNullElse(statuses, Map.<Integer, String>of())
                    .forEach((status, word) -> byStatus.put(status, Ending.of(word)));
            return Map.copyOf(byStatus);
        }

        private static List<CommandTemplate> templates(List<String> words, UnaryOperator<String> variables) {
            return words.stream()
                    .map(word -> CommandTemplate.parse(word, variables))
                    .toList();
        }

        private static Pattern pattern(String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no regular expression: " + e.getDescription() + ", character "
                                + e.getIndex(),
                        e);
            }
        }

        private static <T> T needed(String key, T value) {
            if (value == null) {
                throw new IllegalArgumentException("'" + key + "' is missing");
            }
            return value;
        }

        private static Number within(String key, Number value, double least, double most) {
            if (!(value.doubleValue() >= least && value.doubleValue() <= most)) {
                throw new IllegalArgumentException(
                        "'" + key + "' must be between " + least + " and " + most + ", not " + value);
            }
            return value;
        }

        private static <E> E oneOf(String key, String value, E[] all, Function<E, String> text) {
            return Arrays.stream(all)
                    .filter(e -> text.apply(e).equals(needed(key, value)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + key + "' must be "
                            + Arrays.stream(all).map(text).collect(Collectors.joining(" or ")) + ", not '" + value
                            + "'"));
        }
    }
}
