/** The price table: one row an instrument, off-heap and mapped, one writer, any number of readers in any process. */
package io.tickring.engine.price;
