package dev.nodoubt.wire;

import static dev.nodoubt.wire.Bodies.CANONICAL;
import static dev.nodoubt.wire.Bodies.fingerprints;
import static dev.nodoubt.wire.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.gate.Fingerprints;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random values, each written in random ways: maps, lists, strings, decimals, booleans and null. */
class RandomJsonFingerprintsTest {

    private static final Object NULL = new Object();
    private static final String CHARACTERS = "abcABC019 \"\\/\b\f\n\r\t\0\u001f\u007f\u00e9\u20ac가책\ufb33";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_value_written_anew_is_the_same_and_a_changed_one_is_not(long seed) {
        Random random = new Random(seed);
        int written = 0;
        for (int i = 0; i < 500; i++) {
            Object value = value(random, 4);
            String one = text(value, random);
            String again = text(value, random);
            Fingerprints first = json(one);

            assertThat(first.chosen().version()).isEqualTo(2);
            assertThat(json(again).chosen()).as("seed %d, value %d", seed, i).isEqualTo(first.chosen());
            assertThat(json(text(changed(value, random), random)).chosen())
                    .as("seed %d, value %d", seed, i)
                    .isNotEqualTo(first.chosen());
            if (!one.equals(again)) {
                written++;
                assertThat(json(again).by(1)).isNotEqualTo(first.by(1));
            }
        }
        assertThat(written).isGreaterThan(400);
    }

    @Test
    void a_canonical_form_is_its_own() {
        Random random = new Random(9);
        for (int i = 0; i < 500; i++) {
            byte[] canonical =
                    CanonicalJson.of(utf8(text(value(random, 4), random))).orElseThrow();

            assertThat(CanonicalJson.of(canonical)).hasValue(canonical);
        }
    }

    private static Fingerprints json(String text) {
        return fingerprints(Headers.NONE, "application/json", utf8(text), CANONICAL);
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> string(random);
            case 1 ->
                new BigDecimal(new BigInteger(1 + random.nextInt(70), random), random.nextInt(12) - 4)
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
            case 2 -> random.nextBoolean();
            case 3 -> NULL;
            case 4 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    map.put(string(random), value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String string(Random random) {
        StringBuilder string = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            string.append(
                    random.nextInt(9) == 0 ? "\ud83d\ude00" : CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return string.toString();
    }

    /** The value with one thing changed somewhere in it. */
    private static Object changed(Object value, Random random) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            Object name = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
            switch (random.nextInt(3)) {
                case 0 -> copy.remove(name);
                case 1 -> copy.put(name + "!!!!!!", copy.remove(name));
                default -> copy.put(name, changed(Objects.requireNonNull(map.get(name)), random));
            }
            return copy;
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int at = random.nextInt(list.size());
            copy.set(at, changed(list.get(at), random));
            return copy;
        }
        if (value instanceof BigDecimal number) {
            return number.add(number.ulp());
        }
        if (value instanceof String string) {
            return string + "!";
        }
        return List.of(value);
    }

    private static String text(Object value, Random random) {
        String text;
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((name, member) -> members.add(text(String.valueOf(name), random) + ":" + text(member, random)));
            Collections.shuffle(members, random);
            text = "{" + space(random) + String.join(",", members) + "}";
        } else if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            list.forEach(item -> items.add(text(item, random)));
            text = "[" + space(random) + String.join(",", items) + "]";
        } else if (value instanceof BigDecimal number) {
            BigDecimal longer = number.setScale(number.scale() + random.nextInt(3));
            text = random.nextBoolean() ? longer.toString() : longer.toPlainString();
        } else if (value instanceof String string) {
            text = quoted(string, random);
        } else {
            text = value == NULL ? "null" : value.toString();
        }
        return space(random) + text + space(random);
    }

    private static String quoted(String string, Random random) {
        StringBuilder text = new StringBuilder("\"");
        string.codePoints().forEach(point -> {
            if (point < ' ' || point == '"' || point == '\\' || random.nextInt(4) == 0) {
                String escape = random.nextBoolean() ? "\\u%04x" : "\\u%04X";
                Character.toString(point).chars().forEach(unit -> text.append(String.format(escape, unit)));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.append('"').toString();
    }

    private static String space(Random random) {
        return random.nextInt(3) == 0 ? List.of(" ", "\t", "\r\n", "   ").get(random.nextInt(4)) : "";
    }
}
