/** The tools beside the engine: one class a command. They read files and never ask the engine. */
package io.tickring.tools.cli;
