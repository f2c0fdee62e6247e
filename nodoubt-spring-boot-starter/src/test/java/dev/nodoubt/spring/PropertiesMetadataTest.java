package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.gate.GateSettings;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;

/** What an editor shows of the properties says all that the code does. */
class PropertiesMetadataTest {

    @Test
    void everyPropertyOfTheCodeIsThere() {
        assertThat(DescribedProperties.ofApplication())
                .containsOnlyKeys(inCode(NodoubtProperties.class).keySet().stream()
                        .map(name -> "nodoubt." + name)
                        .toList());
        assertThat(DescribedProperties.ofTarget())
                .containsOnlyKeys(inCode(TargetProperties.class).keySet());
    }

    @Test
    void everyPropertyIsDescribedInASentence() {
        assertThat(DescribedProperties.ofApplication()).allSatisfy(PropertiesMetadataTest::isDescribed);
        assertThat(DescribedProperties.ofTarget()).allSatisfy(PropertiesMetadataTest::isDescribed);
    }

    private static void isDescribed(String name, JsonNode property) {
        assertThat(property.path("description").asString("")).as(name).matches("[A-Z].*[^ ]\\.?");
    }

    @Test
    void everyDefaultOfTheCodeIsThere() {
        Map<String, JsonNode> application = DescribedProperties.ofApplication();
        Map<String, JsonNode> target = DescribedProperties.ofTarget();

        inCode(NodoubtProperties.class).forEach((name, value) -> hasDefault("nodoubt." + name, value, application));
        inCode(TargetProperties.class).forEach((name, value) -> hasDefault(name, value, target));
    }

    private static void hasDefault(String name, String value, Map<String, JsonNode> described) {
        JsonNode property = described.get(name);
        assertThat(property).as(name).isNotNull();
        if (property != null && !value.isEmpty()) {
            JsonNode shown = property.path("defaultValue");
            assertThat(shown.isArray() ? shown.get(0).asString() : shown.asString(""))
                    .as(name)
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NodoubtProperties.SchemaProperties.Mode.class,
                NodoubtProperties.GateProperties.KeyRule.class,
                NodoubtProperties.GateProperties.OtherManagers.class,
                GateSettings.ForeignKeys.class
            })
    void everyValueOfAChoiceIsExplained(Class<? extends Enum<?>> choice) {
        Set<String> constants = new TreeSet<>();
        Arrays.stream(choice.getEnumConstants())
                .forEach(constant ->
                        constants.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-')));

        Set<Set<String>> explained = new HashSet<>();
        DescribedProperties.hints().forEach(hint -> {
            Set<String> values = new TreeSet<>();
            hint.path("values").forEach(value -> {
                assertThat(value.path("description").asString("")).endsWith(".");
                values.add(value.get("value").asString());
            });
            explained.add(values);
        });

        assertThat(explained).contains(constants);
    }

    @Test
    void theMapOfTargetsHasAHintForItsKeys() {
        assertThat(DescribedProperties.hints())
                .anySatisfy(hint -> assertThat(hint.get("name").asString()).isEqualTo("nodoubt.targets.keys"));
    }

    /** Names without the records' own one, each with its default; empty without one. */
    private static Map<String, String> inCode(Class<?> properties) {
        Map<String, String> names = new TreeMap<>();
        RecordComponent[] components = properties.getRecordComponents();
        Parameter[] parameters = properties.getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (components[i].getType().isRecord()) {
                inCode(components[i].getType()).forEach((inner, value) -> names.put(name + "." + inner, value));
            } else {
                DefaultValue value = parameters[i].getAnnotation(DefaultValue.class);
                names.put(name, value == null || value.value().length == 0 ? "" : value.value()[0]);
            }
        }
        return names;
    }
}
