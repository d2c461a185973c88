package io.tickring.app;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names, and the Java that runs it. */
public final class EngineVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = EngineVersion.class.getPackage().getImplementationVersion();
        return new String[] {
            "tickring " + (version == null ? "(not from a jar)" : version) + ", Java "
                    + Runtime.version().toString() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")
        };
    }
}
