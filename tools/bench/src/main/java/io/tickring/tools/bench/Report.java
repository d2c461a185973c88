package io.tickring.tools.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What a person reads on standard output: a table for each bench, its notes, and whether its marks were met. */
final class Report {
    private static final String HEAD = "  %-38s %10s %16s %10s%n";
    private static final String ROW = "  %-38s %10.2f %16s %9.2fx%n";

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void machine(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    void bench(Bench bench, List<Rates> rates, int rounds) {
        out.println();
        out.println(bench.title());
        out.printf(HEAD, "", "M ticks/s", "min - max", "to 1st row");
        for (int i = 0; i < rates.size(); i++) {
            Rates each = rates.get(i);
            String range = String.format(Locale.ROOT, "%.2f - %.2f", each.min(), each.max());
            out.printf(
                    Locale.ROOT,
                    ROW,
                    bench.contenders().get(i).name(),
                    each.median(),
                    range,
                    each.ratioTo(rates.get(0)));
        }
        out.printf(
                "  Medians of %d interleaved rounds after a warm-up; ratios are medians of the rounds' ratios.%n",
                rounds);
        bench.contenders().stream()
                .map(Contender::remark)
                .filter(remark -> !remark.isEmpty())
                .forEach(remark -> out.println("  " + remark));
        bench.notes().forEach(note -> out.println("  " + note));
        bench.marks().forEach(mark -> out.println(verdict(bench, rates, mark)));
        out.flush();
    }

    static String verdict(Bench bench, List<Rates> rates, Mark mark) {
        double ratio = rates.get(mark.contender()).ratioTo(rates.get(mark.peer()));
        return String.format(
                Locale.ROOT,
                "  %-10s %s = %.2fx %s (mark: at least %.2fx)",
                ratio >= mark.atLeast() ? "MET" : "NOT MET",
                bench.contenders().get(mark.contender()).name(),
                ratio,
                bench.contenders().get(mark.peer()).name(),
                mark.atLeast());
    }
}
