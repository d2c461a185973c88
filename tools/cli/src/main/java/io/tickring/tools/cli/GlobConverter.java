package io.tickring.tools.cli;

import io.tickring.engine.tick.Glob;
import picocli.CommandLine.ITypeConverter;

/** A glob on the command line: any text is one. */
final class GlobConverter implements ITypeConverter<Glob> {
    @Override
    public Glob convert(String text) {
        return new Glob(text);
    }
}
