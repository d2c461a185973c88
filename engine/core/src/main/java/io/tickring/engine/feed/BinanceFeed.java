package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Recordings of Binance's public websocket streams, read one after the other as one feed: lines of a receive time in ns, a space
 * and a raw JSON frame; gzip or plain, told by content. bookTicker and trade frames become ticks, other JSON objects are ignored,
 * everything else is rejected and counted. Allocates nothing for a line once its symbol is known.
 */
public final class BinanceFeed implements Feed {
    private final List<String> paths;
    private final InputStream standardInput;
    private final ReceiveTime receiveTime = new ReceiveTime();
    private final BinanceFrame frame = new BinanceFrame();
    private final Instruments instruments = new Instruments();
    private final EarlyRejects earlyRejects = new EarlyRejects();
    private int nextPath;
    private RecordingInput input;
    private LineReader.Found found;
    private boolean lineIsPending;

    private BinanceFeed(List<String> paths, InputStream standardInput) {
        this.paths = List.copyOf(paths);
        this.standardInput = standardInput;
    }

    /**
     * A feed of the files at {@code paths}, where {@code -} is the standard input. Each file is tried here and let go again.
     *
     * @throws IOException naming the first path that cannot be read, and why.
     */
    public static BinanceFeed open(List<String> paths) throws IOException {
        return open(paths, System.in);
    }

    static BinanceFeed open(List<String> paths, InputStream standardInput) throws IOException {
        if (paths.isEmpty()) {
            throw new IOException("binance feed without a path");
        }
        for (String path : paths) {
            RecordingInput.check(path);
        }
        return new BinanceFeed(paths, standardInput);
    }

    @Override
    public String kind() {
        return "binance";
    }

    @Override
    public long firstReceiveTimeNs() throws IOException {
        while (!lineIsPending && nextLine(null)) {
            RejectReason fault = receiveFault();
            if (fault == null) {
                lineIsPending = true;
            } else {
                earlyRejects.add(fault, input.path(), input.line());
            }
        }
        return lineIsPending ? receiveTime.valueNs() : NO_TIME;
    }

    @Override
    public void run(FeedOutput output) throws IOException {
        try {
            earlyRejects.countIn(output);
            while (output.isOpen() && nextLine(output)) {
                takeLine(output);
            }
        } finally {
            output.flush();
        }
    }

    @Override
    public void close() throws IOException {
        nextPath = paths.size();
        lineIsPending = false;
        closeInput();
    }

    /** Moves to the next line, over the ends of files; false at the end of the last one, or when the run takes no more. */
    private boolean nextLine(FeedOutput output) throws IOException {
        if (lineIsPending) {
            lineIsPending = false;
            return true;
        }
        while (input != null || openNext()) {
            found = input.next(output);
            if (input.isStopped()) {
                return false;
            }
            if (found != LineReader.Found.END) {
                return true;
            }
            closeInput();
        }
        return false;
    }

    private boolean openNext() throws IOException {
        if (nextPath == paths.size()) {
            return false;
        }
        input = RecordingInput.open(paths.get(nextPath++), standardInput);
        return true;
    }

    private void closeInput() throws IOException {
        if (input != null) {
            RecordingInput closing = input;
            input = null;
            closing.close();
        }
    }

    private void takeLine(FeedOutput output) {
        RejectReason fault = receiveFault();
        if (fault == null) {
            fault = takeFrame(output);
        }
        if (fault != null) {
            output.rejected(fault, input.path(), input.line());
        }
    }

    /** Why the line has no receive time, or null; then {@link #receiveTime} holds it. */
    private RejectReason receiveFault() {
        if (found == LineReader.Found.CUT) {
            return RejectReason.TRUNCATED_INPUT;
        }
        if (found == LineReader.Found.TOO_LONG) {
            return RejectReason.MALFORMED_LINE;
        }
        LineReader lines = input.lines();
        return receiveTime.read(lines.buffer(), lines.start(), lines.end(), found == LineReader.Found.LAST);
    }

    private RejectReason takeFrame(FeedOutput output) {
        LineReader lines = input.lines();
        return switch (frame.parse(lines.buffer(), receiveTime.endOffset(), lines.end())) {
            case OBJECT -> takeObject(output);
            case MALFORMED -> RejectReason.MALFORMED_LINE;
            case INCOMPLETE ->
                found == LineReader.Found.LAST ? RejectReason.TRUNCATED_INPUT : RejectReason.MALFORMED_LINE;
        };
    }

    private RejectReason takeObject(FeedOutput output) {
        return switch (frame.event()) {
            case BOOK_TICKER -> takeQuote(output, frame.fields());
            case TRADE -> takeTrade(output, frame.fields());
            default -> {
                output.ignored();
                yield null;
            }
        };
    }

    private RejectReason takeQuote(FeedOutput output, BinanceFields quote) {
        RejectReason fault = quote.quoteFault();
        if (fault != null) {
            return fault;
        }
        int id = instruments.id(quote.symbol(), quote.symbolLength(), output);
        if (id < 0) {
            return Instruments.refusal(id);
        }
        long receiveTimeNs = receiveTime.valueNs();
        output.awaitDue(receiveTimeNs);
        output.quote(
                id, quote.exchangeTimeNs(), receiveTimeNs, quote.bid(), quote.ask(), quote.bidSize(), quote.askSize());
        return null;
    }

    private RejectReason takeTrade(FeedOutput output, BinanceFields trade) {
        RejectReason fault = trade.tradeFault();
        if (fault != null) {
            return fault;
        }
        int id = instruments.id(trade.symbol(), trade.symbolLength(), output);
        if (id < 0) {
            return Instruments.refusal(id);
        }
        long receiveTimeNs = receiveTime.valueNs();
        output.awaitDue(receiveTimeNs);
        output.trade(
                id, trade.exchangeTimeNs(), receiveTimeNs, trade.price(), trade.size(), trade.tradeId(), trade.side());
        return null;
    }
}
