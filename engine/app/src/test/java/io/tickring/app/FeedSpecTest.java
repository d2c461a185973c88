package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class FeedSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "sim                        | none   | sim     | ''",
                "sim:                       | none   | sim     | ''",
                "sim:symbols=64,rate=max    | none   | sim     | symbols=64,rate=max",
                "A_b-1=sim:seed=7           | A_b-1  | sim     | seed=7",
                "sim=sim                    | sim    | sim     | ''",
                "binance:a.gz,b.gz          | none   | binance | a.gz,b.gz",
                "spot=binance:/x=y/a:b.gz   | spot   | binance | /x=y/a:b.gz",
                "binance:/x=y               | none   | binance | /x=y",
                "binance:-                  | none   | binance | -",
                "csv:a.csv                  | none   | csv     | a.csv",
                "x=csv:/b=c/a:b?bid=x&ask=y | x      | csv     | /b=c/a:b?bid=x&ask=y",
                "journal:dir                | none   | journal | dir",
                "old=journal:a=b:c          | old    | journal | a=b:c"
            })
    void shouldTakeASpecApartAndPutItTogether(String text, String name, String kind, String argument) {
        FeedSpec spec = FeedSpec.parse(text);
        assertThat(spec).isEqualTo(new FeedSpec(name, kind, argument));
        assertThat(FeedSpec.parse(spec.text())).isEqualTo(spec);
        assertThat(text).startsWith(spec.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "binanse:x          | did you mean 'binance'",
                "simm               | did you mean 'sim'",
                "jurnal:x           | did you mean 'journal'",
                "sim=5              | no kind '5'",
                "=sim               | name ''",
                "a b=sim            | name 'a b'",
                "a.b=sim            | name 'a.b'",
                "a=b=sim            | no kind 'b=sim'",
                "binance            | a path is missing",
                "binance:           | a path is missing",
                "binance:a,,b       | a path is missing",
                "journal            | folder is missing",
                "journal:           | folder is missing",
                "sim:rate           | argument 'rate': a value is missing",
                "sim:rate=          | argument 'rate='",
                "sim:rate=0         | from 1 to",
                "sim:rate=fast      | : 'fast' is no count",
                "sim:symbols=0      | from 1 to",
                "sim:symbols=2m     | from 1 to",
                "sim:seed=x         | number of 64 bits",
                "sim:colour=red     | no 'colour'",
                "sim:seed=1,seed=2  | given twice",
                "sim:seed=1,        | argument '': a value is missing"
            })
    void shouldSayWhatIsWrong(String text, String said) {
        assertThatThrownBy(() -> FeedSpec.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv | a.csv",
                "a?b.csv | a?b.csv",
                "a.csv?bid=x | a.csv",
                "a=b?c | a=b?c",
                "a?b=c.csv?header=no | a?b=c.csv",
                "a?b?sep=%3F | a?b",
                "-?sep== | -"
            })
    void shouldFindWhereTheQueryBegins(String argument, String path) {
        assertThat(CsvArguments.parse(argument).path()).isEqualTo(path);
        assertThat(new FeedSpec(null, "csv", argument).paths()).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource({"sim,''", "spot=sim,.spot"})
    void shouldPutTheNameAfterSymbols(String text, String suffix) {
        assertThat(FeedSpec.parse(text).suffix()).isEqualTo(suffix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                             | 64   | 20000    | 1",
                "symbols=3                      | 3    | 20000    | 1",
                "rate=max                       | 64   | Infinity | 1",
                "rate=2m,seed=-9,symbols=1k     | 1000 | 2000000  | -9"
            })
    void shouldReadTheSimulatorsArguments(String text, int symbols, double rate, long seed) {
        assertThat(SimArguments.parse(text)).isEqualTo(new SimArguments(symbols, rate, seed));
    }
}
