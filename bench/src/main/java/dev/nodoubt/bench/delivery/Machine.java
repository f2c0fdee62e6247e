package dev.nodoubt.bench.delivery;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the numbers are of. */
final class Machine {

    private static final String UNKNOWN = "unknown";

    private Machine() {}

    static Map<String, String> describe() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("memory", memoryMiB() + " MiB");
        machine.put("cpu", named(Path.of("/proc/cpuinfo"), "model name", ':'));
        machine.put("os", named(Path.of("/etc/os-release"), "PRETTY_NAME", '='));
        machine.put(
                "kernel",
                String.join(
                        " ",
                        System.getProperty("os.name", UNKNOWN),
                        System.getProperty("os.version", ""),
                        System.getProperty("os.arch", "")));
        return machine;
    }

    private static long memoryMiB() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() >> 20;
    }

    /** The first line of this name, in a file that not every system has. */
    private static String named(Path file, String name, char separator) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name) && line.indexOf(separator) > 0)
                    .map(line -> line.substring(line.indexOf(separator) + 1)
                            .replace("\"", "")
                            .strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
