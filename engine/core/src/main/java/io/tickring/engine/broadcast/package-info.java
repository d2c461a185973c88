/** Every record in a mapped file that goes round: one stage writes it, any process reads on in it, and who is too slow is told so. */
package io.tickring.engine.broadcast;
