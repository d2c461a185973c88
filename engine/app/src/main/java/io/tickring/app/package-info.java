/** The engine jar's command line: flags, feeds by name, what is said on the way, the summary, and an orderly end. */
package io.tickring.app;
