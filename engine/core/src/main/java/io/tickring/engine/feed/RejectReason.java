package io.tickring.engine.feed;

/** Why a line of input is no tick. Each rejected line is counted under one reason. */
public enum RejectReason {
    /** Not what its kind of line or row is made of: a receive time and one whole JSON object, or the columns of a CSV file. */
    MALFORMED_LINE,
    /** A quote or trade without one of its fields. */
    MISSING_FIELD,
    /** A number that is not in plain decimal notation, or a time that is no time. */
    NOT_A_NUMBER,
    /** A number that the engine's 64 bits do not hold, or a receive time that is not above 0. */
    OUT_OF_RANGE,
    /** More than 8 decimals, or a time of less than a nanosecond; never rounded. */
    TOO_PRECISE,
    /** A quote with a size below 0. */
    NEGATIVE_SIZE,
    /** A trade whose price or size is not above 0. */
    NOT_POSITIVE,
    /** A symbol, with its suffix, that is not 1 to 32 printable ASCII characters. */
    SYMBOL_INVALID,
    /** No room for another instrument. */
    INSTRUMENT_TABLE_FULL,
    /** The input ends in the middle of a line or of a compressed stream. */
    TRUNCATED_INPUT
}
