/** jcstress tests of the protocols by which threads share memory without a lock: compiled in every build, run by the profile {@code stress}. */
package io.tickring.tools.stress;
