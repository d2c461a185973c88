/** The bench jar: Tickring beside its peers on the same work, round by round in one run, and JMH benchmarks of the parts. */
package io.tickring.tools.bench;
