/** The sequencing ring: publishers claim and write slots, processors carry them through the stages. Sees Disruptor; no tick's meaning. */
package io.tickring.engine.ring;
