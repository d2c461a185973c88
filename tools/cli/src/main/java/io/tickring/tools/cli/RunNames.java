package io.tickring.tools.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Names for runs: those of their files, each with as many of its folders as it takes to tell all of them apart. */
final class RunNames {
    private RunNames() {}

    static List<String> of(List<Path> files) {
        List<Path> whole =
                files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
        int deepest = whole.stream().mapToInt(Path::getNameCount).max().orElse(0);
        int distinct = new HashSet<>(whole).size();
        for (int depth = 1; depth <= deepest; depth++) {
            int names = depth;
            List<String> shortened =
                    whole.stream().map(file -> end(file, names)).toList();
            if (new HashSet<>(shortened).size() == distinct) {
                return numbered(shortened);
            }
        }
        return numbered(whole.stream().map(Path::toString).toList());
    }

    private static String end(Path file, int names) {
        int count = file.getNameCount();
        return file.subpath(Math.max(0, count - names), count).toString();
    }

    /** A file that was named twice is two runs. */
    private static List<String> numbered(List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        return names.stream()
                .map(name -> {
                    int times = seen.merge(name, 1, Integer::sum);
                    return times == 1 ? name : name + " (" + times + ")";
                })
                .toList();
    }
}
