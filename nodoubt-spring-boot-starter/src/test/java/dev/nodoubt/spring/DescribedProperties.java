package dev.nodoubt.spring;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The generated metadata of the properties, of which an editor completes them. */
final class DescribedProperties {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGETS = "nodoubt.targets";

    private DescribedProperties() {}

    /** Those of the application, with the map of targets. */
    static Map<String, JsonNode> ofApplication() {
        return properties(file("spring-configuration-metadata.json"));
    }

    /** Those of one target, without its prefix. */
    static Map<String, JsonNode> ofTarget() {
        return properties(file("spring/configuration-metadata/" + TargetProperties.class.getName() + ".json"));
    }

    static JsonNode hints() {
        return file("spring-configuration-metadata.json").get("hints");
    }

    /** All names, with those of this target. */
    static Set<String> names(String target) {
        Set<String> names = new TreeSet<>(ofApplication().keySet());
        names.remove(TARGETS);
        names.remove("nodoubt.console"); // what is in it is the console's, which checks it
        ofTarget().keySet().forEach(name -> names.add(TARGETS + "." + target + "." + name));
        return names;
    }

    private static JsonNode file(String name) {
        URI classes = URI.create(NodoubtProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
        return JSON.readTree(Path.of(classes).resolve("META-INF").resolve(name).toFile());
    }

    private static Map<String, JsonNode> properties(JsonNode metadata) {
        Map<String, JsonNode> properties = new TreeMap<>();
        for (JsonNode property : metadata.get("properties")) {
            String name = property.get("name").asString();
            if (!name.startsWith("management.")) { // Spring Boot's own, which binds and checks them
                properties.put(name, property);
            }
        }
        return properties;
    }
}
