/** Sources of ticks and the way from them to a publisher: parsing, pacing, counting. */
package io.tickring.engine.feed;
