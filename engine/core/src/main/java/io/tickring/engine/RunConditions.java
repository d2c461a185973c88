package io.tickring.engine;

import io.tickring.engine.status.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run's figures depend on, by name, as its latency log states it: machine, JVM, settings, folder. */
final class RunConditions {
    private RunConditions() {}

    static Map<String, String> of(EngineContext context, CorePlan plan) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("Machine", Machine.hardware());
        conditions.put("JVM", Machine.jvm());
        conditions.put("Run", run(context, plan));
        conditions.put("Folder", Machine.folder(context.dataDirectory()));
        return conditions;
    }

    private static String run(EngineContext context, CorePlan plan) {
        return "threads " + CorePlan.lowerCase(plan.threading()) + ", wait " + CorePlan.lowerCase(plan.waitMode())
                + ", ring " + context.ringCapacity() + ", journal " + (context.journaling() ? "on" : "off")
                + (context.onThrow() == ThrowPolicy.SKIP ? ", on throw skip" : "")
                + ", overflow " + CorePlan.lowerCase(context.overflow()) + ", pace " + pace(context.pace())
                + ", feeds " + (context.description() == null ? context.feeds() : context.description());
    }

    private static String pace(double speed) {
        return Double.isInfinite(speed) ? "max" : speed == Math.rint(speed) ? (long) speed + "x" : speed + "x";
    }
}
