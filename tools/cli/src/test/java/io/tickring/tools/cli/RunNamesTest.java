package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x/a.hlog                        | a.hlog",
                "/x/a.hlog /x/b.hlog              | a.hlog, b.hlog",
                "/x/a.hlog /y/a.hlog /y/b.hlog    | x/a.hlog, y/a.hlog, y/b.hlog",
                "/x/1/a /y/1/a                    | x/1/a, y/1/a",
                "/a /x/a                          | a, x/a",
                "/x/a /x/../x/a /x/b              | a, a (2), b"
            })
    void shouldTellRunsApartByAsLittleAsPossible(String files, String names) {
        List<Path> paths = Stream.of(files.split(" ")).map(Path::of).toList();
        assertThat(RunNames.of(paths)).containsExactly(names.split(", "));
    }
}
