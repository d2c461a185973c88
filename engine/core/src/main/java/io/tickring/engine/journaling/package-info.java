/**
 * Between ring and journal, both ways: the handler that journals, recovery, replay as a feed, the check of a journal's state, the
 * survey of what it holds, and the codec of its blocks.
 */
package io.tickring.engine.journaling;
