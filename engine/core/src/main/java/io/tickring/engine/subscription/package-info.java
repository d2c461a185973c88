/** What is given to subscribers, in the engine's process or another: every tick, the newest state, or all of the journal. Asks nothing. */
package io.tickring.engine.subscription;
