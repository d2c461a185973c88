package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for the JSON object of every engine run. */
public final class RunLaws {
    private RunLaws() {}

    /** A run that ended well and whose ticks were journaled. */
    public static JsonText hold(Run run) {
        assertThat(run.exitCode()).as(run.talk()).isZero();
        assertThat(run.dataLines()).hasSize(1);
        JsonText summary = JsonText.parse(run.data());
        assertThat(summary.names())
                .containsExactly(
                        "state",
                        "reason",
                        "feeds",
                        "published",
                        "journaled",
                        "applied",
                        "dropped",
                        "rejected",
                        "definitions",
                        "padding",
                        "control",
                        "skipped",
                        "firstSequence",
                        "lastSequence",
                        "acceptedSequence",
                        "journaledSequence",
                        "durableSequence",
                        "digest",
                        "figuresDigest",
                        "seconds",
                        "ticksPerSecond",
                        "journalBytes",
                        "threads",
                        "wait",
                        "startMs",
                        "latencyNs");
        assertThat(summary.text("state")).isEqualTo("STOPPED");
        assertThat(summary.field("reason").value()).isNull();
        long given = 0;
        long dropped = 0;
        for (JsonText feed : summary.field("feeds").elements()) {
            assertThat(feed.names())
                    .containsExactly("name", "kind", "lines", "quotes", "trades", "ignored", "rejected", "dropped");
            assertThat(feed.integer("lines"))
                    .isEqualTo(feed.integer("quotes")
                            + feed.integer("trades")
                            + feed.integer("ignored")
                            + feed.integer("rejected"));
            given += feed.integer("quotes") + feed.integer("trades") - feed.integer("dropped");
            dropped += feed.integer("dropped");
        }
        long published = summary.integer("published");
        assertThat(published).isEqualTo(given);
        assertThat(summary.integer("dropped")).isEqualTo(dropped);
        assertThat(summary.integer("applied")).isEqualTo(published);
        assertThat(summary.integer("journaled")).isEqualTo(published);
        assertThat(published
                        + summary.integer("definitions")
                        + summary.integer("padding")
                        + summary.integer("control")
                        + summary.integer("skipped"))
                .isEqualTo(summary.integer("lastSequence") - summary.integer("firstSequence") + 1);
        assertThat(summary.integer("acceptedSequence")).isEqualTo(summary.integer("lastSequence"));
        assertThat(summary.integer("journaledSequence")).isEqualTo(summary.integer("lastSequence"));
        assertThat(summary.integer("durableSequence")).isEqualTo(summary.integer("lastSequence"));
        assertThat(summary.text("digest")).matches("[0-9a-f]{16}");
        assertThat(summary.field("latencyNs").names()).containsExactly("price", "journal");
        return summary;
    }

    /** What {@code verify --json} says of a sound journal. */
    public static JsonText sound(Run verify) {
        assertThat(verify.exitCode()).as(verify.data() + verify.talk()).isZero();
        JsonText result = JsonText.parse(verify.data());
        assertThat(result.names())
                .containsExactly(
                        "ok",
                        "blocks",
                        "ticks",
                        "firstSequence",
                        "lastSequence",
                        "checkpoints",
                        "digest",
                        "gaps",
                        "error");
        assertThat(result.field("ok").value()).isEqualTo(true);
        assertThat(result.field("error").value()).isNull();
        return result;
    }

    /** The one digest in a replay's summary. */
    public static String digestOf(Run replay) {
        assertThat(replay.exitCode()).as(replay.talk()).isZero();
        return replay.talk().strip().replaceAll("(?s).*digest ([0-9a-f]{16}).*", "$1");
    }
}
