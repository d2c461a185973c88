package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@code watch} printed, line by line, out of either format; each line has all columns, in their order. */
public record WatchLines(List<Line> lines) {
    private static final List<String> COLUMNS = List.of(WatchFormat.COLUMNS.split(","));

    /** One line; an absent value is empty text. */
    public record Line(Map<String, String> columns) {
        String text(String column) {
            return columns.get(column);
        }

        public long number(String column) {
            return Long.parseLong(text(column));
        }
    }

    static WatchLines ofCsv(Run run) {
        List<Line> lines = new ArrayList<>();
        List<String> text = run.dataLines();
        assertThat(text.get(0)).isEqualTo(WatchFormat.COLUMNS);
        for (String each : text.subList(1, text.size())) {
            String[] words = each.split(",", -1);
            assertThat(words).as(each).hasSameSizeAs(COLUMNS);
            Map<String, String> columns = new LinkedHashMap<>();
            for (int i = 0; i < words.length; i++) {
                columns.put(COLUMNS.get(i), words[i]);
            }
            lines.add(new Line(columns));
        }
        return new WatchLines(lines);
    }

    static WatchLines ofJson(Run run) {
        List<Line> lines = new ArrayList<>();
        for (String each : run.dataLines()) {
            JsonText object = JsonText.parse(each);
            assertThat(object.names()).as(each).isEqualTo(COLUMNS);
            Map<String, String> columns = new LinkedHashMap<>();
            for (String name : COLUMNS) {
                Object value = object.field(name).value();
                columns.put(name, value == null ? "" : value.toString());
            }
            lines.add(new Line(columns));
        }
        return new WatchLines(lines);
    }

    List<Line> of(String type) {
        return lines.stream().filter(line -> line.text("type").equals(type)).toList();
    }

    List<Line> gaps() {
        return of("gap");
    }

    List<Line> ticks() {
        return lines.stream()
                .filter(line -> List.of("quote", "trade").contains(line.text("type")))
                .toList();
    }

    List<Long> sequences() {
        return ticks().stream().map(line -> line.number("sequence")).toList();
    }
}
